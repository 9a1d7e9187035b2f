import { CompiledQuery } from 'kysely';
import type { Context } from '../context.ts';

/** What the database knows of the caller and of what they named; see migration 0008. Null where there is nothing. */
export interface Facts {
  readonly credential_state: 'none' | 'valid' | 'unknown' | 'revoked' | 'expired';
  readonly credential_id: string | null;
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly account_email: string | null;
  readonly sign_in_time: Date | null;
  readonly token_prefix: string | null;
  readonly scopes: string[] | null;
  readonly project_ids: string[] | null;
  readonly organization_id: string | null;
  readonly organization_slug: string | null;
  readonly organization_name: string | null;
  readonly organization_state: 'active' | 'suspended' | 'trashed' | null;
  readonly membership_role: 'admin' | 'collaborator' | 'viewer' | 'external' | null;
  readonly membership_state: 'active' | 'suspended' | 'disabled' | 'left' | null;
  readonly duties: ('billing_viewer' | 'audit_viewer')[] | null;
  readonly project_id: string | null;
  readonly project_slug: string | null;
  readonly project_name: string | null;
  readonly visibility: 'private' | 'internal' | 'public' | null;
  readonly archived: boolean | null;
  readonly project_role: 'admin' | 'collaborator' | 'viewer' | 'annotator' | 'collector' | 'auditor' | null;
}

/**
 * What a verb reads in the same statement that tells whether it may: one trip to the database instead of two. It is
 * thrown away when the verb may not.
 */
export interface Along<T> {
  /** One row at most, found by `entry.organization_id`, `entry.project_id` and the values $1, $2 …; always the same text. */
  readonly sql: string;
  readonly values: readonly unknown[];
  /** Never there: it keeps the type of the row. */
  readonly row?: T;
}

/** Statements by what they read along. */
const statements = new Map<string, string>();

/** Reads the live state, and makes the organization the tenant of the connection (a read) or transaction (a write). */
export async function readFacts<T>(
  ctx: Context,
  organization: string | null,
  project: string | null,
  along: Along<T> | null,
): Promise<{ facts: Facts; found: T | null }> {
  const { credential, writes } = ctx.request;
  const kind = credential.kind === 'system' ? 'none' : credential.kind;
  const hash = credential.kind === 'session' || credential.kind === 'token' ? credential.hash : null;
  const values = [...(along?.values ?? []), kind, hash, organization, project, !writes];
  const query = CompiledQuery.raw(statementOf(along), values);
  const { rows } = await ctx.db.executeQuery<T & { facts: FactsJson; found: true | null }>(query);
  const [row] = rows;
  if (!row) throw new Error('entry answers one row');
  const { facts } = row;
  return {
    facts: { ...facts, sign_in_time: facts.sign_in_time === null ? null : new Date(facts.sign_in_time) },
    found: row.found ? row : null,
  };
}

type FactsJson = Omit<Facts, 'sign_in_time'> & { readonly sign_in_time: string | null };

function statementOf(along: Along<unknown> | null): string {
  const read = along?.sql ?? '';
  const known = statements.get(read);
  if (known !== undefined) return known;
  const first = along?.values.length ?? 0;
  const parameters = [1, 2, 3, 4, 5].map((index) => `$${first + index}`).join(', ');
  const entry = `from entry(${parameters})`;
  const text = along
    ? `select entry.facts, along.* ${entry} left join lateral (select true as found, one.* from (${read}) one) along on true`
    : `select facts, null as found ${entry}`;
  statements.set(read, text);
  return text;
}
