import type { Caller, Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Reason } from '../errors.ts';
import { isId } from '../ids.ts';
import { decide } from './decide.ts';
import { readFacts } from './facts.ts';
import type { Along, Facts } from './facts.ts';
import type { ProjectRole } from './grant.ts';
import type { Permission } from './permissions.ts';
import { questionOf } from './question.ts';

/** What a verb is about: an organization, or a project, by id or slug. */
interface Place {
  readonly organization?: string;
  readonly project?: string;
}

/** Where `authorize` let the caller in. */
export interface Entered {
  readonly organizationId: string;
  readonly organizationSlug: string;
  readonly facts: Facts;
}

export interface EnteredProject extends Entered {
  readonly projectId: string;
  readonly projectName: string;
  readonly projectRole: ProjectRole | null;
}

/** For what everybody may do, known or not: signing in. */
export const ANYONE = 'anyone';
/** For what every signed-in person may do about themselves. */
export const SIGNED_IN = 'signed in';
/** For what only the operator may do, at the console of the server's machine. */
export const OPERATOR = 'operator';
/** For work of the server itself. */
export const JOB = 'job';

/**
 * The first line of every verb: may the caller do this here? Sets `ctx.caller`, makes the organization the tenant of
 * `ctx.db`, and answers where the caller is now. Throws Refusal: without any role a thing answers `not_found`, exactly
 * like a thing that is not there; with too small a role `not_permitted` names the missing permission. What is read
 * `along` is in `found`, null when it is not in the project.
 */
export function authorize(
  ctx: Context,
  permission: Permission,
  place: { readonly project: string },
): Promise<EnteredProject>;
export function authorize<T>(
  ctx: Context,
  permission: Permission,
  place: { readonly project: string },
  along: Along<T> | null,
): Promise<EnteredProject & { readonly found: T | null }>;
export function authorize(
  ctx: Context,
  permission: Permission,
  place: { readonly organization: string },
): Promise<Entered>;
export function authorize(ctx: Context, permission: typeof ANYONE | typeof SIGNED_IN): Promise<Facts>;
export function authorize(ctx: Context, permission: typeof OPERATOR | typeof JOB): Promise<null>;
export async function authorize<T>(
  ctx: Context,
  permission: Permission | typeof ANYONE | typeof SIGNED_IN | typeof OPERATOR | typeof JOB,
  place: Place = {},
  along: Along<T> | null = null,
): Promise<Entered | EnteredProject | Facts | null> {
  if (permission === OPERATOR || permission === JOB) return requireSystem(ctx, permission);
  const organization = place.organization ?? ctx.request.organization;
  const { facts, found } = await readFacts(ctx, organization, place.project ?? null, along);
  if (permission === ANYONE) {
    ctx.caller = facts.credential_state === 'valid' ? callerOf(facts) : null;
    return facts;
  }
  ctx.caller = requireCaller(ctx, facts);
  if (permission === SIGNED_IN) return facts;
  requireNamedOrganization(ctx, facts, place);
  const entered = { ...enter(ctx, permission, facts, place), found };
  return entered;
}

function enter(ctx: Context, permission: Permission, facts: Facts, place: Place): Entered | EnteredProject {
  const { kind } = ctx.request.credential;
  const decision = decide(
    questionOf(kind === 'system' ? 'none' : kind, permission, facts, place.project !== undefined),
  );
  if (!decision.allowed) {
    // Members leave a trace of what was refused to them; to all others the organization does not exist.
    if (facts.membership_state === 'active') ctx.organizationId = facts.organization_id;
    throw new Refusal(
      decision.reason,
      decision.missing ? { missing: decision.missing, sentence: sentenceFor(decision.reason, decision.missing) } : {},
    );
  }
  if (!facts.organization_id || !facts.organization_slug) throw new Refusal('not_found');
  ctx.organizationId = facts.organization_id;
  const entered: Entered = { organizationId: facts.organization_id, organizationSlug: facts.organization_slug, facts };
  if (place.project === undefined) return entered;
  if (!facts.project_id || facts.project_name === null) throw new Refusal('not_found');
  return {
    ...entered,
    projectId: facts.project_id,
    projectName: facts.project_name,
    projectRole: decision.projectRole,
  };
}

function sentenceFor(reason: Reason, missing: Permission): string {
  if (reason === 'scope_missing') return `The scopes or the projects of this access token do not allow ${missing}.`;
  if (reason === 'session_required') return `An access token cannot do ${missing}. Sign in and do it in the console.`;
  return `Your role does not allow this: it needs ${missing}.`;
}

function requireSystem(ctx: Context, permission: typeof OPERATOR | typeof JOB): null {
  const { credential } = ctx.request;
  if (credential.kind !== 'system' || credential.via !== (permission === JOB ? 'job' : 'console'))
    throw new Refusal('not_found');
  return null;
}

/** A person of several organizations must say which one a project's slug is looked for in. */
function requireNamedOrganization(ctx: Context, facts: Facts, place: Place): void {
  const named = place.organization !== undefined || ctx.request.organization !== null;
  if (!named && !facts.organization_id && ctx.request.credential.kind === 'session' && !isId(place.project ?? ''))
    throw new Refusal('organization_required');
}

const ENDED: Record<'session' | 'token', Record<'unknown' | 'revoked' | 'expired', Reason>> = {
  session: { unknown: 'session_expired', revoked: 'session_revoked', expired: 'session_expired' },
  token: { unknown: 'token_unknown', revoked: 'token_revoked', expired: 'token_expired' },
};

function requireCaller(ctx: Context, facts: Facts): Caller {
  const { kind } = ctx.request.credential;
  const state = facts.credential_state;
  if (state === 'none' || kind === 'none' || kind === 'system') throw new Refusal('login_required');
  if (state !== 'valid') throw new Refusal(ENDED[kind][state]);
  const caller = callerOf(facts);
  if (!caller) throw new Refusal('login_required');
  return caller;
}

function callerOf(facts: Facts): Caller | null {
  if (!facts.account_id || !facts.credential_id || facts.account_name === null) return null;
  return {
    accountId: facts.account_id,
    displayName: facts.account_name,
    email: facts.account_email ?? '',
    credentialId: facts.credential_id,
    via: facts.token_prefix ? `token ${facts.token_prefix}` : 'session',
    signInTime: facts.sign_in_time,
  };
}
