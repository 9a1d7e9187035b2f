import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server } from '@tus/server';
import { ERRORS } from '@tus/utils';
import { evenTime } from '../../platform/access/even-time.ts';
import type { Platform, RequestFacts } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { isAway } from '../../platform/run.ts';
import { Downloads } from './download.ts';
import { passBodyThrough } from './body.ts';
import { renderRefusal } from './render.ts';
import { TusStore, isTooMuch, tusCall } from './tus-store.ts';
import { UploadLocks } from './upload-locks.ts';

export interface Transfers {
  handles(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): Promise<void>;
}

/** How long the rest of a refused body is read, so that the answer is not lost with a connection cut off. */
const LINGER_MS = 5_000;

/** Bytes in, by the tus protocol 1.0 at `/uploads/`, and out at `/files/`. */
export function transfers(platform: Platform): Transfers {
  const tus = createTus(platform);
  const downloads = new Downloads(platform);
  return {
    handles: (path) => path === '/uploads' || path.startsWith('/uploads/') || path.startsWith('/files/'),
    handle: async (request, response, facts) => {
      const isUpload = facts.method.startsWith('/uploads');
      const began = performance.now();
      try {
        if (isUpload) return await tusCall.run({ facts, file: null }, () => tus.handle(request, response));
        if (request.method !== 'GET' && request.method !== 'HEAD')
          return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
        await downloads.send(request, response, facts);
      } catch (error) {
        const refusal = explain(platform, facts, error);
        if (response.headersSent) return void response.destroy();
        await evenTime(refusal, began);
        if (isUpload) response.setHeader('tus-resumable', '1.0.0');
        renderRefusal(response, refusal, facts.id);
        readOn(request);
      }
    },
  };
}

function createTus(platform: Platform): Server {
  const datastore = new TusStore(platform);
  return new Server({
    path: '/uploads',
    datastore,
    relativeLocation: true,
    locker: new UploadLocks(),
    allowedOrigins: [],
    namingFunction: (request, metadata) => datastore.begin(metadata ?? {}, request.headers.get('upload-length')),
    // Before the lock: who may not touch an upload must not disturb it either.
    onIncomingRequest: async (request, id) => {
      passBodyThrough(request);
      if (request.method !== 'POST') await datastore.check(id);
    },
    onUploadFinish: async () => {
      const file = tusCall.getStore()?.file;
      return file ? { headers: { 'muster-file': file.split('/').map(encodeURIComponent).join('/') } } : {};
    },
    onResponseError: (_request, error) => {
      const known = refusalOf(error);
      // Thrown, it is rendered like every refusal. What else the library refuses has its own status and sentence.
      if (known) throw known;
      return undefined;
    },
  });
}

/** The refusal that an error of the library, or of ours in it, stands for. */
function refusalOf(error: unknown): unknown {
  switch (error) {
    case ERRORS.INVALID_OFFSET:
      return new Refusal('offset_mismatch', { field: 'Upload-Offset' });
    case ERRORS.ERR_SIZE_EXCEEDED:
      return new Refusal('size_exceeds_declared');
    case ERRORS.FILE_NOT_FOUND:
    case ERRORS.FILE_NO_LONGER_EXISTS:
      return new Refusal('upload_expired');
    default:
  }
  if (isTooMuch(error)) return new Refusal('size_exceeds_declared');
  return error instanceof Error && !('status_code' in error) ? error : null;
}

function readOn(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  const cut = setTimeout(() => request.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(cut));
  request.on('error', () => {});
  // Who read it before has lost interest, and would only hold it back.
  for (const event of ['data', 'readable']) request.removeAllListeners(event);
  request.resume();
}

function explain(platform: Platform, facts: RequestFacts, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isAway(error)) return new Refusal('unavailable');
  platform.log.error({ requestId: facts.id, err: error }, 'a transfer failed');
  return new Refusal('internal');
}
