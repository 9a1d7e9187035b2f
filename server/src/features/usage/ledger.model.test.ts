import { FileService } from '@muster/api/file';
import { RecordService } from '@muster/api/record';
import { UsageService } from '@muster/api/usage';
import { Code, ConnectError } from '@connectrpc/connect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idOf, startServer } from '../../../test/harness.ts';
import type { TestServer } from '../../../test/harness.ts';
import { LedgerModel } from '../../../test/ledger-model.ts';
import type { Gauges, ModelRecord, ModelUpload } from '../../../test/ledger-model.ts';
import { Dice, MODEL_STEPS, SEED } from '../../../test/scale.ts';
import { sha256 } from '../../../test/tus.ts';
import { NOTHING, Workspace } from '../../../test/workspace.ts';
import { newId } from '../../platform/ids.ts';
import { sweep } from '../files/index.ts';
import { recountAll } from './index.ts';

const CONTENTS = ['', ...Array.from({ length: 19 }, (_unused, index) => `content ${index} `.repeat(3 ** index % 50))];
const PATHS = ['a.txt', 'b.txt', 'c.bag', 'night/d.txt', 'night/e/f.txt', 'night'];
const MINUTE = 60_000;
/** Multiples of eleven minutes: no sum of them is as long as a day or a week, so nothing depends on milliseconds. */
const LEAPS = [66, 308, 1507, 4389].map((minutes) => minutes * MINUTE);

let server: TestServer;
let work: Workspace;
let projects: string[];
const model = new LedgerModel();
const dice = new Dice(SEED);
const taken = new Map<string, number>();

beforeAll(async () => {
  server = await startServer();
  work = await Workspace.make(server);
  projects = [work.project.name, (await server.makeProject(work.admin, work.organization)).name];
});
afterAll(() => server[Symbol.asyncDispose]());

const now = (): number => server.clock.now().getTime();
const anyPath = (): string => dice.one(PATHS) ?? '';
const anyContent = (): string => dice.one(CONTENTS) ?? '';
const anyRecord = (): ModelRecord | undefined => dice.one(model.records);
const anyUpload = (): ModelUpload | undefined => dice.one(model.uploads);

/** The reason of a refused call; empty when it was done. */
const reasonOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => '',
    (error: unknown) => {
      const refused = ConnectError.from(error);
      expect([Code.FailedPrecondition, Code.AlreadyExists, Code.NotFound], refused.message).toContain(refused.code);
      return String(refused.metadata.get('muster-reason') ?? refused.rawMessage);
    },
  );

