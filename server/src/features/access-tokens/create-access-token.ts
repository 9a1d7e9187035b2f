import { authorize } from '../../platform/access/authorize.ts';
import type { Facts } from '../../platform/access/facts.ts';
import { visibleProjects } from '../../platform/access/visible.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { claimRequest } from '../../platform/idempotency.ts';
import { findVisibleId } from '../projects/index.ts';
import { DEFAULT_DAYS, FRESH_MS, LIVE_AT_ONCE, cleanTokenName, emitTokenEvent, requireScopes } from './rules.ts';
import { addAccessToken, countLive, findToken, lockTokens } from './store.ts';
import type { TokenRow } from './store.ts';

export interface CreateAccessToken {
  readonly organization: string;
  readonly displayName: string;
  readonly scopes: readonly string[];
  /** Ids or slugs of the only projects it may see; none named means all. */
  readonly projects: readonly string[];
  readonly lifetimeDays: number;
  readonly requestId: string;
}

/**
 * Makes a token for the caller. A repeated request finds the token again, without the secret. Throws
 * `session_required`, `reauth_required`, `access_token_limit`.
 */
export async function createAccessToken(
  ctx: Context,
  input: CreateAccessToken,
): Promise<{ row: TokenRow; secret: string; organizationId: string }> {
  const { organizationId, facts } = await authorize(ctx, 'accessTokens.create', { organization: input.organization });
  const { caller } = ctx;
  if (!caller) throw new Refusal('login_required');
  const now = ctx.platform.clock.now().getTime();
  if (!caller.signInTime || now - caller.signInTime.getTime() > FRESH_MS) throw new Refusal('reauth_required');
  const displayName = cleanTokenName(input.displayName);
  const scopes = requireScopes(input.scopes);
  const projectIds = await projectsOf(ctx, organizationId, facts, input.projects);
  const lifetimeDays = input.lifetimeDays || DEFAULT_DAYS;
  await lockTokens(ctx, organizationId, caller.accountId);
  const { id, repeated } = await claimRequest(ctx, input.requestId, {
    organizationId,
    displayName,
    scopes,
    projectIds,
    lifetimeDays,
  });
  if (repeated) return { row: await findToken(ctx, organizationId, id), secret: '', organizationId };
  if ((await countLive(ctx, organizationId, caller.accountId)) >= LIVE_AT_ONCE) throw new Refusal('access_token_limit');
  const secret = await addAccessToken(ctx, {
    id,
    organizationId,
    accountId: caller.accountId,
    displayName,
    scopes,
    projectIds,
    lifetimeDays,
  });
  emitTokenEvent(ctx, 'access_token.create', organizationId, { id, displayName });
  return { row: await findToken(ctx, organizationId, id), secret, organizationId };
}

/** Ids of the named projects, which its owner must be able to open; null for all. */
async function projectsOf(
  ctx: Context,
  organizationId: string,
  facts: Facts,
  projects: readonly string[],
): Promise<string[] | null> {
  if (projects.length === 0) return null;
  const ids = new Set<string>();
  for (const project of projects) {
    const id = await findVisibleId(ctx, organizationId, visibleProjects(ctx, facts), project);
    if (!id) throw new Refusal('not_found', { field: 'projects' });
    ids.add(id);
  }
  return [...ids].toSorted();
}
