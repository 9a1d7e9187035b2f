import { defineConfig } from 'oxlint';

/** Imports that files matching `files` must not make. Later entries replace earlier ones, so each entry is complete. */
const forbid = (files, excludeFiles, ...patterns) => ({
  files,
  excludeFiles,
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: patterns.map(([message, ...group]) => ({
          message,
          group,
          ...(message === NO_STORE[0] && { allowTypeImports: true }),
        })),
      },
    ],
  },
});
const FRONT_DOOR = [
  'Another feature is reached through its index.ts.',
  '../[a-z]*/*',
  '!../[a-z]*/index.ts',
  '**/features/**',
];
const NO_DOORS = ['Features do not know the doors.', '**/doors/**'];
const NO_WIRE = ['The wire stops at rpc.ts.', '@muster/api', '@muster/api/*', '@connectrpc/*', '@bufbuild/*'];
const NO_SQL = ['SQL stays in store.ts.', 'kysely', 'pg'];
const NO_WIRING = ['Imports point from the program inwards.', '**/main.ts', '**/app.ts', '**/serve.ts', '**/http.ts'];
/** Rows reach rpc.ts by their types only: what it calls is a verb. */
const NO_STORE = ['A method calls a verb, which asks first, and never a store.', './*store.ts'];
const NO_EFFECTS = [
  'Rules are pure: they read and change nothing outside.',
  './*store.ts',
  './*.job.ts',
  '**/platform/db/**',
  '**/platform/run.ts',
  'node:fs',
  'node:fs/*',
  'node:net',
  'node:http',
  'node:child_process',
];
const CONTRACT_ONLY = [
  'Packages meet in @muster/api only.',
  '@muster/*',
  '!@muster/api',
  '**/server/src/**',
  '**/web/src/**',
  '**/cli/src/**',
];
const NO_UI_DATA = [
  'ui knows no data and no routes.',
  '**/api/**',
  '**/features/**',
  '@muster/api',
  '@muster/api/*',
  'react-router',
  '@tanstack/*',
  '@connectrpc/*',
];

/** Exported parts of verbs and jobs that have asked already, which are no verbs of their own. This list only shrinks. */
const STEPS = ['makeOrganization', 'refreshPlayable', 'requireBudget', 'restoreFilesOfRecord', 'trashFilesOfRecord'];

export default defineConfig({
  plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'node', 'promise', 'vitest', 'react', 'jsx-a11y'],
  jsPlugins: ['./tools/src/oxlint-verbs.js'],
  categories: { correctness: 'error' },
  rules: {
    'import/no-cycle': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/no-non-null-assertion': 'error',
    // Names and titles are measured in code points, as the contract says.
    'typescript/no-misused-spread': 'off',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
    'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    'vitest/no-focused-tests': 'error',
    // The second argument says which row of a table failed.
    'vitest/valid-expect': ['error', { maxArgs: 2 }],
    'vitest/no-conditional-expect': 'off',
    'vitest/no-standalone-expect': 'off',
    'vitest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
    'vitest/no-disabled-tests': 'error',
  },
  ignorePatterns: ['**/node_modules/**', '**/gen/**', '**/dist/**', 'server/src/platform/db/tables.ts'],
  overrides: [
    {
      files: ['**/*.test.ts', '**/*.test.tsx', '**/*.e2e.ts', 'server/test/**'],
      rules: { 'max-lines-per-function': 'off' },
    },
    // In a browser, waiting for what must appear is the assertion.
    { files: ['e2e/**'], rules: { 'vitest/expect-expect': 'off' } },
    {
      files: ['web/**'],
      rules: {
        'react/rules-of-hooks': 'error',
        'react/exhaustive-deps': 'error',
        // Tables become cards on narrow screens, and CSS that changes their display takes the tags' own roles away.
        'jsx-a11y/prefer-tag-over-role': 'off',
        'max-lines-per-function': 'off',
      },
    },
    {
      files: ['web/src/**/*.tsx'],
      excludeFiles: ['**/*.test.tsx'],
      rules: { 'max-lines-per-function': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
    },
    forbid(
      ['server/src/platform/**'],
      ['**/*.test.ts'],
      ['platform knows no feature.', '**/features/**', '**/doors/**'],
      NO_WIRING,
    ),
    forbid(
      ['server/src/doors/**'],
      ['**/*.test.ts'],
      [
        'A door enters a feature by index.ts or rpc.ts.',
        '**/features/*/*',
        '!**/features/*/index.ts',
        '!**/features/*/rpc.ts',
      ],
      NO_WIRING,
    ),
    forbid(
      ['server/src/doors/{transfers,jobs,web}/**', 'server/src/*.ts', 'server/src/admin/**'],
      ['**/*.test.ts'],
      ['Only the RPC door knows rpc.ts: enter a feature by index.ts.', '**/features/*/*', '!**/features/*/index.ts'],
    ),
    forbid(
      ['server/src/features/**'],
      ['**/*.test.ts', '**/rpc.ts', '**/*store.ts', '**/rules.ts', '**/index.ts'],
      FRONT_DOOR,
      NO_DOORS,
      NO_WIRE,
      NO_SQL,
      NO_WIRING,
    ),
    forbid(['server/src/features/*/index.ts'], [], ['index.ts names what is in its own folder.', '../**']),
    forbid(['server/src/features/*/rules.ts'], [], FRONT_DOOR, NO_DOORS, NO_WIRE, NO_SQL, NO_WIRING, NO_EFFECTS),
    forbid(['server/src/features/**/rpc.ts'], [], FRONT_DOOR, NO_DOORS, NO_SQL, NO_WIRING, NO_STORE),
    forbid(
      ['server/src/features/**/*store.ts'],
      [],
      ['A store serves its own feature.', '../[a-z]*/*', '**/features/**'],
      NO_DOORS,
      NO_WIRE,
      NO_WIRING,
    ),
    forbid(['web/src/**', 'cli/src/**', 'e2e/**', 'bench/src/**'], [], CONTRACT_ONLY),
    forbid(['web/src/ui/**'], [], NO_UI_DATA, CONTRACT_ONLY),
    forbid(['web/src/features/**'], [], FRONT_DOOR, CONTRACT_ONLY),
    forbid(
      ['api/**'],
      [],
      ['The contract imports nobody.', '@muster/*', '**/server/**', '**/web/**', '**/cli/**', '**/e2e/**'],
    ),
    { files: ['server/src/**'], excludeFiles: ['server/src/config.ts'], rules: { 'node/no-process-env': 'error' } },
    {
      files: ['server/src/features/**/*.ts'],
      excludeFiles: ['**/*.test.ts', '**/rpc.ts', '**/*store.ts', '**/index.ts', '**/*.job.ts'],
      rules: { 'muster/verbs-authorize-first': ['error', { steps: STEPS }] },
    },
  ],
});
