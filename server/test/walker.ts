import { expect } from 'vitest';
import { idOf } from './harness.ts';
import type { Caller, Person, TestServer } from './harness.ts';
import { METHODS } from './methods.ts';
import type { MethodCase } from './methods.ts';
import { callRaw } from './raw-call.ts';
import type { Answer } from './raw-call.ts';
import { digestOfRows } from './rows.ts';
import { makeRecord } from './tenant.ts';
import type { Tenant, Things } from './tenant.ts';

export const ALLOWED = 'allowed';

/** An answer in one line: `permission_denied not_permitted records.create`. */
export const said = ({ code, detail, status }: Answer): string =>
  status === 200 ? ALLOWED : [code, detail?.reason, detail?.missing].filter(Boolean).join(' ');

type Methods = readonly (readonly [name: string, method: MethodCase])[];

/** Tries the walls of one organization. */
export class Walker {
  readonly #server: TestServer;
  readonly #home: Tenant;
  readonly #people = new Map<string, Person>();

  constructor(server: TestServer, home: Tenant) {
    this.#server = server;
    this.#home = home;
  }

  /** A person of the organization, known by what they are there. */
  async person(kind: string, role: 'admin' | 'collaborator' | 'viewer' | 'external'): Promise<Person> {
    const known = this.#people.get(kind);
    if (known) return known;
    const made = await this.#server.signIn(`${kind.replaceAll(/[ _]/g, '-')}@acme.example`);
    await this.#server.addMember(this.#home.organization, made, role);
    this.#people.set(kind, made);
    return made;
  }

  /** Calls methods one after the other; answers those that did not say what they should, and proves that no row changed. */
  async refused(
    methods: Methods,
    caller: Caller,
    expected: string | ((method: MethodCase) => string),
  ): Promise<string[]> {
    const before = await digestOfRows(this.#server);
    const wrong: string[] = [];
    for (const [name, method] of methods) {
      const answer = await callRaw(this.#server, name, method.request(this.#home.things), caller);
      const wanted = typeof expected === 'string' ? expected : expected(method);
      if (said(answer) !== wanted) wrong.push(`${name}: ${said(answer)} instead of ${wanted}`);
    }
    expect(await digestOfRows(this.#server)).toEqual(before);
    return wrong;
  }

  /** Calls methods that must succeed, each on a record of its own; answers those that did not. */
  async allowed(methods: Methods, caller: Caller, own: Partial<Things> = {}): Promise<string[]> {
    const wrong: string[] = [];
    for (const [name, method] of methods) {
      const fresh = method.writes && method.names === 'project' ? await makeRecord(this.#server, this.#home) : {};
      const things = { ...this.#home.things, ...fresh, ...own };
      const first = METHODS[method.after ?? ''];
      if (first && method.after) await callRaw(this.#server, method.after, first.request(things), this.#home.admin);
      const answer = await callRaw(this.#server, name, method.request(things), caller);
      if (said(answer) !== ALLOWED) wrong.push(`${name}: ${said(answer)} ${answer.message}`);
    }
    return wrong;
  }

  /** How many events of an outcome the organization has. */
  async events(outcome = '%'): Promise<number> {
    const { rows } = await this.#server.owner.query<{ count: string }>(
      'select count(*)::text as count from muster.events where organization_id = $1 and outcome like $2',
      [idOf(this.#home.organization.name), outcome],
    );
    return Number(rows[0]?.count);
  }
}
