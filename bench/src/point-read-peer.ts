/**
 * The peer of the point read: what a developer writes who wants one record over HTTP and nothing else. One process,
 * `node:http` and `pg`, a pool as large as Muster's; no permissions, no row-level security, no validation, no log.
 * Arguments: address of the database, then `plain` or `prepared`. Prints its port.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const [databaseUrl = '', kind = 'plain'] = process.argv.slice(2);
const POOL = 20;

const TEXT = `select r.id, r.project_id, r.title, r.description, r.file_count, r.byte_size, r.playable_ns, r.start_ns,
    r.end_ns, r.version, r.create_time, r.update_time, r.delete_time, r.purge_time, a.display_name as creator
  from records r join accounts a on a.id = r.creator_id
  where r.project_id = $1 and r.id = $2`;

interface Row {
  readonly id: string;
  readonly project_id: string;
  readonly title: string;
  readonly description: string;
  readonly creator: string;
  // pg gives 64-bit numbers as text.
  readonly file_count: string;
  readonly byte_size: string;
  readonly playable_ns: string;
  readonly start_ns: string | null;
  readonly end_ns: string | null;
  readonly version: string;
  readonly create_time: Date;
  readonly update_time: Date;
  readonly delete_time: Date | null;
  readonly purge_time: Date | null;
}

const time = (ns: string | null): string | undefined =>
  ns === null ? undefined : new Date(Number(BigInt(ns) / 1_000_000n)).toISOString();

const toJson = (row: Row): string =>
  JSON.stringify({
    name: `projects/${row.project_id}/records/${row.id}`,
    title: row.title,
    description: row.description,
    creator: row.creator,
    fileCount: row.file_count,
    byteSize: row.byte_size,
    playableSeconds: Number(row.playable_ns) / 1e9,
    startTime: time(row.start_ns),
    endTime: time(row.end_ns),
    createTime: row.create_time,
    updateTime: row.update_time,
    deleteTime: row.delete_time ?? undefined,
    purgeTime: row.purge_time ?? undefined,
    version: row.version,
  });

const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL, options: '-c search_path=muster' });
const find = async (project: string, record: string): Promise<Row | undefined> => {
  const values = [project, record];
  const query = kind === 'prepared' ? { name: 'record', text: TEXT, values } : { text: TEXT, values };
  return (await pool.query<Row>(query)).rows[0];
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => (body += text));
  request.on('end', () => {
    void (async () => {
      try {
        // Nothing checks the request: that is the point of it.
        const { name } = JSON.parse(body) as { name: string };
        const [, project = '', , record = ''] = name.split('/');
        const row = await find(project, record);
        const text = row ? toJson(row) : '{"code":"not_found"}';
        response.writeHead(row ? 200 : 404, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    })();
  });
});
server.listen(0, '127.0.0.1', () => {
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${port}\n`);
});
process.stdin.resume().once('end', () => process.exit(0));
