import type { IncomingMessage, ServerResponse } from 'node:http';
import { MemoryLocker, Server } from '@tus/server';
import type { Platform, RequestFacts } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { isAway } from '../../platform/run.ts';
import { download } from './download.ts';
import { bodyOf, renderRefusal, statusOf } from './render.ts';
import { TusStore, tusCall } from './tus-store.ts';

export interface Transfers {
  handles(path: string): boolean;
  handle(request: IncomingMessage, response: ServerResponse, facts: RequestFacts): Promise<void>;
}

/** Bytes in, by the tus protocol 1.0 at `/uploads/`, and out at `/files/`. */
export function transfers(platform: Platform): Transfers {
  const tus = createTus(platform);
  return {
    handles: (path) => path === '/uploads' || path.startsWith('/uploads/') || path.startsWith('/files/'),
    handle: async (request, response, facts) => {
      if (facts.method.startsWith('/uploads'))
        return tusCall.run({ facts, file: null }, () => tus.handle(request, response));
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
      try {
        await download(platform, request, response, facts);
      } catch (error) {
        const refusal = explain(platform, facts, error);
        if (response.headersSent) response.destroy();
        else renderRefusal(response, refusal, facts.id);
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
    // Two requests of one upload take turns; that only one of them counts is the row lock's doing.
    locker: new MemoryLocker(),
    allowedOrigins: [],
    namingFunction: (request, metadata) => datastore.begin(metadata ?? {}, request.headers.get('upload-length')),
    onUploadFinish: async () => {
      const file = tusCall.getStore()?.file;
      return file ? { headers: { 'muster-file': file.split('/').map(encodeURIComponent).join('/') } } : {};
    },
    onResponseError: (_request, error) => {
      const facts = tusCall.getStore()?.facts;
      // What the library refuses has its own status and sentence.
      if (!(error instanceof Error) || 'status_code' in error || !facts) return undefined;
      const refusal = explain(platform, facts, error);
      return { status_code: statusOf(refusal), body: bodyOf(refusal, facts.id) };
    },
  });
}

function explain(platform: Platform, facts: RequestFacts, error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isAway(error)) return new Refusal('unavailable');
  platform.log.error({ requestId: facts.id, err: error }, 'a transfer failed');
  return new Refusal('internal');
}
