import { Container } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { UploadsPanel } from '../features/uploads/index.ts';
import classes from './frame.module.css';
import { ConnectionLine } from './connection-line.tsx';
import { TopBar } from './top-bar.tsx';

/**
 * Around every page of a signed-in person: a link past the bar, the bar, what the layout puts below, and the
 * uploads, which go on whatever page is open.
 */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className={classes['frame']}>
      <a className={classes['skip']} href="#content">
        {t('shell.skip')}
      </a>
      <TopBar />
      <ConnectionLine />
      {children}
      <UploadsPanel />
    </div>
  );
}

/** The page itself, beside the rail if there is one. */
export function Content({ children }: { children: ReactNode }) {
  return (
    <main id="content" className={classes['content']} tabIndex={-1}>
      <Container size="xl" px={{ base: 'md', sm: 'lg' }} py="lg">
        {children}
      </Container>
    </main>
  );
}
