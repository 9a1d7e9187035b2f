import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyDatabase } from '../test/databases.ts';
import type { EmptyDatabase } from '../test/databases.ts';
import { waitFor } from '../test/harness.ts';
import { callRaw } from '../test/raw-call.ts';
import { createApp } from './app.ts';
import type { App } from './app.ts';
import { readConfig } from './config.ts';
import { listen } from './listener.ts';
import type { Listener } from './listener.ts';
import { newId } from './platform/ids.ts';
import { openLog } from './platform/log.ts';
import { readSecrets } from './secrets.ts';

let database: EmptyDatabase;
let app: App;
let listener: Listener;
let url: string;
const dataDir = mkdtempSync(join(tmpdir(), 'muster-health-'));

beforeAll(async () => {
  database = await emptyDatabase();
  const config = readConfig({ MUSTER_DATA_DIR: dataDir, DATABASE_URL: database.url, MUSTER_LOG_LEVEL: 'error' });
  const log = openLog('error');
  app = await createApp({ config, secrets: readSecrets(config), pools: database.pools(), log, show: () => {} });
  listener = await listen({ host: '127.0.0.1', port: 0 }, app.handler);
  url = `http://127.0.0.1:${listener.port}`;
});
afterAll(async () => {
  await listener.stop(1000);
  await app.stop();
  await database[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

const get = async (path: string): Promise<[number, string]> => {
  const response = await fetch(`${url}${path}`);
  return [response.status, await response.text()];
};

describe('metrics', () => {
  test('are Prometheus text: every line is a comment or a sample, and every sample has its help and type', async () => {
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await response.text()).trim().split('\n').filter(Boolean);
    const sample =
      /^(?<name>[a-z_:][a-z0-9_:]*)(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? (-?\d+(\.\d+)?(e[+-]?\d+)?|NaN|[+-]Inf)$/i;
    for (const line of lines) expect(line).toMatch(line.startsWith('#') ? /^# (HELP|TYPE) [a-z0-9_]+ \S/ : sample);
    for (const name of [
      'muster_requests_total',
      'muster_request_seconds',
      'muster_database_connections',
      'process_cpu_seconds_total',
    ])
      expect(
        lines.some((line) => line.startsWith(`# TYPE ${name} `)),
        name,
      ).toBe(true);
  });

  test('count what was asked by method and status, and carry no name of a person or a thing', async () => {
    const id = newId();
    const read = 'muster.v1.RecordService/GetRecord';
    await callRaw({ url }, read, { name: `projects/${id}/records/${id}` }, { headers: {} });
    await fetch(`${url}/files/projects/${id}/records/${id}/files/secret.mcap`);
    await fetch(`${url}/uploads/${id}`, { method: 'HEAD' });
    const text = await waitFor(async () => {
      const [, metrics] = await get('/metrics');
      return metrics.includes('muster_requests_total{method="uploads"') ? metrics : undefined;
    });
    expect(text).toContain(`muster_requests_total{method="${read}",status="401"} 1`);
    expect(text).toContain('muster_requests_total{method="files",status="401"} 1');
    expect(text).not.toContain(id);
    expect(text).not.toContain('secret.mcap');
    expect(text).toMatch(/muster_database_connections\{pool="server",state="open"\} [1-9]/);
  });

  test('grow by no label for addresses that are none of ours', async () => {
    const series = async (): Promise<number> =>
      (await get('/metrics'))[1].split('\n').filter((line) => line.startsWith('muster_requests_total')).length;
    const before = await series();
    for (let round = 0; round < 20; round++)
      await fetch(`${url}/muster.v1.RecordService/${newId()}`, { method: 'POST' });
    expect(await series()).toBe(before);
  });
});

describe('health', () => {
  test('says ok while the process lives, ready while it can work, and not ready once it is told to stop', async () => {
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/readyz')).toEqual([200, 'ready\n']);
    app.drain();
    expect(await get('/readyz')).toEqual([503, 'not ready\n']);
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
  });
});
