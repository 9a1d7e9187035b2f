import { OPERATOR, authorize } from '../../platform/access/authorize.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { enterOrganization } from '../../platform/run.ts';
import { cleanText } from '../../platform/text.ts';
import { addAccessToken } from '../access-tokens/index.ts';
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
  const token = await addAccessToken(ctx, {
    organizationId,
    accountId,
    displayName: input.tokenName,
    scopes: ['all'],
    lifetimeDays: input.tokenDays,
  });
  return { organizationId, accountId, token };
}
