import { create, toBinary } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import type { Interceptor, Transport } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { createGrpcWebTransport as createBrowserTransport } from '@connectrpc/connect-web';
import { ErrorDetailSchema } from '@muster/api/error';
import type { ErrorDetail } from '@muster/api/error';
import { GetRecordRequestSchema, RecordService } from '@muster/api/record';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nobody, startServer } from '../../../test/harness.ts';
import type { Caller, TestServer } from '../../../test/harness.ts';
import { methodsOfContract } from '../../../test/contract.ts';
import { METHODS } from '../../../test/methods.ts';
import { makeTenant, nothing } from '../../../test/tenant.ts';
import type { Tenant } from '../../../test/tenant.ts';
import { newId } from '../../platform/ids.ts';

let server: TestServer;
let home: Tenant;

type Options = { baseUrl: string; interceptors: Interceptor[] };

/** Every way to speak to the server that our clients and other people's have. */
const PROTOCOLS: [string, (options: Options) => Transport][] = [
  ['Connect JSON over HTTP/1.1', (o) => createConnectTransport({ ...o, httpVersion: '1.1', useBinaryFormat: false })],
  ['Connect JSON over HTTP/2', (o) => createConnectTransport({ ...o, httpVersion: '2', useBinaryFormat: false })],
  ['Connect binary over HTTP/1.1', (o) => createConnectTransport({ ...o, httpVersion: '1.1', useBinaryFormat: true })],
  ['Connect binary over HTTP/2', (o) => createConnectTransport({ ...o, httpVersion: '2', useBinaryFormat: true })],
  ['Connect GET', (o) => createConnectTransport({ ...o, httpVersion: '1.1', useHttpGet: true })],
  ['gRPC over h2c', (o) => createGrpcTransport(o)],
  ['gRPC with JSON', (o) => createGrpcTransport({ ...o, useBinaryFormat: false })],
  ['gRPC-web over HTTP/1.1', (o) => createGrpcWebTransport({ ...o, httpVersion: '1.1' })],
  ['gRPC-web over HTTP/2', (o) => createGrpcWebTransport({ ...o, httpVersion: '2' })],
  ['gRPC-web of browsers', (o) => createBrowserTransport(o)],
];

const clientOf = (make: (options: Options) => Transport, caller: Caller) => {
  const headers: Interceptor = (next) => (request) => {
    for (const [name, value] of Object.entries(caller.headers)) request.header.set(name, value);
    return next(request);
  };
  return createClient(RecordService, make({ baseUrl: server.url, interceptors: [headers] }));
};

async function errorOf(call: Promise<unknown>): Promise<{ code: Code; error: ConnectError; detail: ErrorDetail }> {
  const error = ConnectError.from(
    await call.then(
      () => new Error('it was not refused'),
      (failed: unknown) => failed,
    ),
  );
  const [detail] = error.findDetails(ErrorDetailSchema);
  if (!detail) throw error;
  return { code: error.code, error, detail };
}

beforeAll(async () => {
  server = await startServer();
  home = await makeTenant(server, 'admin@acme.example');
});
afterAll(() => server[Symbol.asyncDispose]());

