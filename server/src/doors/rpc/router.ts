import type { ServerResponse } from 'node:http';
import type { DescMethod, DescMethodUnary, DescService } from '@bufbuild/protobuf';
import { createConnectRouter, createContextKey, createContextValues } from '@connectrpc/connect';
import {
  compressionBrotli,
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from '@connectrpc/connect-node';
import type { ServiceOf } from '../../platform/wire/implementation.ts';
import type { Answer, Incoming } from './call.ts';
import { answerDirectly, isDirect, readBody, readMessage } from './direct.ts';
import { explainProtocolError } from './protocol-errors.ts';
import { requireUtf8 } from './utf8.ts';

const INCOMING = createContextKey<Incoming | null>(null);
const REQUEST_BYTES = 1024 * 1024;

type NodeRequest = Parameters<typeof universalRequestFromNodeRequest>[0];
type NodeResponse = Parameters<typeof universalResponseToNodeResponse>[1];

export interface RpcRouter {
  handles(path: string): boolean;
  handle(request: NodeRequest, response: NodeResponse, call: Omit<Incoming, 'answered'>): Promise<void>;
}

/** Services by their methods: what to call, whichever way the request came. */
export interface Registered {
  readonly method: DescMethod;
  readonly implementation: ServiceOf<DescService>[string];
}

/** Routes calls of Connect, gRPC and gRPC-web to the methods. */
export function createRpcRouter(methods: readonly Registered[], answer: Answer): RpcRouter {
  const router = createConnectRouter({
    readMaxBytes: REQUEST_BYTES,
    jsonOptions: { ignoreUnknownFields: false },
    acceptCompression: [compressionGzip, compressionBrotli],
  });
  for (const { method, implementation } of methods) {
    router.rpc(method as DescMethodUnary, async (request, context) => {
      const call = context.values.get(INCOMING);
      if (!call) throw new Error('a call without its facts');
      const { message, headers } = await answer(method, implementation, request as never, call);
      for (const [name, value] of headers) context.responseHeader.append(name, value);
      return message;
    });
  }
  const byPath = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
  const registered = new Map(methods.map((one) => [`/${one.method.parent.typeName}/${one.method.name}`, one]));
  return {
    handles: (path) => byPath.has(path),
    handle: async (request, response, said) => {
      const [handler, one] = [byPath.get(said.path), registered.get(said.path)];
      if (!handler || !one) throw new Error('no such method');
      const call: Incoming = { ...said, answered: false };
      let body: Buffer | null = null;
      if (isDirect(request, REQUEST_BYTES)) {
        body = await readBody(request);
        const message = readMessage(one.method, body);
        // The answer to a request of HTTP/1.1 is of HTTP/1.1 too.
        if (message)
          return answerDirectly(
            one.method,
            () => answer(one.method, one.implementation, message as never, call),
            request,
            response as ServerResponse,
          );
      }
      const values = createContextValues().set(INCOMING, call);
      const universal = universalRequestFromNodeRequest(request, response, undefined, values);
      const answered = await handler(requireUtf8(body ? { ...universal, body: once(body) } : universal));
      // What is left of a body that was not read to its end would be taken for the next request.
      if (!request.complete && request.httpVersionMajor === 1) response.setHeader('connection', 'close');
      await universalResponseToNodeResponse(await explainProtocolError(answered, call), response);
    },
  };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

/** The methods of one service of the contract. */
export const methodsOf = <S extends DescService>(service: S, implementation: ServiceOf<S>): Registered[] =>
  service.methods.map((method) => ({
    method,
    // The two sides are typed by the same contract; only the loop over its methods loses that.
    implementation: implementation[
      method.localName as keyof typeof implementation
    ] as unknown as ServiceOf<DescService>[string],
  }));
