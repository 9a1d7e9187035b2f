import { gzipSync } from 'node:zlib';
import type { DescMethod } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonMessage, protobufBytes } from './arbitrary-messages.ts';
import { methodsOfContract } from './contract.ts';
import { nobody, startServer } from './harness.ts';
import type { Caller, TestServer } from './harness.ts';
import { METHODS } from './methods.ts';
import { callRaw } from './raw-call.ts';
import { digestOfRows } from './rows.ts';
import { makeTenant } from './tenant.ts';
import type { Tenant } from './tenant.ts';

/** Another seed is another night's work: FUZZ_SEED repeats the one that a failure prints, FUZZ_RUNS makes more of it. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_125);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 40);

/** What an answer never shows: our files, the words of the database, the names of its tables. */
const INSIDE =
  /\bat .*\.(ts|js|mjs):\d+|node_modules|\/server\/src\/|SQLSTATE|syntax error at|violates|kysely|pg_|relation "|invalid input syntax|invalid byte sequence|\bselect .* from\b/i;

let server: TestServer;
let home: Tenant;
let known: string[];
const methods = [...(await methodsOfContract())];

beforeAll(async () => {
  server = await startServer();
  home = await makeTenant(server, 'admin@acme.example');
  known = Object.values(METHODS).flatMap((method) =>
    Object.values(method.request(home.things)).filter((value) => typeof value === 'string'),
  );
});
afterAll(() => server[Symbol.asyncDispose]());

const SAID = /^(200|400|401|403|404|409|415|429|501)$/;