describe.each(PROTOCOLS)('%s', (title, make) => {
  test('reads and writes', async () => {
    const client = clientOf(make, home.admin);
    const made = await client.createRecord({ parent: home.project.name, title, requestId: newId() });
    expect(await client.getRecord({ name: made.name })).toEqual(made);
    expect(made.createTime?.seconds).toBeGreaterThan(1_700_000_000n);
  });

  test('says what is wrong with a request: code, reason, field, sentence, request id', async () => {
    const { code, error, detail } = await errorOf(
      clientOf(make, home.admin).createRecord({ parent: home.project.name, title: '', requestId: newId() }),
    );
    expect(code).toBe(Code.InvalidArgument);
    expect(detail).toMatchObject({ reason: 'field_invalid', field: 'title', missing: '' });
    expect(detail.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(error.rawMessage).toContain('title');
    expect(error.metadata.get('x-request-id')).toBe(detail.requestId);
    expect(error.metadata.get('muster-reason')).toBe('field_invalid');
  });

  test('says the same of a thing that is not there, of nobody, and of a token that is none', async () => {
    const name = `projects/${nothing().project}/records/${newId()}`;
    const said = async (caller: Caller) => {
      const { code, detail } = await errorOf(clientOf(make, caller).getRecord({ name }));
      return [code, detail.reason, detail.requestId.length];
    };
    expect(await said(home.admin)).toEqual([Code.NotFound, 'not_found', 36]);
    expect(await said(nobody)).toEqual([Code.Unauthenticated, 'login_required', 36]);
    expect(await said({ headers: { authorization: 'Bearer none' } })).toEqual([
      Code.Unauthenticated,
      'token_unknown',
      36,
    ]);
  });

  test('refuses a request that is too large, with a reason', async () => {
    const { code, detail } = await errorOf(
      clientOf(title === 'Connect GET' ? (PROTOCOLS[2]?.[1] ?? make) : make, home.admin).createRecord({
        parent: home.project.name,
        title: 'x'.repeat(2 * 1024 * 1024),
      }),
    );
    expect([code, detail.reason]).toEqual([Code.ResourceExhausted, 'request_too_large']);
    expect(detail.requestId).toHaveLength(36);
  });
});

describe('a body that cannot be read', () => {
  const envelope = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => {
    const framed = new Uint8Array(bytes.byteLength + 5);
    new DataView(framed.buffer).setUint32(1, bytes.byteLength);
    framed.set(bytes, 5);
    return framed;
  };
  const post = (type: string, body: BodyOf, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.url}/muster.v1.RecordService/GetRecord`, {
      method: 'POST',
      headers: { 'content-type': type, ...home.admin.headers, ...headers },
      body,
    });
  type BodyOf = string | Uint8Array<ArrayBuffer>;
  // Field 1 says that three bytes follow, and one does.
  const CUT = new Uint8Array([0x0a, 0x03, 0x61]);
  const unknownField = (): Uint8Array<ArrayBuffer> => {
    const known = toBinary(GetRecordRequestSchema, create(GetRecordRequestSchema, { name: 'projects/p/records/r' }));
    return new Uint8Array([...known, 0x9a, 0x06, 0x01, 0x61]);
  };

  test.each([
    ['JSON that ends too early', 'application/json', '{"name":', 400, 'request_malformed'],
    ['JSON of the wrong type', 'application/json', '{"name":5}', 400, 'request_malformed'],
    ['JSON with a field that is none', 'application/json', '{"owner":"x"}', 400, 'unknown_field'],
    [
      'JSON in a wrong encoding',
      'application/json',
      new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
      400,
      'request_malformed',
    ],
    ['protobuf that ends too early', 'application/proto', CUT, 400, 'request_malformed'],
    ['protobuf with a field that is none', 'application/proto', unknownField(), 400, 'unknown_field'],
  ] as const)('%s', async (_title, type, body, status, reason) => {
    const response = await post(type, body);
    expect([response.status, response.headers.get('muster-reason')]).toEqual([status, reason]);
    const error: unknown = await response.json();
    expect(error).toMatchObject({
      code: 'invalid_argument',
      details: [{ type: 'muster.v1.ErrorDetail', debug: { reason, requestId: response.headers.get('x-request-id') } }],
    });
  });

  test('a title whose bytes are no UTF-8 is refused, not mended, in every way that plain JSON can come', async () => {
    const create = `${server.url}/muster.v1.RecordService/CreateRecord`;
    const headers = { 'content-type': 'application/json', ...home.admin.headers };
    const inPieces = (...pieces: Uint8Array[]): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start: (controller) => {
          for (const piece of pieces) controller.enqueue(piece);
          controller.close();
        },
      });
    const text = JSON.stringify({ parent: home.project.name, title: 'a-b' });
    const bytes = Uint8Array.from(Buffer.from(text));
    bytes[text.indexOf('a-b') + 1] = 0xff;
    const whole = await fetch(create, { method: 'POST', headers, body: bytes });
    const chunked = await fetch(create, { method: 'POST', headers, body: inPieces(bytes), duplex: 'half' });
    for (const { status, headers: said } of [whole, chunked])
      expect([status, said.get('muster-reason')]).toEqual([400, 'request_malformed']);
    // A character that two pieces share is whole again.
    const good = Uint8Array.from(Buffer.from(JSON.stringify({ parent: home.project.name, title: 'é' })));
    const cut = good.indexOf(0xc3) + 1;
    const body = inPieces(good.subarray(0, cut), good.subarray(cut));
    const made = await fetch(create, { method: 'POST', headers, body, duplex: 'half' });
    expect(await made.json()).toMatchObject({ title: 'é' });
  });

  test('a compression that is broken or unknown is refused with a reason, and is nobody’s fault here', async () => {
    const broken = await post('application/json', 'not gzip', { 'content-encoding': 'gzip' });
    expect([broken.status, broken.headers.get('muster-reason')]).toEqual([400, 'request_malformed']);
    const unknown = await post('application/json', '{}', { 'content-encoding': 'lzma' });
    expect([unknown.status, unknown.headers.get('muster-reason')]).toEqual([501, 'request_malformed']);
  });

  test('a name that is far too long to repeat is not repeated', async () => {
    const response = await post('application/json', JSON.stringify({ ['k'.repeat(500_000)]: 1 }));
    expect([response.status, response.headers.get('muster-reason')]).toEqual([400, 'unknown_field']);
    expect((await response.text()).length).toBeLessThan(3000);
  });

  test.each(['application/grpc-web+proto', 'application/grpc-web+json'])('in %s too', async (type) => {
    const body = await (await post(type, envelope(CUT))).text();
    expect(body).toMatch(/grpc-status: 3\r\n/);
    expect(body).toMatch(/muster-reason: request_malformed\r\n/);
    expect(body).toMatch(/grpc-status-details-bin: [A-Za-z0-9+/]{40,}/);
  });

  test('other content types are told which are right', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const response = await post(type, 'name=x');
      expect(response.status, type).toBe(415);
      expect(response.headers.get('accept-post'), type).toContain('application/json');
    }
  });
});

test('a method that does not exist is unimplemented in every protocol, and no page', async () => {
  for (const [method, type] of [
    ['GET', 'application/json'],
    ['POST', 'application/json'],
    ['POST', 'application/grpc-web'],
  ] as const) {
    const response = await fetch(`${server.url}/muster.v1.RecordService/LaunchRecord`, {
      method,
      headers: { 'content-type': type },
    });
    expect([response.status, await response.text()], method).toEqual([404, 'There is no such method.\n']);
  }
});

describe('GET', () => {
  test('reads with every method that the contract marks, and with no other', async () => {
    for (const [name, method] of await methodsOfContract()) {
      const message = JSON.stringify(METHODS[name]?.request(home.things));
      const query = new URLSearchParams({ connect: 'v1', encoding: 'json', message });
      const { status } = await fetch(`${server.url}/${name}?${query.toString()}`, { headers: home.admin.headers });
      // 1 is NO_SIDE_EFFECTS.
      expect(status, name).toBe(method.idempotency === 1 ? 200 : 405);
    }
  });
});
