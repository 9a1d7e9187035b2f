import { sql } from 'kysely';
import type { Context, Platform, RequestFacts } from './context.ts';
import { Effects } from './effects.ts';
import { Refusal } from './errors.ts';
import { triedEvent } from './events/tried.ts';
import { writeEffects } from './events/write.ts';
import type { Database } from './db/pools.ts';

/** Classes of SQLSTATE that mean the database is away or stopping: PostgreSQL 18 manual, appendix A. */
const AWAY = /^(08|57P|53)/;

function contextOn(platform: Platform, db: Database, request: RequestFacts): Context {
  return { platform, db, request, effects: new Effects(), cookies: [], caller: null, organizationId: null };
}

/**
 * Runs one request. A write is one transaction, and its effects are part of it; a read has a connection of its own
 * with the tenant set for it. Throws Refusal, also for a database that is away.
 */
export async function runRequest<T>(
  platform: Platform,
  request: RequestFacts,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  let tried: Context | null = null;
  try {
    if (!request.writes)
      return await platform.db.connection().execute((db) => {
        tried = contextOn(platform, db, request);
        return runRead(tried, work);
      });
    return await platform.db.transaction().execute(async (db) => {
      const ctx = contextOn(platform, db, request);
      tried = ctx;
      const result = await work(ctx);
      await writeEffects(ctx);
      return result;
    });
  } catch (error) {
    if (error instanceof Refusal) {
      if (tried) await recordRefusal(tried, error);
      throw error;
    }
    throw isAway(error) ? new Refusal('unavailable') : error;
  }
}

/** A read may have effects too: a download is an event. They are one small transaction at its end. */
async function runRead<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  const result = await work(ctx);
  if (ctx.effects.events.length > 0)
    await separately(ctx, (writing) => writing.effects.events.push(...ctx.effects.events));
  return result;
}

/** Runs part of a request in a transaction of its own, which stands even when the request itself is refused. */
export async function separately<T>(ctx: Context, work: (ctx: Context) => T | Promise<T>): Promise<T> {
  return ctx.platform.aside.transaction().execute(async (db) => {
    const writing: Context = { ...ctx, db, effects: new Effects() };
    await enterOrganization(writing, ctx.organizationId);
    const result = await work(writing);
    await writeEffects(writing);
    return result;
  });
}

/** A write that a known person was not allowed is an event of its own, and so is a look into the audit log. */
async function recordRefusal(ctx: Context, refusal: Refusal): Promise<void> {
  if (!ctx.caller || !ctx.organizationId || refusal.code !== 'permission_denied') return;
  if (!ctx.request.writes && !refusal.detail.missing?.startsWith('audit.')) return;
  await separately(ctx, (writing) =>
    writing.effects.emit({
      ...triedEvent(ctx.request.method),
      outcome: 'refused',
      reason: refusal.detail.missing ?? refusal.reason,
    }),
  );
}

/** Sets the tenant of a context that needs no permission: jobs, and effects after the fact. */
export async function enterOrganization(ctx: Context, organizationId: string | null): Promise<void> {
  ctx.organizationId = organizationId;
  await sql`select set_config('muster.organization_id', ${organizationId ?? ''}, true)`.execute(ctx.db);
}

/** Runs a job or an operator's command: one transaction, as the system, in one organization (null: in none). */
export async function runAsSystem<T>(
  platform: Platform,
  via: 'job' | 'console',
  name: string,
  organizationId: string | null,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const request: RequestFacts = {
    id: name,
    method: name,
    networkAddress: '',
    client: '',
    credential: { kind: 'system', via },
    organization: null,
    language: 'en',
    flowHash: null,
    writes: true,
  };
  return platform.db.transaction().execute(async (db) => {
    const ctx = contextOn(platform, db, request);
    await enterOrganization(ctx, organizationId);
    const result = await work(ctx);
    await writeEffects(ctx);
    return result;
  });
}

/** What node says of a connection that cannot be made or has broken. */
const BROKEN = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** What the driver says of connections of its own; these errors have no code. */
const GONE =
  /Connection terminated|connection error and is not queryable|Client was closed|timeout exceeded when trying to connect|Cannot use a pool after calling end/;

/** Whether an error means that the database is away, and not that a request was wrong. */
export function isAway(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isAway);
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return AWAY.test(error.code) || BROKEN.has(error.code);
  return GONE.test(error.message);
}
