import { Code, ConnectError } from '@connectrpc/connect';
import { compressionBrotli, compressionGzip } from '@connectrpc/connect-node';
import type { UniversalServerResponse } from '@connectrpc/connect/protocol';
import { codeFromString, codeToHttpStatus, errorToJsonBytes } from '@connectrpc/connect/protocol-connect';
import { findTrailerError, setTrailerStatus } from '@connectrpc/connect/protocol-grpc';
import { trailerFlag, trailerParse, trailerSerialize } from '@connectrpc/connect/protocol-grpc-web';
import { REASONS, Refusal } from '../../platform/errors.ts';
import type { Reason } from '../../platform/errors.ts';
import { toConnectError } from './errors.ts';
import type { Incoming } from './call.ts';

const SENTENCE = 300;
const ACCEPTED = 'application/json, application/proto, application/grpc, application/grpc-web';
/** Flags and length in front of each message of gRPC-web ("PROTOCOL-WEB", Message framing). */
const ENVELOPE = 5;
/** What the longest request becomes when an error repeats it, each sign as an escape of six. */
const LARGEST_ERROR = 8 * 1024 * 1024;

/**
 * A body that cannot be read fails before any of our code runs, so its error has a code and no reason. The reason, our
 * sentence and the request id are added here, where each protocol keeps its errors.
 */
export async function explainProtocolError(
  answer: UniversalServerResponse,
  call: Incoming,
): Promise<UniversalServerResponse> {
  const header = new Headers(answer.header);
  header.set('x-request-id', call.id);
  const type = header.get('content-type') ?? '';
  const { body } = answer;
  if (answer.status === 415) return unsupported(answer, header, call);
  if (call.answered || !body) return { ...answer, header };
  if (type.startsWith('application/grpc-web')) return { ...answer, header, body: explainLast(body, call) };
  if (type.startsWith('application/grpc'))
    return { ...answer, header, body: explainTrailer(body, answer.trailer, call) };
  if (answer.status === 200) return { ...answer, header };
  const error = explained(await readError(body, header), call);
  for (const name of ['content-length', 'content-encoding']) header.delete(name);
  error.metadata.forEach((value, name) => header.set(name, value));
  return { ...answer, status: codeToHttpStatus(error.code), header, body: once(errorToJsonBytes(error, undefined)) };
}

/** No protocol has this content type, so the answer is plain: a person may be trying with curl. */
function unsupported(answer: UniversalServerResponse, header: Headers, call: Incoming): UniversalServerResponse {
  const sentence = 'The content type must be application/json, or one of application/proto, grpc and grpc-web.';
  const error = toConnectError(new Refusal('request_malformed', { sentence }), call.id);
  header.set('accept-post', ACCEPTED);
  header.set('content-type', 'application/json');
  error.metadata.forEach((value, name) => header.set(name, value));
  return { ...answer, header, body: once(errorToJsonBytes(error, undefined)) };
}

/** gRPC: the status is in the trailers, which stand once the body has been read. */
async function* explainTrailer(
  body: AsyncIterable<Uint8Array>,
  trailer: Headers | undefined,
  call: Incoming,
): AsyncIterable<Uint8Array> {
  yield* body;
  const error = trailer && findTrailerError(trailer);
  if (trailer && error) setTrailerStatus(trailer, explained(error, call));
}

/** gRPC-web: the trailers are the last message of the body. */
async function* explainLast(body: AsyncIterable<Uint8Array>, call: Incoming): AsyncIterable<Uint8Array> {
  for await (const chunk of body) {
    const error = chunk[0] === trailerFlag ? findTrailerError(trailerParse(chunk.subarray(ENVELOPE))) : undefined;
    if (!error) {
      yield chunk;
      continue;
    }
    const trailer = trailerSerialize(setTrailerStatus(new Headers(), explained(error, call)));
    const envelope = Buffer.alloc(ENVELOPE);
    envelope.writeUInt8(trailerFlag);
    envelope.writeUInt32BE(trailer.byteLength, 1);
    yield Buffer.concat([envelope, trailer]);
  }
}

/** What a protocol said of a request it could not read, as an error of ours. */
function explained(error: ConnectError, call: Incoming): ConnectError {
  const said = error.rawMessage;
  const unknown = /key "(?<key>[^"]*)" is unknown|unknown field "(?<field>[^"]*)"/i.exec(said)?.groups;
  const reason: Reason =
    error.code === Code.ResourceExhausted
      ? 'request_too_large'
      : unknown
        ? 'unknown_field'
        : // Half a character of UTF-16, which no text of the contract can hold.
          said.includes('invalid UTF8')
          ? 'text_invalid'
          : 'request_malformed';
  const field = unknown?.['key'] ?? unknown?.['field'] ?? /\bfield (?<name>[\w.]+)/.exec(said)?.groups?.['name'];
  const refusal = new Refusal(reason, {
    field: (field?.split('.').at(-1) ?? '').slice(0, SENTENCE / 2),
    sentence:
      `${REASONS.get(reason)?.[1] ?? ''} ${said.length > SENTENCE ? `${said.slice(0, SENTENCE)}…` : said}`.toWellFormed(),
  });
  const ours = toConnectError(refusal, call.id);
  // A compression that we do not know has a code of its own in all three protocols.
  if (error.code !== Code.Unimplemented) return ours;
  return Object.assign(new ConnectError(ours.rawMessage, error.code, ours.metadata), { details: ours.details });
}

async function readError(body: AsyncIterable<Uint8Array>, header: Headers): Promise<ConnectError> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  const packed = Buffer.concat(pieces);
  const compression = [compressionGzip, compressionBrotli].find(({ name }) => name === header.get('content-encoding'));
  const bytes = compression ? await compression.decompress(packed, LARGEST_ERROR) : packed;
  const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8') || '{}');
  const text = (key: string): string =>
    typeof parsed === 'object' && parsed !== null && key in parsed ? String(Reflect.get(parsed, key)) : '';
  return new ConnectError(text('message'), codeFromString(text('code')) ?? Code.InvalidArgument);
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
