import { Box } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page-tabs.module.css';

interface PageTabsProps {
  /** Names the row of tabs for screen readers. */
  label: string;
  /** Links, one a page; the open one carries `aria-current="page"`. */
  children: ReactNode;
  /** Closer to what is below: tabs inside a page. */
  tight?: boolean;
}

/** A row of links that looks like tabs: each is a page with an address of its own. */
export function PageTabs({ label, children, tight = false }: PageTabsProps) {
  return (
    <Box component="nav" aria-label={label} className={classes['tabs'] ?? ''} mb={tight ? 0 : 'lg'}>
      {children}
    </Box>
  );
}
