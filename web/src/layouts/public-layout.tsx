import { Outlet } from 'react-router';

/** Pages for anyone: nothing around them. */
export function PublicLayout() {
  return (
    <main>
      <Outlet />
    </main>
  );
}
