import { toJson, create } from '@bufbuild/protobuf';
import { toBinary } from '@bufbuild/protobuf';
import { ErrorDetailSchema } from '@muster/api/error';
import type { UniversalServerResponse } from '@connectrpc/connect/protocol';
import { REASONS } from '../../platform/errors.ts';

/**
 * A body that cannot be read fails before any of our code runs, so its error has a code and no reason. In the
 * protocol of Connect, where the error is the body, the reason and our sentence are added here.
 */
export async function explainProtocolError(
  answer: UniversalServerResponse,
  requestId: string,
): Promise<UniversalServerResponse> {
  const header = new Headers(answer.header);
  header.set('x-request-id', requestId);
  const said = header.has('muster-reason') || answer.status === 200;
  if (said || header.get('content-type') !== 'application/json' || !answer.body) return { ...answer, header };
  const error = await readError(answer.body);
  const reason =
    error.code === 'resource_exhausted'
      ? 'request_too_large'
      : /is unknown|unknown field/i.test(error.message)
        ? 'unknown_field'
        : 'request_malformed';
  const field = /key "(?<field>[^"]+)"|field (?<other>[\w.]+)/.exec(error.message)?.groups;
  const detail = create(ErrorDetailSchema, {
    reason,
    field: field?.['field'] ?? field?.['other']?.split('.').at(-1) ?? '',
    requestId,
  });
  const sentence = `${REASONS.get(reason)?.[1] ?? ''} ${error.message}`.trim();
  header.set('muster-reason', reason);
  header.delete('content-length');
  header.delete('content-encoding');
  const body = JSON.stringify({
    code: error.code,
    message: sentence,
    details: [
      {
        type: ErrorDetailSchema.typeName,
        value: Buffer.from(toBinary(ErrorDetailSchema, detail)).toString('base64').replace(/=+$/, ''),
        debug: toJson(ErrorDetailSchema, detail),
      },
    ],
  });
  return { ...answer, header, body: once(new TextEncoder().encode(body)) };
}

async function readError(body: AsyncIterable<Uint8Array>): Promise<{ code: string; message: string }> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  const parsed: unknown = JSON.parse(Buffer.concat(pieces).toString('utf8') || '{}');
  const text = (key: string): string =>
    typeof parsed === 'object' && parsed !== null && key in parsed ? String(Reflect.get(parsed, key)) : '';
  return { code: text('code') || 'invalid_argument', message: text('message') };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
