import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { create, fromJsonString, toJsonString } from '@bufbuild/protobuf';
import type { DescMethod, MessageShape } from '@bufbuild/protobuf';
import { Code, ConnectError } from '@connectrpc/connect';
import { compressionBrotli, compressionGzip } from '@connectrpc/connect-node';
import { codeToHttpStatus, errorToJsonBytes } from '@connectrpc/connect/protocol-connect';
import type { Answered } from './call.ts';

/** Smaller answers are not worth compressing: the library's own limit. */
const COMPRESS_FROM = 1024;
const JSON_TYPE = 'application/json';
/** What a request may say that changes how it is read: such a request goes the library's way. */
const SPECIAL = ['content-encoding', 'connect-timeout-ms', 'transfer-encoding', 'expect'];

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The commonest request is answered without the library: one message of JSON over HTTP/1.1 in the protocol of Connect
 * ("Unary-Request"), whose body is not compressed and of known, allowed length. It saves the streams, headers and abort
 * signals that the general way needs, half the work of a small read. Nothing else is different.
 */
export function isDirect(request: IncomingMessage | Http2ServerRequest, limit: number): request is IncomingMessage {
  const { headers } = request;
  return (
    request.httpVersionMajor === 1 &&
    request.method === 'POST' &&
    headers['content-type'] === JSON_TYPE &&
    Number(headers['content-length'] ?? Infinity) <= limit &&
    SPECIAL.every((name) => headers[name] === undefined)
  );
}

export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.once('end', () => resolve(pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces)));
    request.once('error', reject);
  });
}

/** The message in a body; null when it cannot be read, which the library then says in its words. */
export function readMessage(method: DescMethod, body: Buffer): MessageShape<DescMethod['input']> | null {
  try {
    return fromJsonString(method.input, decoder.decode(body), { ignoreUnknownFields: false });
  } catch {
    return null;
  }
}

/** Calls the method and writes what comes of it. */
export async function answerDirectly(
  method: DescMethod,
  invoke: () => Promise<Answered>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { message, headers } = await invoke();
    for (const [name, value] of headers) response.appendHeader(name, value);
    await write(request, response, 200, toJsonString(method.output, create(method.output, message)));
  } catch (error) {
    const said = error instanceof ConnectError ? error : new ConnectError('internal error', Code.Internal);
    said.metadata.forEach((value, name) => response.setHeader(name, value));
    await write(request, response, codeToHttpStatus(said.code), decoder.decode(errorToJsonBytes(said, undefined)));
  }
}

async function write(request: IncomingMessage, response: ServerResponse, status: number, text: string): Promise<void> {
  // A short text leaves in one piece with the headers; a long one is brought into bytes once.
  const body = text.length < COMPRESS_FROM ? text : Buffer.from(text);
  const compression = body.length < COMPRESS_FROM ? undefined : wanted(request.headers['accept-encoding']);
  const sent = compression ? await compression.compress(Buffer.from(body)) : body;
  if (compression) response.setHeader('content-encoding', compression.name);
  response.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(sent) });
  response.end(sent);
}

/** The first compression in the client's list that the server has, as the library chooses it. */
function wanted(accepted: IncomingMessage['headers']['accept-encoding']): typeof compressionGzip | undefined {
  const names = String(accepted ?? '').split(',');
  for (const name of names) {
    const found = [compressionGzip, compressionBrotli].find((compression) => compression.name === name.trim());
    if (found) return found;
  }
  return undefined;
}
