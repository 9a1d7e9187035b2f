import { SIGNED_IN, authorize } from '../../platform/access/authorize.ts';
import { DAY } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { claimRequest } from '../../platform/idempotency.ts';
import { enterOrganization } from '../../platform/run.ts';
import { cleanText } from '../../platform/text.ts';
import { CREATIONS_A_DAY, requireSlug } from './rules.ts';
import { addOrganization, findOrganization, lockPerson, organizationsOf, takeSlug } from './store.ts';
import type { OrganizationRow } from './store.ts';

export interface CreateOrganization {
  readonly displayName: string;
  readonly slug: string;
  readonly termsAccepted: boolean;
  readonly requestId: string;
}

/** Makes an organization with the caller as its first Admin. Throws `slug_taken`, `slug_invalid`, `slug_reserved`, `terms_required`, `organization_limit`. */
export async function createOrganization(ctx: Context, input: CreateOrganization): Promise<OrganizationRow> {
  await authorize(ctx, SIGNED_IN);
  const { caller } = ctx;
  if (!caller || ctx.request.credential.kind !== 'session') throw new Refusal('session_required');
  const displayName = cleanText(input.displayName, { field: 'display_name', min: 1, max: 64, reason: 'name_invalid' });
  requireSlug(input.slug);
  if (!input.termsAccepted && ctx.platform.instance.hasTerms)
    throw new Refusal('terms_required', { field: 'terms_accepted' });
  await lockPerson(ctx, caller.accountId);
  const { id, repeated } = await claimRequest(ctx, input.requestId, { displayName, slug: input.slug });
  await enterOrganization(ctx, id);
  if (!repeated) {
    const since = ctx.platform.clock.now().getTime() - DAY;
    const made = (await organizationsOf(ctx, caller.accountId)).filter(
      (row) => row.created_by_person && row.create_time.getTime() > since,
    );
    if (made.length >= CREATIONS_A_DAY) throw new Refusal('organization_limit');
    await makeOrganization(ctx, { id, slug: input.slug, displayName, creatorId: caller.accountId });
  }
  return findOrganization(ctx, id);
}

/** The rows and the event of a new organization, which must be entered already. */
export const makeOrganization = (
  ctx: Context,
  organization: { id: string; slug: string; displayName: string; creatorId: string },
): Promise<void> =>
  addOrganization(ctx, organization).then(async () => {
    if (!(await takeSlug(ctx, organization.id, organization.slug))) throw new Refusal('slug_taken', { field: 'slug' });
    ctx.effects.emit({
      event: 'organization.create',
      category: 'organization settings',
      target: `organizations/${organization.id}`,
      targetName: organization.displayName,
    });
  });
