/** A small tree that keeps every rule: what each layer may import, it imports here. */
export const CLEAN: ReadonlyMap<string, string> = new Map([
  ['api/gen/muster/v1/record_pb.ts', 'export const record = 1;\n'],
  [
    'server/src/app.ts',
    "export { rpcDoor } from './doors/rpc/index.ts';\nexport { bins } from './features/bins/index.ts';\n",
  ],
  ['server/src/config.ts', "export const listen = process.env['MUSTER_LISTEN'];\n"],
  [
    'server/src/doors/rpc/index.ts',
    "import { binService } from '../../features/bins/rpc.ts';\nimport { clock } from '../../platform/clock.ts';\nexport const rpcDoor = { binService, clock };\n",
  ],
  ['server/src/doors/jobs/index.ts', "export { bins } from '../../features/bins/index.ts';\n"],
  ['server/src/doors/transfers/index.ts', "export { bins } from '../../features/bins/index.ts';\n"],
  ['server/src/features/bins/index.ts', "export { bins } from './rules.ts';\nexport { empty } from './empty.ts';\n"],
  [
    'server/src/features/bins/rules.ts',
    "import { clock } from '../../platform/clock.ts';\nexport const bins = (): number => clock + 1;\n",
  ],
  [
    'server/src/features/bins/store.ts',
    "import { sql } from 'kysely';\nimport { clock } from '../../platform/clock.ts';\nexport const remove = async (): Promise<unknown> => Promise.resolve([sql, clock]);\n",
  ],
  [
    'server/src/features/bins/empty.ts',
    "import { authorize } from '../../platform/access/authorize.ts';\nimport { lids } from '../lids/index.ts';\nimport { remove } from './store.ts';\n\nexport async function empty(ctx: object): Promise<unknown> {\n  const { bin } = await authorize(ctx, lids);\n  return [bin, await remove()];\n}\n",
  ],
  [
    'server/src/features/bins/rpc.ts',
    "import { create } from '@bufbuild/protobuf';\nimport { empty } from './empty.ts';\nexport const binService = { create, empty };\n",
  ],
  ['server/src/features/lids/index.ts', "export { lids } from './rules.ts';\n"],
  ['server/src/features/lids/rules.ts', 'export const lids = 2;\n'],
  ['server/src/platform/clock.ts', 'export const clock = 1;\n'],
  [
    'server/src/platform/access/authorize.ts',
    'export const authorize = async (ctx: object, lids: number): Promise<{ bin: object }> => Promise.resolve({ bin: [ctx, lids] });\n',
  ],
  ['web/src/ui/card.tsx', 'export const Card = (): React.ReactNode => <p>Bin</p>;\n'],
  ['web/src/api/index.ts', "export { create } from '@bufbuild/protobuf';\n"],
  ['web/src/features/bins/index.ts', "export { BinsPage } from './bins-page.tsx';\n"],
  [
    'web/src/features/bins/bins-page.tsx',
    "import { create } from '../../api/index.ts';\nimport { Card } from '../../ui/card.tsx';\nimport { lid } from '../lids/index.ts';\nexport const BinsPage = (): React.ReactNode => <Card key={String([create, lid])} />;\n",
  ],
  ['web/src/features/lids/index.ts', 'export const lid = 1;\n'],
  ['cli/src/main.ts', "export { create } from '@bufbuild/protobuf';\nexport { record } from '@muster/api/record';\n"],
  ['e2e/bins.e2e.ts', "export { record } from '@muster/api/record';\n"],
]);

interface Violation {
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  /** Part of what oxlint says. */
  readonly says: string;
}

const IMPORTS = 'eslint(no-restricted-imports)';
const VERBS = 'muster(verbs-authorize-first)';

/** A file that imports what it must not. */
const forbidden = (file: string, from: string, says: string): Violation => ({
  file,
  code: `import '${from}';\n`,
  rule: IMPORTS,
  says,
});

const verb = (name: string, code: string, says = '`fill` must start with `await authorize(ctx, …)`.'): Violation => ({
  file: `server/src/features/bins/${name}.ts`,
  code,
  rule: VERBS,
  says,
});
const ASKS = "import { authorize } from '../../platform/access/authorize.ts';\n";
const OTHER = '`authorize` must be the one of platform/access/authorize.ts';
const HIDDEN = '`fill` must be a function or a plain value';

