import { Command, CommanderError, Option } from 'commander';
import { readConfig } from '../config.ts';
import { joinDatabase } from '../database.ts';
import { createPlatform } from '../app.ts';
import { migrate } from '../platform/db/migrate.ts';
import type { Platform } from '../platform/context.ts';
import { Refusal } from '../platform/errors.ts';
import { openLog } from '../platform/log.ts';
import { readSecrets } from '../secrets.ts';
import { bootstrapCommand } from './bootstrap.ts';
import type { BootstrapOptions } from './bootstrap.ts';
import { recountCommand } from './recount.ts';

const output = (): Option =>
  new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text');

/** `muster admin …`: for the operator, on the server's machine. Returns the exit code. */
export async function runAdmin(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = new Command('muster admin')
    .description('Commands for the operator, run on the machine of the server.')
    .exitOverride()
    .showHelpAfterError();
  const act = (
    work: (platform: Platform) => Promise<{ result: object; text: string; code?: number }>,
    format: string,
  ): Promise<void> =>
    withPlatform(async (platform) => {
      const done = await work(platform);
      process.stdout.write(format === 'json' ? `${JSON.stringify(done.result)}\n` : `${done.text}\n`);
      code = done.code ?? 0;
    });

  program
    .command('bootstrap')
    .description('Create the first administrator, an organization and an access token.')
    .requiredOption('--email <address>', 'address of the administrator')
    .requiredOption('--organization <id>', 'ID of the organization: its part of every address')
    .requiredOption('--name <name>', 'name of the organization')
    .option('--token-name <name>', 'name of the access token', 'bootstrap')
    .option('--token-days <days>', 'days until the token expires, 1 to 366', '366')
    .addOption(output())
    .addHelpText(
      'after',
      '\nExample:\n  muster admin bootstrap --email ops@example.com --organization acme --name "Acme Robotics" -o json',
    )
    .action((options: BootstrapOptions & { output: string }) =>
      act((platform) => bootstrapCommand(platform, options), options.output),
    );
  program
    .command('recount')
    .description('Count storage again from what is really there, and book a correction when the ledger differs.')
    .option('--organization <id>', 'only this organization')
    .addOption(output())
    .addHelpText('after', '\nExample:\n  muster admin recount --organization acme -o json')
    .action((options: { organization?: string; output: string }) =>
      act((platform) => recountCommand(platform, options), options.output),
    );

  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`error: ${error.message} [${error.reason}]\n`);
    return 1;
  }
}

async function withPlatform(work: (platform: Platform) => Promise<void>): Promise<void> {
  const config = readConfig();
  const log = openLog('warn');
  const secrets = readSecrets(config);
  await using cleanup = new AsyncDisposableStack();
  const pools = cleanup.use(await joinDatabase(cleanup, config, secrets, log));
  await migrate(pools.owner);
  await work(await createPlatform({ config, secrets, pools, log }));
}
