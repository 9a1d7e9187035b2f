/** Ready-made sets of scopes. */
export const PRESETS = [
  { id: 'readData', scopes: ['organization:read', 'records:read', 'tasks:read', 'devices:read'] },
  {
    id: 'readAndWriteData',
    scopes: ['organization:read', 'projects:write', 'records:write', 'tasks:write', 'devices:read'],
  },
  {
    id: 'pipelines',
    scopes: ['organization:read', 'records:write', 'automation:write', 'tests:write', 'images:read', 'registry'],
  },
  { id: 'everything', scopes: ['all'] },
] as const;

export type PresetId = (typeof PRESETS)[number]['id'];
