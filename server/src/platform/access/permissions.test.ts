import { describe, expect, test } from 'vitest';
import { ADDED, LAW, ORGANIZATION_ROLES, PROJECT_ROLES } from '../../../test/law.ts';
import { ALL_PERMISSIONS } from './permissions.ts';
import { SCOPES } from './scopes.ts';

describe('the permission table', () => {
  test('agrees with docs/permissions.csv in every cell', () => {
    expect(LAW).toHaveLength(177);
    let cells = 0;
    for (const row of LAW) {
      const grant = ALL_PERMISSIONS.get(row['permission'] ?? '');
      expect(grant, row['permission']).toBeDefined();
      expect(grant?.level, row['permission']).toBe(row['decided_by']);
      for (const [column, role] of Object.entries(
        row['decided_by'] === 'organization' ? ORGANIZATION_ROLES : PROJECT_ROLES,
      )) {
        expect(grant?.roles.has(role) ? 'yes' : 'no', `${row['permission']} ${column}`).toBe(row[column]);
        cells += 1;
      }
      // The cells of the other level: admins of the organization are admins of projects, everything else is not decided here.
      for (const column of Object.keys(row['decided_by'] === 'organization' ? PROJECT_ROLES : ORGANIZATION_ROLES)) {
        expect(row[column], `${row['permission']} ${column}`).toBe(column === 'organization_admin' ? 'yes' : '-');
        cells += 1;
      }
    }
    expect(cells).toBe(1770);
  });

  test('agrees with the additions', () => {
    for (const row of ADDED) {
      const grant = ALL_PERMISSIONS.get(row['permission'] ?? '');
      expect(grant?.level, row['permission']).toBe(row['decided_by']);
      expect([...(grant?.roles ?? [])], row['permission']).toEqual(row['roles']?.split(' '));
      expect(grant?.duty ?? '', row['permission']).toBe(row['duty']);
    }
  });

  test('gives a billing viewer and an audit viewer their operations and no other', () => {
    const byDuty = (duty: string): string[] =>
      [...ALL_PERMISSIONS].filter(([, grant]) => grant.duty === duty).map(([id]) => id);
    expect(byDuty('billing_viewer').toSorted()).toEqual(['statements.view', 'usage.export', 'usage.view']);
    expect(byDuty('audit_viewer').toSorted()).toEqual(['audit.export', 'audit.search', 'audit.verify', 'audit.view']);
  });

  test('holds nothing that neither list names', () => {
    const named = new Set([...LAW, ...ADDED].map((row) => row['permission']));
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
