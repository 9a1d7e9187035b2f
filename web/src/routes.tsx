import type { ComponentType } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { CrashPage, NotFoundPage, PageTrouble } from './layouts/message-pages.tsx';
import { ManagementLayout } from './layouts/management-layout.tsx';
import { OrganizationLayout } from './layouts/organization-layout.tsx';
import { ProjectLayout } from './layouts/project-layout.tsx';
import { PublicLayout } from './layouts/public-layout.tsx';
import { RootLayout } from './layouts/root-layout.tsx';
import { SignedInLayout } from './layouts/signed-in-layout.tsx';

/** A page that is fetched when it is first opened. */
const page = (load: () => Promise<ComponentType>) => ({ Component: load });

/** Keeps the layout when a page in it fails. */
const inLayout = (children: RouteObject[]): RouteObject[] => [{ ErrorBoundary: PageTrouble, children }];

/** Every address of the console. `paths.ts` spells the same addresses for links. */
const routes: RouteObject[] = [
  {
    Component: RootLayout,
    ErrorBoundary: CrashPage,
    HydrateFallback: () => null,
    children: [
      {
        Component: PublicLayout,
        children: [
          { path: '*', Component: NotFoundPage },
          {
            path: '/sign-in',
            lazy: page(async () => (await import('./features/session/sign-in-page.tsx')).SignInPage),
          },
        ],
      },
      {
        Component: SignedInLayout,
        children: inLayout([
          { path: '/', lazy: page(async () => (await import('./features/organizations/start-page.tsx')).StartPage) },
          {
            path: '/new-organization',
            lazy: page(async () => (await import('./features/organizations/new-page.tsx')).NewOrganizationPage),
          },
          {
            path: '/organizations',
            lazy: page(async () => (await import('./features/organizations/switch-page.tsx')).SwitchPage),
          },
          {
            path: '/account/general',
            lazy: page(async () => (await import('./features/account/general-page.tsx')).GeneralPage),
          },
          {
            path: '/account/security',
            lazy: page(async () => (await import('./features/access-tokens/security-page.tsx')).SecurityPage),
          },
        ]),
      },
      {
        path: '/:organization',
        Component: OrganizationLayout,
        children: inLayout([
          { index: true, lazy: page(async () => (await import('./features/organizations/home-page.tsx')).HomePage) },
          {
            path: '-',
            Component: ManagementLayout,
            children: inLayout([
              {
                path: 'projects',
                lazy: page(async () => (await import('./features/projects/management-page.tsx')).ManagementPage),
              },
              {
                path: 'usage',
                lazy: page(async () => (await import('./features/usage/usage-page.tsx')).UsagePage),
              },
              {
                path: 'audit',
                lazy: page(async () => (await import('./features/audit/audit-page.tsx')).AuditPage),
              },
              { path: '*', Component: NotFoundPage },
            ]),
          },
          {
            path: ':project',
            Component: ProjectLayout,
            children: inLayout([
              { index: true, Component: () => <Navigate to="records" replace /> },
              {
                path: 'records',
                lazy: page(async () => (await import('./features/records/list-page.tsx')).RecordsPage),
              },
              {
                path: 'records/:record',
                lazy: page(async () => (await import('./features/records/record-page.tsx')).RecordPage),
              },
              { path: '*', Component: NotFoundPage },
            ]),
          },
        ]),
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
