import { OPERATOR, authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { enterOrganization } from '../../platform/run.ts';
import { cleanText } from '../../platform/text.ts';
import { LONGEST_DAYS, addAccessToken, cleanTokenName, emitTokenEvent } from '../access-tokens/index.ts';
import { addAccount, findAccount, firstName, normalEmail } from '../sessions/index.ts';
import { makeOrganization } from './create-organization.ts';
import { requireSlug } from './rules.ts';
import { isSlugTaken } from './store.ts';

export interface Bootstrap {
  readonly email: string;
  readonly slug: string;
  readonly displayName: string;
  readonly tokenName: string;
  readonly tokenDays: number;
}

export interface Bootstrapped {
  readonly organizationId: string;
  readonly accountId: string;
  readonly token: string;
}

/** For automated installations: the first administrator, their organization and an access token. Throws `organization_exists`. */
export async function bootstrap(ctx: Context, input: Bootstrap): Promise<Bootstrapped> {
  await authorize(ctx, OPERATOR);
  const address = normalEmail(input.email);
  const displayName = cleanText(input.displayName, { field: 'name', min: 1, max: 64, reason: 'name_invalid' });
  requireSlug(input.slug);
  const tokenName = cleanTokenName(input.tokenName);
  if (!Number.isInteger(input.tokenDays) || input.tokenDays < 1 || input.tokenDays > LONGEST_DAYS)
    throw new Refusal('field_invalid', { sentence: `A token lives 1 to ${LONGEST_DAYS} whole days.` });
  if (await isSlugTaken(ctx, input.slug))
    throw new Refusal('organization_exists', {
      sentence: `The organization "${input.slug}" exists already; nothing was changed.`,
    });
  const known = await findAccount(ctx, address);
  const accountId = known?.id ?? newId();
  if (!known) await addAccount(ctx, { id: accountId, displayName: firstName(address), address });
  const organizationId = newId();
  await enterOrganization(ctx, organizationId);
  await makeOrganization(ctx, { id: organizationId, slug: input.slug, displayName, creatorId: accountId });
  const tokenId = newId();
  const token = await addAccessToken(ctx, {
    id: tokenId,
    organizationId,
    accountId,
    displayName: tokenName,
    scopes: ['all'],
    projectIds: null,
    lifetimeDays: input.tokenDays,
  });
  emitTokenEvent(ctx, 'access_token.create', organizationId, { id: tokenId, displayName: tokenName });
  return { organizationId, accountId, token };
}
