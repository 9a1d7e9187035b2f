import { fromBinary } from '@bufbuild/protobuf';
import { ErrorDetailSchema } from '@muster/api/error';
import type { ErrorDetail } from '@muster/api/error';
import type { Caller, TestServer } from './harness.ts';

/** What came back, to the byte. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty for an answer that is no error. */
  readonly code: string;
  readonly message: string;
  readonly detail: ErrorDetail | null;
}

/** One call in the JSON form of Connect, without a client between: what is sent is what is written here. */
export async function callRaw(
  server: Pick<TestServer, 'url'>,
  method: string,
  body: unknown,
  caller: Caller,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...caller.headers, ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  return readAnswer(response);
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const error = response.ok ? {} : parse(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    code: textOf(error, 'code'),
    message: textOf(error, 'message'),
    detail: detailOf(error),
  };
}

/** An answer as an outsider can compare it with another one: without what differs between any two requests. */
export function comparable(answer: Answer): unknown {
  const own = new Set(['date', 'x-request-id']);
  const id = answer.headers.get('x-request-id') ?? answer.detail?.requestId ?? '';
  return {
    status: answer.status,
    headers: [...answer.headers].filter(([name]) => !own.has(name)),
    // The detail stands in the body in base64 too: it is compared decoded.
    body: blank(answer.text.replaceAll(/"value":"[^"]*"/g, '"value":""'), id),
    detail: answer.detail && { ...answer.detail, requestId: '' },
  };
}

const blank = (text: string, id: string): string => (id === '' ? text : text.replaceAll(id, 'ID'));

function parse(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

const textOf = (from: object, key: string): string => {
  const value: unknown = Reflect.get(from, key);
  return typeof value === 'string' ? value : '';
};

function detailOf(error: object): ErrorDetail | null {
  const details: unknown = Reflect.get(error, 'details');
  const first: unknown = Array.isArray(details) ? details[0] : undefined;
  if (typeof first !== 'object' || first === null) return null;
  return fromBinary(ErrorDetailSchema, Buffer.from(textOf(first, 'value'), 'base64'));
}
