import classes from './illustration.module.css';

/** Where each machine stands; the path of each ends at the signal. */
const MACHINES = [
  { x: 40, y: 250 },
  { x: 118, y: 300 },
  { x: 205, y: 322 },
  { x: 292, y: 322 },
  { x: 379, y: 300 },
  { x: 457, y: 250 },
] as const;

const SIGNAL = { x: 248, y: 92 } as const;

/** Machines in formation, their recordings on the way to one signal. */
export function Illustration() {
  return (
    <svg className={classes['picture']} viewBox="0 0 496 360" aria-hidden="true">
      {[60, 110, 165, 225].map((radius) => (
        <circle key={radius} className={classes['ring']} cx={SIGNAL.x} cy={SIGNAL.y} r={radius} />
      ))}
      {MACHINES.map(({ x, y }) => (
        <path
          key={x}
          className={classes['way']}
          d={`M${x} ${y - 18} Q ${x} ${SIGNAL.y + 40} ${SIGNAL.x} ${SIGNAL.y}`}
        />
      ))}
      {MACHINES.map(({ x, y }) => (
        <g key={x} transform={`translate(${x} ${y})`}>
          <rect className={classes['machine']} x="-17" y="-17" width="34" height="34" rx="9" />
          <path className={classes['mark']} d="M-8 7V-4l8 7 8-7V7" />
        </g>
      ))}
      <circle className={classes['glow']} cx={SIGNAL.x} cy={SIGNAL.y} r="26" />
      <circle className={classes['light']} cx={SIGNAL.x} cy={SIGNAL.y} r="10" />
    </svg>
  );
}
