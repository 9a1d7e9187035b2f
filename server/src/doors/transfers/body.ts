import type { IncomingMessage } from 'node:http';
import { ReadableStream } from 'node:stream/web';

/**
 * Gives the tus library the body of a request piece by piece as it was received. The adapter that it uses copies each
 * piece, and a gigabyte of copies keeps the collector busier than everything else together.
 */
export function passBodyThrough(request: object): void {
  // What the library's adapter adds to a request of the web to say where it comes from.
  const { runtime } = request as { runtime?: { node?: { req: IncomingMessage } } };
  const source = runtime?.node?.req;
  if (!source) return;
  let body: ReadableStream | null = null;
  Object.defineProperty(request, 'body', {
    get: () => (body ??= ReadableStream.from(source.iterator({ destroyOnReturn: false }))),
  });
}
