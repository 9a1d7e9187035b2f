import { useId } from 'react';
import classes from './logo.module.css';

interface LogoProps {
  /** Height in pixels. */
  size?: number;
  /** The mark alone, for narrow screens. */
  markOnly?: boolean;
  /** White words, for the petrol ground. */
  onDark?: boolean;
}

/** The mark: many gather under one signal. An M drawn in one stroke, and a light above its valley. */
export function Logo({ size = 28, markOnly = false, onDark = false }: LogoProps) {
  const title = useId();
  return (
    <span className={classes['logo']} data-on-dark={onDark}>
      <svg height={size} viewBox="0 0 32 32" role="img" aria-labelledby={title}>
        <title id={title}>{'Muster'}</title>
        <rect className={classes['ground']} width="32" height="32" rx="8" />
        <path className={classes['stroke']} d="M7 23.5V11l9 8 9-8v12.5" />
        <circle className={classes['light']} cx="16" cy="9" r="2.6" />
      </svg>
      {!markOnly && (
        <span className={classes['word']} style={{ fontSize: size * 0.72 }} aria-hidden="true">
          {'Muster'}
        </span>
      )}
    </span>
  );
}
