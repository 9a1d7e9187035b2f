import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from 'node:http2';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { Config } from './config.ts';

export type AnyRequest = IncomingMessage | Http2ServerRequest;
export type AnyResponse = ServerResponse | Http2ServerResponse;
/** Answers a request; the promise, if any, ends when nothing of it runs any more. */
export type Handler = (request: AnyRequest, response: AnyResponse) => void | Promise<void>;

/** The address cannot be listened on; the sentence says why. */
export class ListenError extends Error {}

export interface Listener {
  readonly port: number;
  /**
   * Takes no new connections and no new requests, lets every request that was accepted finish, and ends. What is not
   * done after `drainMs` is cut off.
   */
  stop(drainMs: number): Promise<void>;
}

/** How long requests whose connections were cut get to keep what had arrived. */
const SETTLE_MS = 3_000;
const IDLE_MS = 120_000;
const SNIFF_MS = 10_000;
/** Longer than the minute that proxies keep an idle connection, so that none of them sends into one just closed. */
const KEEP_ALIVE_MS = 75_000;

/**
 * One port for HTTP/1.1 and for HTTP/2 without TLS (h2c with prior knowledge, RFC 9113 section 3.3), which gRPC needs.
 * The first bytes of a connection tell which it is.
 */
export async function listen(address: Config['listen'], handler: Handler): Promise<Listener> {
  const open = new Set<Socket>();
  const busy = new Map<Socket, number>();
  const sessions = new Set<ServerHttp2Session>();
  const running = new Set<Promise<void>>();
  let stopping = false;

  const run = (request: AnyRequest, response: AnyResponse): void => {
    const done = Promise.resolve(handler(request, response)).finally(() => running.delete(done));
    running.add(done);
  };

  const settle = (socket: Socket): void => {
    const left = (busy.get(socket) ?? 1) - 1;
    if (left > 0) busy.set(socket, left);
    else busy.delete(socket);
    if (stopping && left <= 0) socket.end();
  };
  const http1 = createHttpServer({ requestTimeout: 0, headersTimeout: 60_000, noDelay: true }, (request, response) => {
    const { socket } = request;
    // It crossed with our goodbye: nobody would get the answer, so it must not be done either.
    if (socket.writableEnded) return void socket.destroy();
    busy.set(socket, (busy.get(socket) ?? 0) + 1);
    if (stopping) response.setHeader('connection', 'close');
    response.once('close', () => settle(socket));
    run(request, response);
  });
  http1.timeout = IDLE_MS;
  http1.keepAliveTimeout = KEEP_ALIVE_MS;
  const http2 = createHttp2Server({}, run);
  http2.setTimeout(IDLE_MS);
  http2.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });

  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // A connection that breaks is the client's business; what it had begun notices by itself.
    socket.on('error', () => socket.destroy());
    sniff(socket, http1, http2);
  });
  await bind(server, address);
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : address.port,
    stop: async (drainMs) => {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const session of sessions) session.close();
      const inSession = new Set([...sessions].map((session) => session.socket));
      for (const socket of open) if (!busy.has(socket) && !inSession.has(socket)) socket.end();
      const cut = setTimeout(() => open.forEach((socket) => socket.destroy()), drainMs);
      await closed;
      clearTimeout(cut);
      await Promise.race([
        Promise.allSettled(running),
        new Promise((resolve) => setTimeout(resolve, SETTLE_MS).unref()),
      ]);
    },
  };
}

function sniff(socket: Socket, http1: HttpServer, http2: ReturnType<typeof createHttp2Server>): void {
  socket.setTimeout(SNIFF_MS, () => socket.destroy());
  socket.once('data', (bytes: Buffer) => {
    socket.pause();
    socket.setTimeout(0);
    socket.removeAllListeners('timeout');
    socket.unshift(bytes);
    // The connection preface begins "PRI * HTTP/2.0"; no HTTP/1.1 request does.
    (bytes.subarray(0, 4).toString('latin1') === 'PRI ' ? http2 : http1).emit('connection', socket);
    process.nextTick(() => socket.resume());
  });
}

function bind(server: ReturnType<typeof createServer>, address: Config['listen']): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${address.host}:${address.port}`;
      if (error.code === 'EADDRINUSE')
        reject(
          new ListenError(
            `Port ${address.port} on ${address.host} is taken by another program: stop it, or choose another address with MUSTER_LISTEN.`,
          ),
        );
      else
        reject(
          new ListenError(
            `Muster cannot listen on ${where} (${error.code ?? error.message}): choose another address with MUSTER_LISTEN.`,
          ),
        );
    });
    server.listen(address.port, address.host, () => resolve());
  });
}
