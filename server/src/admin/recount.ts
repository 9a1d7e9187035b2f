import { recountAll } from '../features/usage/index.ts';
import type { Platform } from '../platform/context.ts';
import { Refusal } from '../platform/errors.ts';

/** Exit code 1 when any organization's ledger differed; the difference is booked then. */
export async function recountCommand(
  platform: Platform,
  options: { organization?: string },
): Promise<{ result: object; text: string; code: number }> {
  const counts = await recountAll(platform, 'console', options.organization ?? null);
  if (options.organization && counts.length === 0)
    throw new Refusal('not_found', { sentence: `There is no organization "${options.organization}".` });
  const organizations = counts.map((count) => ({
    organization: `organizations/${count.organizationId}`,
    slug: count.slug,
    meters: count.meters.map(({ meter, ledger, recount, drift }) => ({
      meter,
      ledger: Number(ledger),
      recount: Number(recount),
      drift: Number(drift),
    })),
    driftFound: count.meters.some((meter) => meter.drift !== 0n),
  }));
  const drifted = organizations.filter((organization) => organization.driftFound);
  const text = organizations
    .map(
      (organization) =>
        `${organization.slug}: ${organization.meters.map((meter) => `${meter.meter} ${meter.recount} bytes${meter.drift ? ` (ledger said ${meter.ledger})` : ''}`).join(', ')}`,
    )
    .join('\n');
  return { result: { organizations }, text: text || 'There is no organization yet.', code: drifted.length > 0 ? 1 : 0 };
}
