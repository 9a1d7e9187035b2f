import { Agent, request } from 'node:http';
import { must } from './figure.ts';
import { spread } from './rounds.ts';

/** The median time of one call in milliseconds: one after the other, for a while. */
export async function medianLatency(call: () => Promise<void>, milliseconds: number): Promise<number> {
  const times: number[] = [];
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    const began = performance.now();
    await call();
    times.push(performance.now() - began);
  }
  return spread(times).median;
}

/** Posts JSON over one connection that is kept alive; answers the body of a 200, and refuses everything else. */
export function keptAlive(
  url: string,
  headers: Readonly<Record<string, string>>,
): Disposable & { post(body: string): Promise<string> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    post: (body) =>
      new Promise((resolve, reject) => {
        const sent = request(url, { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } });
        sent.once('error', reject);
        sent.once('response', (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.once('error', reject);
          answer.once('end', () => {
            const text = Buffer.concat(pieces).toString('utf8');
            if (answer.statusCode === 200) resolve(text);
            else reject(new Error(`${url} answered ${answer.statusCode}: ${text}`));
          });
        });
        sent.end(body);
      }),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

interface Listed {
  readonly names: readonly string[];
  readonly nextPageToken: string;
}

/** The answer of a list of records, held against its contract. */
export function parseList(text: string): Listed {
  const answer: unknown = JSON.parse(text);
  must(typeof answer === 'object' && answer !== null && 'records' in answer, `no records in ${text.slice(0, 200)}`);
  const { records, nextPageToken } = answer as { records: unknown; nextPageToken?: unknown };
  must(Array.isArray(records), 'records is a list');
  const names = records.map((record: unknown) =>
    typeof record === 'object' && record !== null && 'name' in record ? String(record.name) : '',
  );
  return { names, nextPageToken: typeof nextPageToken === 'string' ? nextPageToken : '' };
}
