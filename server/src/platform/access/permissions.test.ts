import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ALL_PERMISSIONS } from './permissions.ts';
import { SCOPES } from './scopes.ts';

const read = (name: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])));
};

const law = read('permissions.csv');
const added = read('permissions-added.csv');
const ORGANIZATION = {
  organization_admin: 'admin',
  organization_collaborator: 'collaborator',
  organization_viewer: 'viewer',
  external_user: 'external',
};
const PROJECT = {
  project_admin: 'admin',
  project_collaborator: 'collaborator',
  project_viewer: 'viewer',
  project_annotator: 'annotator',
  project_collector: 'collector',
  project_auditor: 'auditor',
};

describe('the permission table', () => {
  test('agrees with docs/permissions.csv in every cell', () => {
    expect(law).toHaveLength(177);
    let cells = 0;
    for (const row of law) {
      const grant = ALL_PERMISSIONS.get(row['permission'] ?? '');
      expect(grant, row['permission']).toBeDefined();
      expect(grant?.level, row['permission']).toBe(row['decided_by']);
      for (const [column, role] of Object.entries(row['decided_by'] === 'organization' ? ORGANIZATION : PROJECT)) {
        expect(grant?.roles.has(role) ? 'yes' : 'no', `${row['permission']} ${column}`).toBe(row[column]);
        cells += 1;
      }
      // The cells of the other level: admins of the organization are admins of projects, everything else is not decided here.
      for (const column of Object.keys(row['decided_by'] === 'organization' ? PROJECT : ORGANIZATION)) {
        expect(row[column], `${row['permission']} ${column}`).toBe(column === 'organization_admin' ? 'yes' : '-');
        cells += 1;
      }
    }
    expect(cells).toBe(1770);
  });

  test('agrees with the additions', () => {
    for (const row of added) {
      const grant = ALL_PERMISSIONS.get(row['permission'] ?? '');
      expect(grant?.level, row['permission']).toBe(row['decided_by']);
      expect([...(grant?.roles ?? [])], row['permission']).toEqual(row['roles']?.split(' '));
      expect(grant?.duty ?? '', row['permission']).toBe(row['duty']);
    }
  });

  test('holds nothing that neither list names', () => {
    const named = new Set([...law, ...added].map((row) => row['permission']));
    expect([...ALL_PERMISSIONS.keys()].filter((id) => !named.has(id))).toEqual([]);
    expect(named.size).toBe(ALL_PERMISSIONS.size);
  });

  test('gives every operation one scope, and no read scope to an operation that changes something', () => {
    for (const [id, grant] of ALL_PERMISSIONS) {
      expect(SCOPES, id).toContain(grant.scope);
      if (grant.writes) expect(grant.scope.endsWith(':read'), id).toBe(false);
    }
  });
});
