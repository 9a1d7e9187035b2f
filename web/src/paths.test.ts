import { expect, test } from 'vitest';
import { paths } from './paths.ts';

test('every address of the console is spelled here', () => {
  const sample = Object.fromEntries(
    Object.entries(paths).map(([name, build]) => {
      // The widest signature stands for all of them; the ones that take less ignore the rest.
      const path = build as (...parts: string[]) => string;
      return [name, name === 'signIn' ? path('/acme?new=project') : path('acme', 'first', 'r1')];
    }),
  );
  expect(sample).toEqual({
    root: '/',
    signIn: '/sign-in?return_to=%2Facme%3Fnew%3Dproject',
    newOrganization: '/new-organization',
    organizations: '/organizations',
    accountGeneral: '/account/general',
    accountSecurity: '/account/security',
    home: '/acme',
    newProject: '/acme?new=project',
    organizationProjects: '/acme/-/projects',
    organizationUsage: '/acme/-/usage',
    organizationAudit: '/acme/-/audit',
    project: '/acme/first',
    records: '/acme/first/records',
    newRecord: '/acme/first/records?new=record',
    record: '/acme/first/records/r1',
  });
});

test('a part that holds a slash stays one part', () => {
  expect(paths.record('a/b', 'ü', '?')).toBe('/a%2Fb/%C3%BC/records/%3F');
});
