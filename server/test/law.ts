import { readFileSync } from 'node:fs';

type Row = Readonly<Record<string, string>>;

const read = (name: string): Row[] => {
  const [head = '', ...lines] = readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])));
};

/** The table of rights as its owners wrote it: 177 operations by 10 roles. */
export const LAW: readonly Row[] = read('permissions.csv');
/** The operations that were added to it. */
export const ADDED: readonly Row[] = read('permissions-added.csv');

/** Columns of the table, by the name that the database has for the role. */
export const ORGANIZATION_ROLES: Readonly<Record<string, string>> = {
  organization_admin: 'admin',
  organization_collaborator: 'collaborator',
  organization_viewer: 'viewer',
  external_user: 'external',
};
export const PROJECT_ROLES: Readonly<Record<string, string>> = {
  project_admin: 'admin',
  project_collaborator: 'collaborator',
  project_viewer: 'viewer',
  project_annotator: 'annotator',
  project_collector: 'collector',
  project_auditor: 'auditor',
};

/** Whether the tables say yes to a role, by its column. Throws for an operation that they do not have. */
export function lawAllows(permission: string, column: string): boolean {
  const row = LAW.find((line) => line['permission'] === permission);
  if (row) return row[column] === 'yes';
  const more = ADDED.find((line) => line['permission'] === permission);
  if (!more) throw new Error(`no table knows the operation ${permission}`);
  const roles = more['decided_by'] === 'organization' ? ORGANIZATION_ROLES : PROJECT_ROLES;
  return (more['roles'] ?? '').split(' ').includes(roles[column] ?? '?');
}
