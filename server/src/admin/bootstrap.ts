import { bootstrap } from '../features/organizations/index.ts';
import type { Platform } from '../platform/context.ts';
import { runAsSystem } from '../platform/run.ts';

export interface BootstrapOptions {
  readonly email: string;
  readonly organization: string;
  readonly name: string;
  readonly tokenName: string;
  readonly tokenDays: string;
}

export async function bootstrapCommand(
  platform: Platform,
  options: BootstrapOptions,
): Promise<{ result: object; text: string }> {
  const made = await runAsSystem(platform, 'console', 'admin bootstrap', null, (ctx) =>
    bootstrap(ctx, {
      email: options.email,
      slug: options.organization,
      displayName: options.name,
      tokenName: options.tokenName,
      tokenDays: Number(options.tokenDays),
    }),
  );
  const result = {
    organization: `organizations/${made.organizationId}`,
    slug: options.organization,
    account: `accounts/${made.accountId}`,
    token: made.token,
  };
  return {
    result,
    text: `Organization ${options.organization} is there. The access token of ${options.email}, shown once:\n${made.token}`,
  };
}
