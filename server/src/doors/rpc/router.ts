import type { DescService } from '@bufbuild/protobuf';
import { createConnectRouter, createContextKey, createContextValues } from '@connectrpc/connect';
import type { ConnectRouter, HandlerContext, ServiceImpl } from '@connectrpc/connect';
import {
  compressionBrotli,
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from '@connectrpc/connect-node';
import type { UniversalHandler } from '@connectrpc/connect/protocol';
import type { RequestFacts } from '../../platform/context.ts';
import type { Refusal } from '../../platform/errors.ts';
import type { ServiceOf } from '../../platform/wire/service.ts';
import { explainProtocolError } from './protocol-errors.ts';

/** A call on its way in. */
export interface Incoming {
  readonly id: string;
  readonly path: string;
  /** What it says of itself; or why nobody has to look at what it wants. */
  readonly facts: RequestFacts | Refusal;
  /** Whether it could be read and got to its method. */
  answered: boolean;
}

export const INCOMING = createContextKey<Incoming | null>(null);
const REQUEST_BYTES = 1024 * 1024;

/** Answers one call of a method; see call.ts. */
export type Answer = (
  method: DescService['methods'][number],
  implementation: ServiceOf<DescService>[string],
  request: never,
  context: HandlerContext,
) => Promise<object>;

type NodeRequest = Parameters<typeof universalRequestFromNodeRequest>[0];
type NodeResponse = Parameters<typeof universalResponseToNodeResponse>[1];

export interface RpcRouter {
  handles(path: string): boolean;
  handle(request: NodeRequest, response: NodeResponse, call: Omit<Incoming, 'answered'>): Promise<void>;
}

/** Routes calls of Connect, gRPC and gRPC-web to the services. */
export function createRpcRouter(register: (router: ConnectRouter) => void): RpcRouter {
  const router = createConnectRouter({
    readMaxBytes: REQUEST_BYTES,
    jsonOptions: { ignoreUnknownFields: false },
    acceptCompression: [compressionGzip, compressionBrotli],
  });
  register(router);
  const handlers = new Map<string, UniversalHandler>(router.handlers.map((handler) => [handler.requestPath, handler]));
  return {
    handles: (path) => handlers.has(path),
    handle: async (request, response, said) => {
      const handler = handlers.get(said.path);
      if (!handler) throw new Error('no such method');
      const call: Incoming = { ...said, answered: false };
      const values = createContextValues().set(INCOMING, call);
      const answer = await handler(universalRequestFromNodeRequest(request, response, undefined, values));
      // What is left of a body that was not read to its end would be taken for the next request.
      if (!request.complete && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
      await universalResponseToNodeResponse(await explainProtocolError(answer, call), response);
    },
  };
}

/** One service of the contract: each method goes through `answer`. */
export function registerService<S extends DescService>(
  router: ConnectRouter,
  service: S,
  implementation: ServiceOf<S>,
  answer: Answer,
): void {
  const methods = Object.fromEntries(
    service.methods.map((method) => {
      // The two sides are typed by the same contract; only the loop over its methods loses that.
      const implement = implementation[
        method.localName as keyof typeof implementation
      ] as unknown as ServiceOf<DescService>[string];
      return [
        method.localName,
        (request: never, context: HandlerContext) => answer(method, implement, request, context),
      ];
    }),
  );
  router.service(service, methods as unknown as ServiceImpl<S>);
}
