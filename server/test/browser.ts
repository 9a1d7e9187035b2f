import type { DescService } from '@bufbuild/protobuf';
import { createClient } from '@connectrpc/connect';
import type { Client, Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import type { Caller, TestServer } from './harness.ts';

/** A browser as the server sees one: it keeps the cookies it is given, and sends them back. */
export class Browser implements Caller {
  readonly #url: string;
  readonly #own: Record<string, string>;
  readonly #localAddress: string;
  readonly #cookies = new Map<string, string>();
  /** Every `Set-Cookie` that came, as it came. */
  readonly setCookies: string[] = [];

  /** `localAddress` is the loopback address it calls from: another one is another network. */
  constructor(server: Pick<TestServer, 'url'>, own: Record<string, string> = {}, localAddress = '127.0.0.1') {
    this.#url = server.url;
    this.#own = own;
    this.#localAddress = localAddress;
  }

  get headers(): Record<string, string> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return cookie === '' ? this.#own : { ...this.#own, cookie };
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  client<S extends DescService>(service: S): Client<S> {
    return createClient(
      service,
      createConnectTransport({
        baseUrl: this.#url,
        httpVersion: '1.1',
        nodeOptions: { localAddress: this.#localAddress },
        interceptors: [this.#keep],
      }),
    );
  }

  readonly #keep: Interceptor = (next) => async (request) => {
    for (const [name, value] of Object.entries(this.headers)) request.header.set(name, value);
    const answer = await next(request);
    for (const set of answer.header.getSetCookie()) {
      this.setCookies.push(set);
      const [name = '', value = ''] = (set.split(';', 1)[0] ?? '').split('=');
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  };
}
