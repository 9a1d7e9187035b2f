import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { CrashPage, NotFoundPage } from './layouts/message-pages.tsx';
import { ManagementLayout } from './layouts/management-layout.tsx';
import { OrganizationLayout } from './layouts/organization-layout.tsx';
import { ProjectLayout } from './layouts/project-layout.tsx';
import { PublicLayout } from './layouts/public-layout.tsx';
import { SignedInLayout } from './layouts/signed-in-layout.tsx';

/** A page that is fetched when it is first opened. */
const page = (load: () => Promise<ComponentType>) => ({ Component: load });

/** Every address of the console. `paths.ts` spells the same addresses for links. */
export const routes: RouteObject[] = [
  {
    ErrorBoundary: CrashPage,
    HydrateFallback: () => null,
    children: [
      {
        Component: PublicLayout,
        children: [
        ],
      },
      {
        Component: SignedInLayout,
        children: [
          { path: '/', lazy: page(async () => (await import('./features/organizations/start-page.tsx')).StartPage) },
        ],
      },
      {
        path: '/:organization',
        Component: OrganizationLayout,
        children: [
          {
            path: '-',
            Component: ManagementLayout,
            children: [
              { path: '*', Component: NotFoundPage },
            ],
          },
          {
            path: ':project',
            Component: ProjectLayout,
            children: [{ path: '*', Component: NotFoundPage }],
          },
        ],
      },
      { path: '*', Component: NotFoundPage },
    ],
  },
];

export const router = createBrowserRouter(routes);
