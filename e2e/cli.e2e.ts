import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  copyFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MUSTER, Muster, fixture, until } from './harness.ts';

interface Done {
  code: number;
  stdout: string;
  stderr: string;
}

let muster: Muster;
let home: string;
beforeAll(async () => {
  muster = await Muster.start();
  home = mkdtempSync(join(tmpdir(), 'muster-home-'));
});
afterAll(async () => {
  await muster?.[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const environment = (): NodeJS.ProcessEnv => ({
  ...muster.environment,
  HOME: home,
  XDG_CONFIG_HOME: '',
  XDG_STATE_HOME: '',
});

function cli(...args: string[]): Promise<Done> {
  return new Promise((resolve) => {
    execFile(MUSTER, args, { env: environment(), maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stdout, stderr });
    });
  });
}

/** Runs a command with `-o json`; its output must be JSON and nothing else. */
async function json<T>(...args: string[]): Promise<T> {
  const done = await cli(...args, '-o', 'json');
  expect(done.stderr).toBe('');
  expect(done.code).toBe(0);
  // The shape is the command's own documented output.
  return JSON.parse(done.stdout) as T;
}

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

const NAMES = [
  'robot_localization_test1.bag',
  'robot_localization_test1.ros2.mcap',
  'example-lz4.bag',
  'test_sample_truncated.mcap',
];
let record = '';

test('a record is made in a project, and both are listed', async () => {
  const organization = await json<{ slug: string }>('organization', 'show');
  expect(organization.slug).toBe('acme');
  const project = await json<{ name: string; slug: string }>(
    'project',
    'create',
    '--slug',
    'fp',
    '--name',
    'First project',
  );
  expect(project.slug).toBe('fp');
  const made = await json<{ name: string; title: string }>(
    'record',
    'create',
    '--project',
    'fp',
    '--title',
    'Outdoor drive',
  );
  expect(made).toMatchObject({ title: 'Outdoor drive' });
  record = made.name;
  expect((await json<{ projects: { name: string }[] }>('project', 'list')).projects.map((row) => row.name)).toEqual([
    project.name,
  ]);
  expect(
    (await json<{ records: { name: string }[] }>('record', 'list', '--project', 'fp')).records.map((row) => row.name),
  ).toEqual([record]);
  expect(await json('record', 'show', record)).toMatchObject({ fileCount: 0, byteSize: 0 });
});

test('a folder is uploaded quietly, and what the recordings hold is listed', async () => {
  const folder = join(home, 'recordings');
  mkdirSync(join(folder, 'night'), { recursive: true });
  for (const name of NAMES) copyFileSync(fixture(name), join(folder, name.endsWith('.mcap') ? 'night' : '.', name));
  const uploaded = await json<{ files: { state: string }[] }>('record', 'upload', record, folder);
  expect(uploaded.files.map((file) => file.state)).toEqual(['done', 'done', 'done', 'done']);
  const { files } = await json<{
    files: {
      path: string;
      sha256: string;
      byteSize: number;
      recording: {
        state: string;
        topics: { topic: string; schemaName: string; messageCount: number }[];
        problem: string;
        startTime: string;
        durationSeconds: number;
      };
    }[];
  }>('record', 'file', 'list', record, '--wait');
  expect(files.map((file) => file.path)).toEqual([
    'example-lz4.bag',
    'night/robot_localization_test1.ros2.mcap',
    'night/test_sample_truncated.mcap',
    'robot_localization_test1.bag',
  ]);
  const bag = files.find((file) => file.path === 'robot_localization_test1.bag');
  expect(bag?.sha256).toBe(sha256(fixture('robot_localization_test1.bag')));
  expect(bag?.recording).toMatchObject({
    state: 'RECORDING_STATE_READY',
    startTime: '2015-05-21T19:11:38.025043042Z',
    durationSeconds: 395.30711614,
  });
  expect(bag?.recording.topics.map(({ topic, schemaName, messageCount }) => [topic, schemaName, messageCount])).toEqual(
    [
      ['/fix', 'sensor_msgs/NavSatFix', 989],
      ['/husky_velocity_controller/odom', 'nav_msgs/Odometry', 3952],
      ['/imu/data', 'sensor_msgs/Imu', 11865],
    ],
  );
  expect(files.find((file) => file.path.includes('truncated'))?.recording).toMatchObject({
    state: 'RECORDING_STATE_PARTIAL',
    problem: expect.stringMatching(/breaks off after 1533 bytes/),
  });
});

test('uploading again sends nothing', async () => {
  const again = await json<{ files: { state: string }[] }>('record', 'upload', record, join(home, 'recordings'));
  expect(new Set(again.files.map((file) => file.state))).toEqual(new Set(['unchanged']));
});

test('a download has the same hashes', async () => {
  const copy = join(home, 'copy');
  await json('record', 'download', record, copy);
  for (const name of NAMES)
    expect(sha256(join(copy, name.endsWith('.mcap') ? 'night' : '.', name)), name).toBe(sha256(fixture(name)));
  expect(readdirSync(copy).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('usage is true to the byte, and the audit log holds', async () => {
  const bytes = NAMES.reduce((sum, name) => sum + readFileSync(fixture(name)).length, 0);
  expect(await json('usage', 'show')).toMatchObject({ storage: { bytes, trashBytes: 0 } });
  const { auditEvents } = await json<{ auditEvents: { event: string }[] }>('audit', 'list', '--search', 'file.create');
  expect(auditEvents).toHaveLength(NAMES.length);
  const verified = await cli('audit', 'verify');
  expect(verified.stdout).toMatch(/^complete, \d+ rows\n$/);
  expect(verified.code).toBe(0);
});

test('wrong calls say what is wrong, with the right exit code', async () => {
  expect(await cli('record', 'create')).toMatchObject({ code: 2 });
  expect(await cli('nonsense')).toMatchObject({ code: 2 });
  const taken = await cli('project', 'create', '--slug', 'fp', '--name', 'Other');
  expect(taken).toMatchObject({ code: 1, stdout: '' });
  expect(taken.stderr).toContain('[slug_taken]');
  const missing = await cli('record', 'show', 'projects/fp/records/0190a0a0-0000-7000-8000-000000000000', '-o', 'json');
  expect(JSON.parse(missing.stderr)).toMatchObject({ error: { code: 'not_found', reason: 'not_found' } });
  const nowhere = await cli('record', 'upload', record, '/nowhere');
  expect(nowhere.stderr).toContain('There is no file or folder');
  const bootstrapped = await cli(
    'admin',
    'bootstrap',
    '--email',
    'x@acme.example',
    '--organization',
    'acme',
    '--name',
    'Again',
    '-o',
    'json',
  );
  expect(bootstrapped.code).toBe(1);
  expect(bootstrapped.stderr).toContain('exists already');
});

test('help names every command, serve and admin too', async () => {
  const { stdout, code } = await cli('--help');
  expect(code).toBe(0);
  for (const word of ['serve', 'admin', 'record', 'project', 'usage', 'audit', 'login']) expect(stdout).toContain(word);
  expect((await cli('record', 'upload', '--help')).stdout).toContain('Examples:');
});

test('login keeps a profile that later calls use', async () => {
  const login = await new Promise<Done>((resolve) => {
    const child = spawn(MUSTER, ['login', '--url', muster.url], {
      env: { ...environment(), MUSTER_TOKEN: '', MUSTER_PUBLIC_URL: '' },
    });
    let stdout = '';
    child.stdout.on('data', (text) => (stdout += text));
    child.on('exit', (code) => resolve({ code: code ?? 1, stdout, stderr: '' }));
    child.stdin.end(`${muster.token}\n`);
  });
  expect(login.stdout).toContain('Signed in to Acme Robotics');
  expect(login.code).toBe(0);
  const listed = await new Promise<string>((resolve) => {
    execFile(
      MUSTER,
      ['project', 'list'],
      { env: { ...environment(), MUSTER_TOKEN: '', MUSTER_PUBLIC_URL: '' } },
      (_error, stdout) => resolve(stdout),
    );
  });
  expect(listed).toContain('First project');
});

test('an upload goes on after the server was killed, and after the program was', async () => {
  const big = join(home, 'big.bin');
  writeFileSync(big, randomBytes(96 * 1024 * 1024));
  const started = (): ReturnType<typeof spawn> =>
    spawn(MUSTER, ['record', 'upload', record, big], { env: environment(), stdio: ['ignore', 'pipe', 'ignore'] });
  const uploads = join(muster.dataDir, 'blobs/uploads');
  const receivedBytes = (): number =>
    readdirSync(uploads).reduce((sum, name) => sum + statSync(join(uploads, name)).size, 0);

  const first = started();
  await until(() => receivedBytes() > 0, 30_000);
  first.kill('SIGINT');
  await new Promise((resolve) => first.once('exit', resolve));

  // What the first one had sent may still be arriving.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const arrived = receivedBytes();

  const second = started();
  let said = '';
  second.stdout?.on('data', (text) => (said += text));
  const ended = new Promise<number | null>((resolve) => second.once('exit', (code) => resolve(code)));
  await until(() => receivedBytes() > arrived, 30_000);
  await muster.kill9();
  await muster.boot();
  expect(await ended, said).toBe(0);
  const { files } = await json<{ files: { path: string; sha256: string }[] }>('record', 'file', 'list', record);
  expect(files.find((file) => file.path === 'big.bin')?.sha256).toBe(sha256(big));
  expect(JSON.stringify(muster.admin('recount'))).not.toContain('"driftFound":true');
});
