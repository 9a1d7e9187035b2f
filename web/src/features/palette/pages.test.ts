import { create } from '@bufbuild/protobuf';
import { OrganizationSchema } from '@muster/api/organization';
import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import en from '../../i18n/en.json' with { type: 'json' };
import { actionsFrom, matching, pagesFrom } from './pages.ts';

beforeAll(async () => {
  await i18next.init({ lng: 'en', resources: { en: { translation: en } } });
});

const organization = (...permissions: string[]) => create(OrganizationSchema, { slug: 'acme', permissions });
const addresses = (...permissions: string[]) =>
  pagesFrom(i18next.t, organization(...permissions)).map(({ path }) => path);

test('a page is offered only to those who may open it', () => {
  expect(addresses()).not.toContain('/acme/-/audit');
  expect(addresses('audit.view')).toContain('/acme/-/audit');
  expect(addresses('audit.view')).not.toContain('/acme/-/usage');
  expect(addresses('organization.view', 'usage.view')).toEqual(
    expect.arrayContaining(['/acme', '/acme/-/projects', '/acme/-/usage', '/account/general']),
  );
});

test('a project can be made only inside an organization, by those who may', () => {
  const ids = (organizationOrNone: Parameters<typeof actionsFrom>[1]) =>
    actionsFrom(i18next.t, organizationOrNone).map(({ id }) => id);
  expect(ids(null)).toEqual(['new-organization']);
  expect(ids(organization())).toEqual(['new-organization']);
  expect(ids(organization('projects.create'))).toEqual(['new-project', 'new-organization']);
});

test('every word of the query must be in the label, in any order and case', () => {
  const pages = [
    { id: '1', label: 'Usage & Billing', path: '/1' },
    { id: '2', label: 'Audit', path: '/2' },
  ];
  expect(matching(pages, 'bill USAGE')).toEqual([pages[0]]);
  expect(matching(pages, '  ')).toEqual(pages);
  expect(matching(pages, 'usage audit')).toEqual([]);
});
