import { sql } from 'kysely';
import type { Context } from '../context.ts';

/** What the database knows of the caller and of what they named; see migration 0006. Null where there is nothing. */
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

/** Reads the live state, and makes the organization the tenant of the connection (a read) or transaction (a write). */
export async function readFacts(ctx: Context, organization: string | null, project: string | null): Promise<Facts> {
  const { credential, writes } = ctx.request;
  const kind = credential.kind === 'system' ? 'none' : credential.kind;
  const hash = credential.kind === 'session' || credential.kind === 'token' ? credential.hash : null;
  const { rows } =
    await sql<Facts>`select * from access_facts(${kind}, ${hash}, ${organization}, ${project}, ${!writes})`.execute(
      ctx.db,
    );
  const [facts] = rows;
  if (!facts) throw new Error('access_facts answers one row');
  return facts;
}
