import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { RecordService } from '@muster/api/record';
import autocannon from 'autocannon';
import { must } from './figure.ts';
import type { Comparison, World } from './figure.ts';
import { interleaved } from './rounds.ts';

const CONNECTIONS = 16;
const SECONDS = 3;
const PEER = fileURLToPath(new URL('point-read-peer.ts', import.meta.url));
const PATH = `/${RecordService.typeName}/${RecordService.method.getRecord.name}`;

/** One record by its name: GetRecord through Connect JSON, beside a bare `node:http` and `pg` with the same query. */
export async function pointRead(world: World): Promise<Comparison[]> {
  const names = await someNames(world);
  await using plain = await startPeer(world.muster.databaseUrl, 'plain');
  await using prepared = await startPeer(world.muster.databaseUrl, 'prepared');
  await mustAnswerAlike(world, [plain.url, prepared.url], names);
  const load = (url: string) => (round: number) => requestsPerSecond(world, url, names, round === 0 ? 2 : SECONDS);
  const rounds = await interleaved(world.rounds, {
    ours: load(world.muster.url + PATH),
    plain: load(plain.url),
    prepared: load(prepared.url),
  });
  const common = { unit: 'requests/s', ours: 'GetRecord through Connect JSON' };
  return [
    {
      ...common,
      title: 'Point read',
      peer: 'node:http + pg, parametrised query',
      goal: { atLeast: 0.7 },
      rounds: rounds.map((round) => ({ ours: round['ours'] ?? 0, peer: round['plain'] ?? 0 })),
    },
    {
      ...common,
      title: 'Point read, prepared',
      peer: 'node:http + pg, named prepared statement',
      goal: null,
      rounds: rounds.map((round) => ({ ours: round['ours'] ?? 0, peer: round['prepared'] ?? 0 })),
    },
  ];
}

async function someNames(world: World): Promise<string[]> {
  const { rows } = await world.owner.query<{ id: string }>(
    'select id from records where project_id = $1 order by md5(id::text) limit 1000',
    [world.large.id],
  );
  return rows.map((row) => `projects/${world.large.id}/records/${row.id}`);
}

async function startPeer(databaseUrl: string, kind: string): Promise<AsyncDisposable & { readonly url: string }> {
  const peer: ChildProcess = spawn(process.execPath, [PEER, databaseUrl, kind], {
    // It ends with its input, however this process ends.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port]: unknown[] = peer.stdout ? await once(peer.stdout, 'data') : [];
  return {
    url: `http://127.0.0.1:${Number(port)}/`,
    [Symbol.asyncDispose]: async () => {
      const ended = once(peer, 'exit');
      peer.stdin?.end();
      await ended;
    },
  };
}

/** Both sides do the same work only when they give the same answer. */
async function mustAnswerAlike(world: World, peers: readonly string[], names: readonly string[]): Promise<void> {
  for (const name of names.slice(0, 20)) {
    const ours = await world.muster.call(PATH, { name });
    for (const url of peers) {
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ name }) });
      const theirs: unknown = await answer.json();
      must(
        isDeepStrictEqual(ours, theirs),
        `${name}: Muster says ${JSON.stringify(ours)}, the peer ${JSON.stringify(theirs)}`,
      );
    }
  }
}

/** Sixteen connections that are kept alive, one request at a time on each. */
async function requestsPerSecond(
  world: World,
  url: string,
  names: readonly string[],
  duration: number,
): Promise<number> {
  let wrong = '';
  const result = await autocannon({
    url,
    method: 'POST',
    headers: world.muster.headers,
    connections: CONNECTIONS,
    duration,
    requests: names.map((name) => ({
      body: JSON.stringify({ name }),
      onResponse: (status: number, body: string) => {
        if (status !== 200 || !body.startsWith(`{"name":"${name}"`)) wrong ||= `${name}: ${status} ${body}`;
      },
    })),
  });
  must(wrong === '', wrong);
  must(result.errors === 0 && result.non2xx === 0, `${url}: ${result.errors} errors, ${result.non2xx} refusals`);
  return result.requests.total / result.duration;
}
