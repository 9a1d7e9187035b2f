/** What an access token may do at most. `write` includes `read` of its area, and `all` everything. */
export const SCOPES = [
  'organization:read',
  'members:write',
  'projects:write',
  'records:read',
  'records:write',
  'tasks:read',
  'tasks:write',
  'automation:read',
  'automation:write',
  'tests:read',
  'tests:write',
  'devices:read',
  'devices:write',
  'devices:operate',
  'images:read',
  'registry',
  'usage:read',
  'audit:read',
  'all',
] as const;

export type Scope = (typeof SCOPES)[number];

/** Ready-made sets of scopes; the second one is what a token gets when nothing is said. */
export const PRESETS = {
  readData: ['organization:read', 'records:read', 'tasks:read', 'devices:read'],
  readAndWriteData: ['organization:read', 'projects:write', 'records:write', 'tasks:write', 'devices:read'],
  pipelines: ['organization:read', 'records:write', 'automation:write', 'tests:write', 'images:read', 'registry'],
  everything: ['all'],
} as const satisfies Record<string, readonly Scope[]>;

export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

export function scopesCover(scopes: readonly string[], scope: Scope): boolean {
  const area = scope.split(':', 1)[0];
  return scopes.some(
    (have) => have === 'all' || have === scope || (scope.endsWith(':read') && have === `${area}:write`),
  );
}
