import { Code, ConnectError } from '@connectrpc/connect';
import type { UniversalServerRequest } from '@connectrpc/connect/protocol';

/**
 * Lets a body of plain JSON fail at its first byte that is no UTF-8 (RFC 8259 section 8.1). The library would put a
 * replacement character for it, and what is stored would not be what was sent.
 */
export function requireUtf8(request: UniversalServerRequest): UniversalServerRequest {
  const { header, body } = request;
  const isPlain = /^application\/json\b/.test(header.get('content-type') ?? '') && !header.has('content-encoding');
  return isPlain && isBytes(body) ? { ...request, body: inUtf8(body) } : request;
}

const isBytes = (body: UniversalServerRequest['body']): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

async function* inUtf8(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of body) {
    check(() => decoder.decode(bytes, { stream: true }));
    yield bytes;
  }
  check(() => decoder.decode());
}

function check(decode: () => string): void {
  try {
    decode();
  } catch {
    throw new ConnectError('The body is not UTF-8.', Code.InvalidArgument);
  }
}
