import { expect, test } from 'vitest';
import { paths, withPart } from './paths.ts';

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

test('one part of an address is exchanged, the rest stays', () => {
  const place = { pathname: '/acme/01a2/records/r', search: '?file=a%2Fb', hash: '#x' };
  expect(withPart(place, 2, 'fp')).toBe('/acme/fp/records/r?file=a%2Fb#x');
  expect(withPart(place, 1, 'acme-2')).toBe('/acme-2/01a2/records/r?file=a%2Fb#x');
});