/** Sends bytes to a method; answers its status, after looking for what no answer may be or show. */
async function send(
  method: string,
  type: string,
  body: string | Uint8Array<ArrayBuffer>,
  caller: Caller,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${server.url}/${method}`, {
    method: 'POST',
    headers: { 'content-type': type, ...caller.headers },
    body,
  });
  const text = await response.text();
  expect(String(response.status), text).toMatch(SAID);
  expect(text).not.toMatch(INSIDE);
  if (response.status >= 400 && response.status !== 415) expect(text).toMatch(/"reason":"[a-z_]+"/);
  return { status: response.status, text };
}

/** Sends what `bodies` makes; proves that what was refused left no row behind. */
async function expectSurvival<T extends string | Uint8Array<ArrayBuffer>>(
  name: string,
  type: string,
  bodies: fc.Arbitrary<T>,
  caller: Caller,
  numRuns: number,
): Promise<void> {
  // The limits of sign-in, slugs and tokens are tested elsewhere; here each call is to get as far as it can.
  server.clock.forward(3_600_000);
  // What changes nothing by its nature is sent by the handful; after each call of the others the rows are compared.
  const writes = METHODS[name]?.writes === true;
  const handful = writes ? 1 : 5;
  await fc.assert(
    fc.asyncProperty(fc.array(bodies, { minLength: handful, maxLength: handful }), async (some) => {
      const before = writes ? await digestOfRows(server) : null;
      const answers = await Promise.all(some.map((body) => send(name, type, body, caller)));
      if (before && answers.every(({ status }) => status !== 200)) expect(await digestOfRows(server)).toEqual(before);
    }),
    { seed: SEED, numRuns: Math.ceil(numRuns / handful), endOnFailure: true },
  );
}

/** Signing out would end the session that the others need, and too many codes too. */
const asAdmin = methods.filter(([name]) => name !== 'muster.v1.SessionService/DeleteSession');

describe.each([
  ['an admin', () => home.admin, asAdmin, RUNS],
  ['nobody', () => nobody, methods, Math.ceil(RUNS / 6)],
] as [string, () => Caller, [string, DescMethod][], number][])('as %s', (_who, caller, some, runs) => {
  test.each(some)('%s survives JSON of its own shape with wild values', async (name, { input }) => {
    const bodies = jsonMessage(input, known).map((message) => JSON.stringify(message));
    await expectSurvival(name, 'application/json', bodies, caller(), runs);
  });

  test.each(some)('%s survives protobuf that was bent', async (name, { input }) => {
    await expectSurvival(name, 'application/proto', protobufBytes(input, known), caller(), Math.ceil(runs / 2));
  });
});

test('every method survives text that is no JSON, and JSON that is no message', async () => {
  const garbage = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.json(),
    fc.constantFrom(
      '',
      '{',
      '[]',
      'null',
      '"x"',
      '{"a":'.repeat(50),
      '\uFEFF{}',
      '{"__proto__":{"x":1}}',
      '{"name":null}',
    ),
  );
  let refused = 0;
  for (const [name] of asAdmin) {
    await fc.assert(
      fc.asyncProperty(garbage, async (body) => {
        if ((await send(name, 'application/json', body, home.admin)).status !== 200) refused += 1;
      }),
      { seed: SEED, numRuns: 12, endOnFailure: true },
    );
  }
  expect(refused).toBeGreaterThan(asAdmin.length);
});

describe('one by one', () => {
  const create = 'muster.v1.RecordService/CreateRecord';
  const withTitle = (title: string): object => ({ parent: home.project.name, title });

  test.each([
    ['a control character', 'a\u0007b'],
    ['NUL', 'a\0b'],
    ['a direction override', 'a\u202Eb'],
    ['a direction isolate', 'a\u2066b'],
    ['a right-to-left mark', '\u200Fb'],
    ['a line break in a title', 'a\nb'],
    ['half a character', 'a\uD83Db'],
    ['DEL', 'a\u007Fb'],
  ])('%s is text_invalid, and the field is named', async (_what, title) => {
    const before = await digestOfRows(server);
    const { code, detail } = await callRaw(server, create, withTitle(title), home.admin);
    expect([code, detail?.reason, detail?.field]).toEqual(['invalid_argument', 'text_invalid', 'title']);
    expect(await digestOfRows(server)).toEqual(before);
  });

  test('a NUL is refused in every text of every method', async () => {
    for (const [name, { input }] of asAdmin) {
      for (const field of input.fields) {
        if (field.fieldKind !== 'scalar' || field.scalar !== 9) continue;
        const request = { ...METHODS[name]?.request(home.things), [field.jsonName]: 'a\0b' };
        const { code, detail } = await callRaw(server, name, request, home.admin);
        expect([code, detail?.reason, detail?.field], name).toEqual(['invalid_argument', 'text_invalid', field.name]);
      }
    }
  });

  test('fields that would give power are unknown to every method', async () => {
    for (const [name, { input }] of asAdmin) {
      for (const field of ['role', 'organizationId', 'state', 'plan', 'owner', 'createdBy', 'accountId', 'toString']) {
        if (input.fields.some(({ jsonName }) => jsonName === field)) continue;
        const request = { ...METHODS[name]?.request(home.things), [field]: 'x' };
        const { code, detail } = await callRaw(server, name, request, home.admin);
        expect([code, detail?.reason, detail?.field], name).toEqual(['invalid_argument', 'unknown_field', field]);
      }
    }
    const nested = { record: { name: 'projects/p/records/r', owner: 'x' }, updateMask: 'title' };
    const { detail } = await callRaw(server, 'muster.v1.RecordService/UpdateRecord', nested, home.admin);
    expect([detail?.reason, detail?.field]).toEqual(['unknown_field', 'owner']);
  });

  test('JSON that is nested a hundred thousand times is refused', async () => {
    for (const body of [`${'['.repeat(100_000)}`, `${'{"record":'.repeat(50_000)}1${'}'.repeat(50_000)}`]) {
      const { status } = await send('muster.v1.RecordService/UpdateRecord', 'application/json', body, home.admin);
      expect(status).toBe(400);
    }
  });

  test('a request of 1 MiB is read, and one byte more is not', async () => {
    const body = (bytes: number): string => {
      const empty = JSON.stringify({ ...withTitle('large'), description: '' });
      return JSON.stringify({ ...withTitle('large'), description: 'x'.repeat(bytes - empty.length) });
    };
    const [most, more] = [body(1024 * 1024), body(1024 * 1024 + 1)];
    expect([most.length, more.length]).toEqual([1_048_576, 1_048_577]);
    expect((await callRaw(server, create, most, home.admin)).detail?.reason).toBe('field_invalid');
    const refused = await callRaw(server, create, more, home.admin);
    expect([refused.status, refused.detail?.reason]).toEqual([429, 'request_too_large']);
  });

  test('a hundred million zeros packed into a hundred thousand bytes are refused in little memory', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(100 * 1024 * 1024)));
    expect(bomb.byteLength).toBeLessThan(150_000);
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 1);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => callRaw(server, create, bomb, home.admin, { 'content-encoding': 'gzip' })),
    );
    clearInterval(watch);
    for (const { status, detail } of answers) expect([status, detail?.reason]).toEqual([429, 'request_too_large']);
    expect(Math.max(most, process.memoryUsage.rss()) - before).toBeLessThan(100 * 1024 * 1024);
  });

  test('addresses, headers and tus metadata that are wild end in a refusal too', async () => {
    const { project, record } = home.things;
    const paths = [
      '/files/projects/%00/records/x/files/y',
      `/files/projects/${project}/records/${record}/files/%00`,
      `/files/projects/${project}/records/${record}/files/..%2f..%2fetc%2fpasswd`,
      `/files/projects/${project}/records/${record}/files/%E0%A4%A`,
      `/files/projects/${project}/records/${record}/files/%ED%A0%80`,
      '/files//////',
      '/uploads/%00.%00',
      `/uploads/${project}.00000000-0000-0000-0000-------------`,
    ];
    for (const path of paths) {
      const response = await fetch(`${server.url}${path}`, {
        method: path.startsWith('/uploads') ? 'HEAD' : 'GET',
        headers: { ...home.admin.headers, 'tus-resumable': '1.0.0' },
      });
      expect([404, 410], path).toContain(response.status);
      expect(await response.text(), path).not.toMatch(INSIDE);
    }
    const metadata = (record: string, path: string): string =>
      `record ${Buffer.from(record).toString('base64')},path ${Buffer.from(path).toString('base64')}`;
    const good = `projects/${project}/records/${record}`;
    for (const [sent, length] of [
      [metadata('projects/\0/records/\0', 'x'), '1'],
      [metadata(good, 'a\0b'), '1'],
      [metadata(good, '../x'), '1'],
      [metadata(good, 'x'), '-1'],
      [metadata(good, 'x'), '9'.repeat(30)],
      [metadata(good, 'x'), 'NaN'],
      ['record', '1'],
      ['%%%', '1'],
    ] as const) {
      const response = await fetch(`${server.url}/uploads/`, {
        method: 'POST',
        headers: { ...home.admin.headers, 'tus-resumable': '1.0.0', 'upload-metadata': sent, 'upload-length': length },
      });
      expect([400, 404, 413], `${sent} ${length}`).toContain(response.status);
      expect(await response.text()).not.toMatch(INSIDE);
    }
    for (const value of ['\u00ff\u00fe', '%00', "' or true --", 'x'.repeat(5000)]) {
      const answer = await callRaw(server, 'muster.v1.ProjectService/GetProject', { name: 'projects/x' }, home.admin, {
        'muster-organization': value,
      });
      expect(answer.detail?.reason, value).toBe('not_found');
    }
  });
});
