import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sql } from 'kysely';
import { requestFacts } from './doors/rpc/facts.ts';
import type { Site } from './doors/rpc/facts.ts';
import { createRpcDoor } from './doors/rpc/index.ts';
import { proxyList } from './doors/rpc/network-address.ts';
import { transfers } from './doors/transfers/index.ts';
import { renderRefusal } from './doors/transfers/render.ts';
import { createWebDoor } from './doors/web/index.ts';
import type { InstanceFacts } from './doors/web/index.ts';
import type { AnyRequest, AnyResponse, Handler } from './listener.ts';
import type { Metrics } from './metrics.ts';
import type { Platform, RequestFacts } from './platform/context.ts';
import { Refusal } from './platform/errors.ts';
import { requestLog } from './platform/log.ts';

export interface Http {
  readonly platform: Platform;
  readonly metrics: Metrics;
  readonly instance: InstanceFacts;
  readonly publicUrl: URL | null;
  /** Networks of the proxies in front. */
  readonly trustedProxies: readonly string[];
  /** False from the moment the server is told to stop. */
  isReady(): boolean;
}

/** Sends each request to its door: by path, in the order below. */
export function createHttp(http: Http): Handler {
  const site: Site = {
    secure: http.publicUrl?.protocol === 'https:',
    publicOrigin: http.publicUrl?.origin ?? null,
    trustedProxies: proxyList(http.trustedProxies),
  };
  const rpc = createRpcDoor(http.platform, site.secure);
  const transfer = transfers(http.platform);
  const web = createWebDoor(http.instance);
  const log = requestLog(http.platform.log);

  return (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const began = performance.now();
    const isRpc = rpc.handles(path);
    const isTransfer = !isRpc && transfer.handles(path);
    if (!isRpc && !isTransfer) return void plain(http, web, path, request, response);

    const label = isRpc ? path.slice(1) : path.startsWith('/uploads') ? 'uploads' : 'files';
    const id = randomUUID();
    const facts = factsOrRefusal(request, id, site);
    const done = (): void => {
      const seconds = (performance.now() - began) / 1000;
      const status = String(response.statusCode);
      http.metrics.observe(label, status, seconds);
      log.info(
        {
          requestId: id,
          method: request.method,
          path: isRpc ? path : label,
          status,
          seconds: Number(seconds.toFixed(4)),
          address: facts instanceof Refusal ? request.socket?.remoteAddress : facts.networkAddress,
        },
        'request',
      );
    };
    response.once('close', done);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('x-request-id', id);
    return (async () => {
      try {
        if (isRpc) await rpc.handle(request, response, { id, path, facts });
        else if (facts instanceof Refusal) throw facts;
        else await transfer.handle(asHttp1(request), asHttp1Response(response), facts);
      } catch (error) {
        fail(http, response, error, id);
      }
    })();
  };
}

/** Health, metrics and the console: nothing that needs to know who asks. */
async function plain(
  http: Http,
  web: ReturnType<typeof createWebDoor>,
  path: string,
  request: AnyRequest,
  response: AnyResponse,
): Promise<void> {
  const text = (status: number, body: string, type = 'text/plain; charset=utf-8'): void => {
    response.statusCode = status;
    response.setHeader('content-type', type);
    response.end(body);
  };
  if (path === '/healthz') return text(200, 'ok\n');
  if (path === '/readyz') return (await isReady(http)) ? text(200, 'ready\n') : text(503, 'not ready\n');
  if (path === '/metrics') return text(200, await http.metrics.registry.metrics(), http.metrics.registry.contentType);
  // The console answers every address with its page, but a method that does not exist is no page of it.
  if (path.startsWith('/muster.')) return text(404, 'There is no such method.\n');
  web(asHttp1(request), asHttp1Response(response));
}

async function isReady(http: Http): Promise<boolean> {
  if (!http.isReady()) return false;
  try {
    await sql`select 1`.execute(http.platform.db);
    return true;
  } catch {
    return false;
  }
}

function factsOrRefusal(request: AnyRequest, id: string, site: Site): RequestFacts | Refusal {
  try {
    return requestFacts(request, id, site);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** A request that a door could not answer in its own protocol. */
function fail(http: Http, response: AnyResponse, error: unknown, id: string): void {
  const refusal = error instanceof Refusal ? error : new Refusal('internal');
  if (refusal.reason === 'internal') http.platform.log.error({ requestId: id, err: error }, 'a request failed');
  if (response.headersSent) return void response.destroy();
  renderRefusal(asHttp1Response(response), refusal, id);
}

// The compatibility API of node:http2 answers the same calls as node:http (Node 24 manual, "Compatibility API").
const asHttp1 = (request: AnyRequest): IncomingMessage => request as IncomingMessage;
const asHttp1Response = (response: AnyResponse): ServerResponse => response as ServerResponse;
