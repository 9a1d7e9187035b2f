import { useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';

/**
 * Around every page: a new page begins at its top, Back returns to where one was, and the keyboard goes on in the
 * page and not in the link that opened it.
 */
export function RootLayout() {
  const { pathname } = useLocation();
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname]);
  useEffect(() => {
    const controller = new AbortController();
    for (const name of ['dragover', 'drop'] as const)
      window.addEventListener(name, stay, { signal: controller.signal });
    return () => controller.abort();
  }, []);
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  );
}

/** A file dropped where nothing takes it would be opened in place of the console, and running uploads be lost. */
function stay(event: DragEvent): void {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'none';
}
