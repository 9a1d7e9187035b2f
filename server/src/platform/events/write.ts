import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { INSTANCE } from '../effects.ts';
import type { EventInput, LedgerInput } from '../effects.ts';
import { newId } from '../ids.ts';
import { chainHash, personDigest } from './chain.ts';
import type { ChainedEvent, Person } from './chain.ts';

/**
 * Writes the effects of a request in its transaction. It comes last: the lock on the end of the chain is held
 * until the commit, and everything else has been locked before it, so no two requests can wait for each other.
 */
export async function writeEffects(ctx: Context): Promise<void> {
  const { events, ledger, jobs } = ctx.effects;
  const chains = new Set(events.map((event) => chainOf(ctx, event)));
  if (ledger.length > 0) chains.add(entered(ctx));
  const tenant = ctx.organizationId;
  for (const organizationId of [...chains].toSorted()) {
    if (organizationId !== tenant) await enter(ctx, organizationId);
    await appendTo(
      ctx,
      organizationId,
      events.filter((event) => chainOf(ctx, event) === organizationId),
      organizationId === tenant ? ledger : [],
    );
    if (organizationId !== tenant) await enter(ctx, tenant ?? '');
  }
  for (const job of jobs) {
    await sql`select add_job(${job.task}, ${JSON.stringify(job.payload)}::json, ${job.key ?? null}, ${job.runAt ?? null}::timestamptz)`.execute(
      ctx.db,
    );
  }
}

const chainOf = (ctx: Context, event: EventInput): string => event.organizationId ?? ctx.organizationId ?? INSTANCE;

function entered(ctx: Context): string {
  if (!ctx.organizationId) throw new Error('a ledger row needs an organization');
  return ctx.organizationId;
}

const enter = (ctx: Context, organizationId: string): Promise<unknown> =>
  sql`select set_config('muster.organization_id', ${organizationId}, true)`.execute(ctx.db);

async function appendTo(
  ctx: Context,
  organizationId: string,
  events: readonly EventInput[],
  ledger: readonly LedgerInput[],
): Promise<void> {
  const head = await lockHead(ctx, organizationId);
  let { seq, hash } = head;
  const people = [];
  const rows = [];
  for (const input of events) {
    seq += 1n;
    const salt = randomBytes(16);
    const person = personOf(ctx, input);
    const row = chained(ctx, input, { organizationId, seq, digest: personDigest(salt, person) });
    const previous = hash;
    hash = chainHash(previous, row);
    rows.push({
      organization_id: organizationId,
      seq,
      id: row.id,
      at: row.at,
      actor_kind: row.actorKind,
      actor_id: row.actorId,
      person_digest: row.personDigest,
      via: row.via,
      category: row.category,
      event: row.event,
      outcome: row.outcome,
      reason: row.reason,
      target: row.target,
      target_name: row.targetName,
      project_id: row.projectId,
      project_name: row.projectName,
      changes: JSON.stringify(row.changes),
      request_id: row.requestId,
      prev_hash: previous,
      hash,
    });
    people.push({
      organization_id: organizationId,
      seq,
      salt,
      name: person.name,
      email: person.email,
      network_address: person.networkAddress,
      client: person.client,
    });
  }
  if (rows.length > 0) {
    await ctx.db.insertInto('events').values(rows).execute();
    await ctx.db.insertInto('event_people').values(people).execute();
  }
  const position = await appendLedger(ctx, organizationId, head.ledger_position, ledger);
  await ctx.db
    .updateTable('event_chains')
    .set({ seq, hash, ledger_position: position })
    .where('organization_id', '=', organizationId)
    .execute();
}

async function lockHead(
  ctx: Context,
  organizationId: string,
): Promise<{ seq: bigint; hash: Buffer; ledger_position: bigint }> {
  const read = () =>
    ctx.db
      .selectFrom('event_chains')
      .select(['seq', 'hash', 'ledger_position'])
      .where('organization_id', '=', organizationId)
      .forUpdate()
      .executeTakeFirst();
  const head = await read();
  if (head) return head;
  await ctx.db
    .insertInto('event_chains')
    .values({ organization_id: organizationId })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const made = await read();
  if (!made) throw new Error('the end of the chain is not visible');
  return made;
}

function personOf(ctx: Context, input: EventInput): Person {
  return {
    name: ctx.caller?.displayName ?? '',
    email: maskEmail(ctx.caller?.email ?? input.email ?? ''),
    networkAddress: ctx.request.networkAddress,
    client: ctx.request.client,
  };
}

/** `ada@acme.io` → `a…@acme.io`: enough to tell people apart, not enough to write to them. */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at > 0 ? `${email.slice(0, 1)}…${email.slice(at)}` : '';
}

function chained(
  ctx: Context,
  input: EventInput,
  at: { organizationId: string; seq: bigint; digest: Buffer },
): ChainedEvent {
  const { credential } = ctx.request;
  return {
    organizationId: at.organizationId,
    seq: at.seq,
    id: newId(),
    at: ctx.platform.clock.now(),
    actorKind: ctx.caller ? 'account' : credential.kind === 'system' ? 'system' : 'anonymous',
    actorId: ctx.caller?.accountId ?? null,
    personDigest: at.digest,
    via: ctx.caller?.via ?? (credential.kind === 'system' ? credential.via : 'none'),
    category: input.category,
    event: input.event,
    outcome: input.outcome ?? 'done',
    reason: input.reason ?? '',
    target: input.target ?? '',
    targetName: input.targetName ?? '',
    projectId: input.projectId ?? null,
    projectName: input.projectName ?? '',
    changes: input.changes ?? [],
    requestId: ctx.request.id,
  };
}

async function appendLedger(
  ctx: Context,
  organizationId: string,
  last: bigint,
  ledger: readonly LedgerInput[],
): Promise<bigint> {
  if (ledger.length === 0) return last;
  const at = ctx.platform.clock.now();
  const rows = ledger.map((row, index) => ({
    organization_id: organizationId,
    position: last + BigInt(index) + 1n,
    meter: row.meter,
    source: row.source,
    event_id: row.eventId,
    kind: row.kind,
    delta: row.delta,
    at,
    project_id: row.projectId,
    sha256: row.sha256,
    note: row.note ?? '',
  }));
  await ctx.db.insertInto('usage_ledger').values(rows).execute();
  for (const meter of new Set(ledger.map((row) => row.meter))) {
    const total = ledger.filter((row) => row.meter === meter).reduce((sum, row) => sum + row.delta, 0n);
    const raised = await ctx.db
      .updateTable('usage_totals')
      .set({ total: sql`total + ${total}` })
      .where('organization_id', '=', organizationId)
      .where('meter', '=', meter)
      .executeTakeFirst();
    // No race: the end of the chain is locked. A negative total is refused by the table.
    if (raised.numUpdatedRows === 0n)
      await ctx.db.insertInto('usage_totals').values({ organization_id: organizationId, meter, total }).execute();
  }
  return last + BigInt(rows.length);
}
