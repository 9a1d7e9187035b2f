import { defineConfig } from 'oxlint';

/** Imports that files matching `files` must not make. Later entries replace earlier ones, so each entry is complete. */
const forbid = (files, excludeFiles, ...patterns) => ({
  files,
  excludeFiles,
  rules: {
    'no-restricted-imports': ['error', { patterns: patterns.map(([message, ...group]) => ({ message, group })) }],
  },
});
const FRONT_DOOR = ['Another feature is reached through its index.ts.', '../[a-z]*/*', '!../[a-z]*/index.ts'];
const NO_DOORS = ['Features do not know the doors.', '**/doors/**'];
const NO_WIRE = ['The wire stops at rpc.ts.', '@muster/api', '@muster/api/*', '@connectrpc/*', '@bufbuild/*'];
const NO_SQL = ['SQL stays in store.ts.', 'kysely', 'pg'];

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'promise', 'react', 'jsx-a11y'],
  jsPlugins: ['./tools/src/oxlint-verbs.js'],
  categories: { correctness: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    // Tables become cards on narrow screens, and CSS that changes their display takes the tags' own roles away.
    'jsx-a11y/prefer-tag-over-role': 'off',
    'typescript/no-non-null-assertion': 'error',
    // Names and titles are measured in code points, as the contract says.
    'typescript/no-misused-spread': 'off',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  },
  ignorePatterns: ['**/gen/**', '**/dist/**', 'server/src/platform/db/tables.ts'],
  overrides: [
    {
      files: ['**/*.test.ts', '**/*.test.tsx', '**/*.e2e.ts', 'server/test/**', 'web/**'],
      rules: { 'max-lines-per-function': 'off' },
    },
    {
      files: ['web/src/**/*.tsx'],
      rules: { 'max-lines-per-function': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
    },
    forbid(
      ['server/src/platform/**'],
      ['**/*.test.ts'],
      ['platform knows no feature.', '**/features/**', '**/doors/**'],
    ),
    forbid(
      ['server/src/doors/**', 'server/src/*.ts', 'server/src/admin/**'],
      ['**/*.test.ts'],
      [
        'A door enters a feature by index.ts or rpc.ts.',
        '**/features/*/*',
        '!**/features/*/index.ts',
        '!**/features/*/rpc.ts',
      ],
    ),
    forbid(
      ['server/src/features/**'],
      ['**/*.test.ts', '**/rpc.ts', '**/*store.ts'],
      FRONT_DOOR,
      NO_DOORS,
      NO_WIRE,
      NO_SQL,
    ),
    forbid(['server/src/features/*/rpc.ts'], [], FRONT_DOOR, NO_DOORS, NO_SQL),
    forbid(
      ['server/src/features/*/*store.ts'],
      [],
      ['A store serves its own feature.', '../[a-z]*/*'],
      NO_DOORS,
      NO_WIRE,
    ),
    forbid(
      ['web/src/**', 'cli/src/**', 'agent/src/**'],
      [],
      ['Packages meet in @muster/api only.', '@muster/server', '@muster/server/**', '**/server/src/**'],
    ),
    forbid(
      ['web/src/ui/**'],
      [],
      [
        'ui knows no data and no routes.',
        '**/api/**',
        '**/features/**',
        'react-router',
        '@tanstack/*',
        '@connectrpc/*',
      ],
    ),
    forbid(['web/src/features/**'], [], FRONT_DOOR, [
      'Packages meet in @muster/api only.',
      '@muster/server',
      '@muster/server/**',
      '**/server/src/**',
    ]),
    forbid(
      ['e2e/**'],
      [],
      [
        'e2e sees the system from outside.',
        '@muster/server',
        '@muster/server/**',
        '@muster/web',
        '@muster/web/**',
        '**/server/src/**',
        '**/web/src/**',
      ],
    ),
    forbid(['api/**'], [], ['The contract imports nobody.', '**/server/**', '**/web/**', '**/cli/**', '**/agent/**']),
    { files: ['server/src/**'], excludeFiles: ['server/src/config.ts'], rules: { 'node/no-process-env': 'error' } },
    {
      files: ['server/src/features/*/*.ts'],
      excludeFiles: [
        '**/*.test.ts',
        '**/rpc.ts',
        '**/*store.ts',
        '**/index.ts',
        '**/rules.ts',
        '**/views.ts',
        '**/*.job.ts',
      ],
      rules: { 'muster/verbs-authorize-first': 'error' },
    },
  ],
});