/** What may happen, each as a person would do it, and the same to the model. False when there was nothing to do it to. */
const STEPS: Record<string, () => Promise<boolean>> = {
  async 'create a record'() {
    if (model.records.length >= 8) return false;
    const project = dice.one(projects) ?? '';
    const made = await server
      .client(RecordService, work.admin)
      .createRecord({ parent: project, title: 'Drive', requestId: newId() });
    model.records.push({ name: made.name, project: made.name.split('/records/')[0] ?? '', deleted: null });
    return true;
  },
  async upload() {
    const [record, path, content] = [anyRecord(), anyPath(), anyContent()];
    if (!record) return false;
    const answer = await work.tus.begin(record.name, path, content.length, {
      body: content,
      ...(dice.below(2) === 0 && { sha256: sha256(content) }),
    });
    if (record.deleted !== null) expect(answer).toMatchObject({ status: 409, body: { reason: 'record_deleted' } });
    else if (model.isFolder(record, path))
      expect(answer).toMatchObject({ status: 409, body: { reason: 'path_is_folder' } });
    else {
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      model.finish(record, path, content, now());
      model.uploads.push({
        location: answer.location,
        record,
        path,
        content,
        received: content.length,
        touched: now(),
        done: true,
      });
    }
    return true;
  },
  async 'upload the same content to three records at once'() {
    const content = anyContent();
    const records = model.records
      .filter((record) => record.deleted === null && record.project === projects[0])
      .slice(0, 3);
    const path = `burst-${dice.below(3)}.txt`;
    if (records.length < 3) return false;
    const answers = await Promise.all(
      records.map((record) => work.tus.begin(record.name, path, content.length, { body: content })),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201]);
    for (const record of records) model.finish(record, path, content, now());
    return true;
  },
  async 'begin an upload and break it off'() {
    const [record, path, content] = [anyRecord(), anyPath(), anyContent()];
    if (!record || record.deleted !== null || content === '' || model.isFolder(record, path)) return false;
    const { location, status } = await work.tus.begin(record.name, path, content.length);
    expect(status).toBe(201);
    let received = dice.below(content.length);
    if (dice.below(20) === 0) {
      await work.tus.breakOff(location, 0, Buffer.from(content.slice(0, received)), content.length);
      received = (await work.tus.head(location)).offset;
    } else await work.tus.patch(location, 0, content.slice(0, received));
    model.uploads.push({ location, record, path, content, received, touched: now(), done: false });
    return true;
  },
  async 'go on with an upload'() {
    const upload = anyUpload();
    if (!upload) return false;
    const { record, path, content } = upload;
    const at = upload.done ? Math.max(0, content.length - 1) : upload.received;
    const answer = await work.tus.patch(upload.location, at, content.slice(at));
    if (upload.done) {
      // A retry of the last part: nothing more comes of it.
      expect(answer).toMatchObject(
        content === '' ? { status: 204 } : { status: 409, body: { reason: 'offset_mismatch' } },
      );
    } else if (record.deleted !== null) {
      expect(answer).toMatchObject({ status: 409, body: { reason: 'record_deleted' } });
    } else if (model.isFolder(record, path)) {
      expect(answer).toMatchObject({ status: 409, body: { reason: 'path_is_folder' } });
    } else {
      expect(answer.status, JSON.stringify(answer.body)).toBe(204);
      model.finish(record, path, content, now());
      Object.assign(upload, { done: true, received: content.length, touched: now() });
    }
    return true;
  },
  async 'end an upload'() {
    const upload = anyUpload();
    if (!upload) return false;
    expect((await work.tus.end(upload.location)).status).toBe(204);
    if (!upload.done) model.uploads = model.uploads.filter((other) => other !== upload);
    return true;
  },
  async 'upload what has another hash'() {
    const [record, content] = [anyRecord(), anyContent()];
    if (!record || record.deleted !== null) return false;
    const answer = await work.tus.begin(record.name, 'wrong.txt', content.length, {
      body: content,
      sha256: sha256('x'),
    });
    expect(answer.status).toBe(460);
    return true;
  },
  async 'delete a file'() {
    const file = dice.one(model.files.filter((one) => one.deleted === null && one.record.deleted === null));
    if (!file) return false;
    await server.client(FileService, work.admin).deleteFile({ name: `${file.record.name}/files/${file.path}` });
    file.deleted = now();
    return true;
  },
  async 'restore a file'() {
    const [record, path] = [anyRecord(), anyPath()];
    if (!record) return false;
    const name = `${record.name}/files/${path}`;
    const reason = await reasonOf(server.client(FileService, work.admin).undeleteFile({ name }));
    const file = model.newestTrashed(record, path);
    const isPossible =
      record.deleted === null && file && !model.livingAt(record, path) && !model.isFolder(record, path);
    expect(reason === '', reason).toBe(Boolean(isPossible));
    if (isPossible) file.deleted = null;
    return true;
  },
  async 'delete a record'() {
    const record = anyRecord();
    if (!record) return false;
    await server.client(RecordService, work.admin).deleteRecord({ name: record.name });
    record.deleted ??= now();
    return true;
  },
  async 'restore a record'() {
    const record = dice.one(model.records.filter((one) => one.deleted !== null));
    if (!record) return false;
    await server.client(RecordService, work.admin).undeleteRecord({ name: record.name });
    record.deleted = null;
    return true;
  },
  async 'let time pass, and sweep'() {
    server.clock.forward(dice.one(LEAPS) ?? 0);
    await sweep(server.platform);
    model.sweep(now());
    return true;
  },
};

