import { statfsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from './client.ts';
import { Muster } from './harness.ts';
import { memoryOf } from './processes.ts';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;
const UPLOADS = 100;
/** How much of each gibibyte is really sent: a part in `npm test`, all of it in `npm run soak`. */
const SENT = Number(process.env['MUSTER_MEMORY_BYTES'] ?? 24 * MEBIBYTE);
const ALLOWED = 256 * MEBIBYTE;

let muster: Muster;
let client: Client;
let record: string;
beforeAll(async () => {
  muster = await Muster.start();
  client = new Client(muster);
  const project = await client.call<{ name: string }>('ProjectService/CreateProject', {
    parent: 'organizations/acme',
    slug: 'memory',
    displayName: 'Memory',
  });
  record = (
    await client.call<{ name: string }>('RecordService/CreateRecord', { parent: project.name, title: 'Large files' })
  ).name;
});
afterAll(() => muster?.[Symbol.asyncDispose]());

const piece = new Uint8Array(256 * 1024).fill(7);

/** So many bytes, made as they are wanted; the peer decides how fast. */
function body(bytes: number): ReadableStream {
  let left = bytes;
  return new ReadableStream(
    {
      pull: (controller) => {
        if (left <= 0) return controller.close();
        const next = piece.subarray(0, Math.min(left, piece.length));
        left -= next.length;
        controller.enqueue(next);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Sends a file of a gibibyte, or `SENT` bytes of it; answers the offset that was acknowledged. */
async function upload(path: string): Promise<number> {
  const location = await client.begin(record, path, GIBIBYTE);
  const offset = await client.patch(location, 0, body(SENT));
  if (offset < GIBIBYTE) await client.end(location);
  return offset;
}

test(`${UPLOADS} uploads of 1 GiB at once need less than 256 MiB of memory more (${SENT / MEBIBYTE} MiB of each are sent)`, async () => {
  // What a server needs when it is warm is not what a hundred uploads need.
  await upload('warm.bin');
  const before = memoryOf(muster.pid);
  const { bavail, bsize } = statfsSync(muster.dataDir);
  // Each upload has a file of its own until it is complete; a disk that is too small gets them in waves.
  const atOnce = Math.min(UPLOADS, Math.floor((bavail * bsize * 0.9) / SENT));
  expect(atOnce, 'there is no room on the disk for one upload').toBeGreaterThan(0);
  const began = performance.now();
  let [most, sent] = [before.resident, 0];
  const watch = setInterval(() => (most = Math.max(most, memoryOf(muster.pid).resident)), 100);
  try {
    for (let done = 0; done < UPLOADS; done += atOnce) {
      const wave = Array.from({ length: Math.min(atOnce, UPLOADS - done) }, (_unused, index) =>
        upload(`large-${done + index}.bin`),
      );
      for (const offset of await Promise.all(wave)) {
        expect(offset).toBe(SENT);
        sent += offset;
      }
    }
  } finally {
    clearInterval(watch);
  }
  most = Math.max(most, memoryOf(muster.pid).most);
  const seconds = (performance.now() - began) / 1000;
  process.stdout.write(
    `${UPLOADS} uploads, ${atOnce} at once, ${(sent / GIBIBYTE).toFixed(1)} GiB in ${seconds.toFixed(0)} s: ${(before.resident / MEBIBYTE).toFixed(0)} MiB before, ${(most / MEBIBYTE).toFixed(0)} MiB at most\n`,
  );
  expect(most - before.resident).toBeLessThan(ALLOWED);
  // And it is still there for others.
  expect(await client.call('RecordService/GetRecord', { name: record })).toMatchObject({ title: 'Large files' });
}, 7_200_000);