const found = (file: string, code: string, rule: string, says: string): Violation => ({ file, code, rule, says });

const FEATURE = 'Another feature is reached through its index.ts.';
const DOORS = 'Features do not know the doors.';
const WIRE = 'The wire stops at rpc.ts.';
const SQL = 'SQL stays in store.ts.';
const INWARDS = 'Imports point from the program inwards.';
const PURE = 'Rules are pure';
const OWN_STORE = 'A store serves its own feature.';
const CONTRACT = 'Packages meet in @muster/api only.';
const BARE_UI = 'ui knows no data and no routes.';
const NOBODY = 'The contract imports nobody.';

export const VIOLATIONS: readonly Violation[] = [
  forbidden('server/src/platform/knows-feature.ts', '../features/bins/index.ts', 'platform knows no feature.'),
  forbidden('server/src/platform/knows-door.ts', '../doors/rpc/index.ts', 'platform knows no feature.'),
  forbidden('server/src/platform/mail/knows-app.ts', '../../app.ts', INWARDS),

  forbidden('server/src/doors/rpc/enters-verb.ts', '../../features/bins/empty.ts', 'A door enters a feature'),
  forbidden('server/src/doors/rpc/enters-store.ts', '../../features/bins/store.ts', 'A door enters a feature'),
  forbidden('server/src/doors/rpc/knows-http.ts', '../../http.ts', INWARDS),
  forbidden('server/src/doors/jobs/enters-rpc.ts', '../../features/bins/rpc.ts', 'Only the RPC door knows rpc.ts'),
  forbidden('server/src/doors/transfers/enters-rpc.ts', '../../features/bins/rpc.ts', 'Only the RPC door knows rpc.ts'),
  forbidden('server/src/doors/transfers/enters-verb.ts', '../../features/bins/empty.ts', 'enter a feature by index.ts'),
  forbidden('server/src/doors/web/enters-store.ts', '../../features/bins/store.ts', 'enter a feature by index.ts'),
  forbidden('server/src/wiring.ts', './features/bins/store.ts', 'enter a feature by index.ts'),
  forbidden('server/src/admin/enters-verb.ts', '../features/bins/empty.ts', 'enter a feature by index.ts'),

  forbidden('server/src/features/bins/lid-verb.ts', '../lids/rules.ts', FEATURE),
  forbidden('server/src/features/bins/lid-store.job.ts', '../lids/store.ts', FEATURE),
  forbidden('server/src/features/bins/roundabout.ts', '../../features/lids/index.ts', FEATURE),
  forbidden('server/src/features/bins/door.ts', '../../doors/rpc/index.ts', DOORS),
  forbidden('server/src/features/bins/message.ts', '@muster/api/record', WIRE),
  forbidden('server/src/features/bins/error.ts', '@connectrpc/connect', WIRE),
  forbidden('server/src/features/bins/encoding.ts', '@bufbuild/protobuf', WIRE),
  forbidden('server/src/features/bins/query.ts', 'kysely', SQL),
  forbidden('server/src/features/bins/pool.job.ts', 'pg', SQL),
  forbidden('server/src/features/bins/program.ts', '../../app.ts', INWARDS),
  forbidden('server/src/features/hats/index.ts', '../lids/index.ts', 'index.ts names what is in its own folder.'),

  forbidden('server/src/features/caps/rules.ts', './store.ts', PURE),
  forbidden('server/src/features/hats/rules.ts', 'node:fs', PURE),
  forbidden('server/src/features/hoods/rules.ts', '../../platform/db/pools.ts', PURE),
  forbidden('server/src/features/masks/rules.ts', '../lids/rules.ts', FEATURE),
  forbidden('server/src/features/scarves/rules.ts', '@muster/api/record', WIRE),
  forbidden('server/src/features/ties/rules.ts', 'kysely', SQL),

  forbidden('server/src/features/caps/rpc.ts', '../lids/rules.ts', FEATURE),
  forbidden('server/src/features/hats/rpc.ts', '../../doors/rpc/index.ts', DOORS),
  forbidden('server/src/features/hoods/rpc.ts', 'kysely', SQL),

  forbidden('server/src/features/caps/store.ts', '../lids/index.ts', OWN_STORE),
  forbidden('server/src/features/hats/store.ts', '../../doors/rpc/index.ts', DOORS),
  forbidden('server/src/features/hoods/store.ts', '@muster/api/record', WIRE),
  forbidden('server/src/features/hoods/sweep-store.ts', '../lids/index.ts', OWN_STORE),

  forbidden('web/src/knows-server.ts', '@muster/server', CONTRACT),
  forbidden('web/src/reads-server.ts', '../../server/src/app.ts', CONTRACT),
  forbidden('cli/src/knows-server.ts', '@muster/server/src/app.ts', CONTRACT),
  forbidden('cli/src/knows-web.ts', '../../web/src/paths.ts', CONTRACT),
  forbidden('bench/src/knows-server.ts', '../../server/src/app.ts', CONTRACT),
  forbidden('e2e/knows-server.ts', '../server/src/app.ts', CONTRACT),
  forbidden('e2e/knows-web.ts', '@muster/web', CONTRACT),

  forbidden('web/src/ui/knows-data.ts', '../api/index.ts', BARE_UI),
  forbidden('web/src/ui/knows-feature.ts', '../features/bins/index.ts', BARE_UI),
  forbidden('web/src/ui/knows-routes.ts', 'react-router', BARE_UI),
  forbidden('web/src/ui/knows-queries.ts', '@tanstack/react-query', BARE_UI),
  forbidden('web/src/ui/knows-transport.ts', '@connectrpc/connect-web', BARE_UI),
  forbidden('web/src/ui/knows-messages.ts', '@muster/api/record', BARE_UI),
  forbidden('web/src/ui/knows-server.ts', '../../../server/src/app.ts', CONTRACT),
  forbidden('web/src/features/bins/lid-inside.ts', '../lids/lid.ts', FEATURE),
  forbidden('web/src/features/bins/knows-server.ts', '@muster/server', CONTRACT),

  forbidden('api/src/knows-server.mjs', '../../server/src/app.ts', NOBODY),
  forbidden('api/src/knows-web.mjs', '@muster/web', NOBODY),

  verb('fill-declared', 'export async function fill(): Promise<void> {\n  await Promise.resolve();\n}\n'),
  verb('fill-arrow', 'export const fill = async (): Promise<void> => Promise.resolve();\n'),
  verb('fill-chained', 'export const fill = (): Promise<void> => Promise.resolve();\n'),
  verb('fill-default', 'export default async function fill(): Promise<void> {\n  await Promise.resolve();\n}\n'),
  verb('fill-listed', 'async function fill(): Promise<void> {\n  await Promise.resolve();\n}\nexport { fill };\n'),
  verb(
    'fill-late',
    "import { authorize } from '../../platform/access/authorize.ts';\nexport async function fill(ctx: object): Promise<void> {\n  await Promise.resolve();\n  await authorize(ctx, 1);\n}\n",
  ),
  verb(
    'fill-unawaited',
    "import { authorize } from '../../platform/access/authorize.ts';\nexport async function fill(ctx: object): Promise<unknown> {\n  const asked = authorize(ctx, 1);\n  return asked;\n}\n",
  ),

  verb(
    'fill-for-another',
    `${ASKS}export async function fill(ctx: object, other: object): Promise<void> {\n  await authorize(other, 1);\n  await Promise.resolve(ctx);\n}\n`,
  ),
  verb('fill-cast', 'export const fill = (async (): Promise<void> => Promise.resolve()) as () => Promise<void>;\n'),
  verb(
    'fill-renamed',
    'async function pour(): Promise<void> {\n  await Promise.resolve();\n}\nconst fill = pour;\nexport { fill };\n',
  ),
  verb(
    'fill-aliased',
    'type Later = Promise<void>;\nexport function fill(): Later {\n  return Promise.resolve();\n}\n',
  ),
  verb('fill-maybe', 'export const fill = (): Promise<void> | null => Promise.resolve();\n'),
  verb('fill-unsaid', 'export const fill = () => Promise.resolve();\n', '`fill` must be async or say what it answers'),
  verb(
    'fill-wrapped',
    'const twice = <T>(f: T): T => f;\nexport const fill = twice(async () => Promise.resolve());\n',
    HIDDEN,
  ),
  verb('fill-kept', 'export const fill = { now: async (): Promise<void> => Promise.resolve() };\n', HIDDEN),
  verb(
    'fill-class',
    'export class fill {\n  async now(): Promise<void> {\n    await Promise.resolve(this);\n  }\n}\n',
    HIDDEN,
  ),
  verb(
    'fill-own',
    'const authorize = async (ctx: object): Promise<object> => Promise.resolve(ctx);\nexport async function fill(ctx: object): Promise<void> {\n  await authorize(ctx);\n}\n',
    OTHER,
  ),
  verb(
    'fill-given',
    `${ASKS}export async function fill(ctx: object): Promise<void> {\n  await authorize(ctx, 1);\n}\nexport const pour = (authorize: number): number => authorize;\n`,
    OTHER,
  ),
  verb('fill-passed', "export { remove } from './store.ts';\n", 'is exported by index.ts'),
  found(
    'server/src/features/gloves/rules.ts',
    'export async function fill(): Promise<void> {\n  await Promise.resolve();\n}\n',
    VERBS,
    '`fill` must start with `await authorize(ctx, …)`.',
  ),
  forbidden('server/src/features/scarves/rpc.ts', './store.ts', 'A method calls a verb'),

  found(
    'server/src/reads-environment.ts',
    "export const home = process.env['HOME'];\n",
    'node(no-process-env)',
    'process.env',
  ),
  found('server/src/anything.ts', 'export const bins: any = 1;\n', 'typescript(no-explicit-any)', 'any'),
  found(
    'server/src/forgets.ts',
    'Promise.resolve();\n',
    'typescript(no-floating-promises)',
    'Promises must be awaited',
  ),
  found(
    'server/src/misuses.ts',
    'export const test = [1].filter(async () => Promise.resolve(true));\n',
    'typescript(no-misused-promises)',
    'Promise',
  ),
  found('server/src/insists.ts', 'export const first = [1].at(0)!;\n', 'typescript(no-non-null-assertion)', 'non-null'),
  found(
    'server/src/half.ts',
    "export function half(of: 'a' | 'b'): number {\n  switch (of) {\n    case 'a':\n      return 1;\n  }\n  return 2;\n}\n",
    'typescript(switch-exhaustiveness-check)',
    'exhaustive',
  ),
  found('server/src/long.ts', 'export const bins = [\n' + '  1,\n'.repeat(400) + '];\n', 'eslint(max-lines)', '400'),
  found(
    'server/src/long-function.ts',
    'export function bins(): void {\n' + "  process.stdout.write('bin');\n".repeat(80) + '}\n',
    'eslint(max-lines-per-function)',
    '80',
  ),
  found(
    'cli/src/circle.ts',
    "export { round } from './round.ts';\nexport const circle = 1;\n",
    'import(no-cycle)',
    'Dependency cycle',
  ),
  found(
    'cli/src/round.ts',
    "import { circle } from './circle.ts';\nexport const round = circle;\n",
    'import(no-cycle)',
    'Dependency cycle',
  ),
  found(
    'cli/src/focused.test.ts',
    "import { expect, test } from 'vitest';\ntest.only('one', () => {\n  expect(1).toBe(1);\n});\n",
    'vitest(no-focused-tests)',
    '',
  ),
  found(
    'cli/src/disabled.test.ts',
    "import { expect, test } from 'vitest';\ntest.skip('one', () => {\n  expect(1).toBe(1);\n});\n",
    'vitest(no-disabled-tests)',
    '',
  ),
  found(
    'web/src/ui/picture.tsx',
    'export const Picture = (): React.ReactNode => <img src="/bin.png" />;\n',
    'jsx-a11y(alt-text)',
    'alt',
  ),
  found(
    'web/src/ui/list.tsx',
    'export const List = (): React.ReactNode => [1, 2].map(() => <p>Bin</p>);\n',
    'react(jsx-key)',
    'key',
  ),
  found(
    'web/src/ui/hook.tsx',
    "import { useState } from 'react';\nexport function Hook({ on }: { on: boolean }): React.ReactNode {\n  if (on) useState(1);\n  return null;\n}\n",
    'react-hooks(rules-of-hooks)',
    'conditionally',
  ),
];