/** So often that there is something to do, and that contents come and go for good. */
const LIKELY = [
  'upload',
  'begin an upload and break it off',
  'go on with an upload',
  'delete a file',
  'let time pass, and sweep',
];

async function takeStep(): Promise<void> {
  for (;;) {
    const name = dice.one([...Object.keys(STEPS), ...LIKELY]) ?? '';
    if (!(await STEPS[name]?.())) continue;
    taken.set(name, (taken.get(name) ?? 0) + 1);
    return;
  }
}

/** The ledger, the cards, the rows behind them, the recount and the model say the same. */
async function expectTrue(): Promise<void> {
  const usage = server.client(UsageService, work.admin);
  const parent = work.organization.name;
  const { storage, ledgerPosition } = await usage.getUsageOverview({ parent });
  const [live, trash] = [model.total('storage.live'), model.total('storage.trash')];
  expect({ ...NOTHING, ...storage }).toMatchObject({
    bytes: live,
    trashBytes: trash,
    freeingBytes: 0n,
    reservedBytes: model.reserved(now()),
  });
  const gauges = [
    ['storage.live', live],
    ['storage.trash', trash],
    ['storage.freeing', 0n],
  ] as const;
  const [counted, byProject, ...behind] = await Promise.all([
    recountAll(server.platform, 'job', work.organization.slug),
    ledgerByProject(),
    ...gauges.map(([meter]) => usage.listUsageRows({ parent, meter, ledgerPosition, pageSize: 1 })),
  ]);
  expect(behind.map((page) => page.totalDelta)).toEqual(gauges.map(([, sum]) => sum));
  expect(counted[0]?.meters).toEqual(gauges.map(([meter, sum]) => ({ meter, ledger: sum, recount: sum, drift: 0n })));
  expect(byProject).toEqual(model.gauges());
}

async function ledgerByProject(): Promise<Gauges> {
  const { rows } = await server.owner.query<{ meter: string; project_id: string; bytes: string }>(
    'select meter, project_id, sum(delta)::text as bytes from usage_ledger where organization_id = $1 group by 1, 2 having sum(delta) <> 0',
    [idOf(work.organization.name)],
  );
  return Object.fromEntries(rows.map((row) => [`${row.meter} projects/${row.project_id}`, BigInt(row.bytes)]));
}

/** Every page of the rows of a meter, added up by hand. */
async function addUp(meter: string): Promise<bigint> {
  const usage = server.client(UsageService, work.admin);
  let [sum, pageToken] = [0n, ''];
  do {
    const page = await usage.listUsageRows({ parent: work.organization.name, meter, pageSize: 1000, pageToken });
    sum += page.rows.reduce((total, row) => total + row.delta, 0n);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return sum;
}

describe('the storage ledger', () => {
  it(
    `agrees with the recount and with a simple model after each of ${MODEL_STEPS} random steps (MUSTER_SEED=${SEED})`,
    async () => {
      for (let step = 0; step < MODEL_STEPS; step++) {
        await takeStep();
        await expectTrue();
        if (step % 1000 === 999) process.stdout.write(`${step + 1} of ${MODEL_STEPS} steps\n`);
      }
      // Few steps, for a quick look, need not be of every kind.
      if (MODEL_STEPS >= 300)
        expect([...taken.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual(
          Object.keys(STEPS).toSorted((a, b) => a.localeCompare(b)),
        );
      expect(await addUp('storage.live')).toBe(model.total('storage.live'));
      expect(await addUp('storage.trash')).toBe(model.total('storage.trash'));
      // What is on disk is what the model still refers to.
      const stored = await Array.fromAsync(server.platform.blobs.list());
      expect(new Set(stored.map((row) => row.sha256.toString('hex')))).toEqual(
        new Set(model.files.map((file) => sha256(file.content))),
      );
    },
    30_000 + MODEL_STEPS * 500,
  );
});
