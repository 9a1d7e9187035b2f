import { readFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { accessTokenCommands } from './commands/access-token/index.ts';
import { auditCommands } from './commands/audit/index.ts';
import { loginCommand, logoutCommand } from './commands/login.ts';
import { organizationCommands } from './commands/organization/index.ts';
import { projectCommands } from './commands/project/index.ts';
import { recordCommands } from './commands/record/index.ts';
import { usageCommands } from './commands/usage/index.ts';
import { readProfile } from './config.ts';
import { toProblem } from './problem.ts';

const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const version = typeof manifest === 'object' && manifest !== null ? String(Reflect.get(manifest, 'version')) : '';

const program = new Command('muster')
  .description('The command line of Muster.')
  .version(version)
  .addOption(
    new Option('--url <address>', 'address of the server (default: MUSTER_PUBLIC_URL, or the one of "muster login")'),
  )
  .addOption(new Option('--organization <id>', 'organization (default: the one of the access token)'))
  .addOption(new Option('-o, --output <format>', 'how to print').choices(['table', 'json']).default('table'))
  .showHelpAfterError()
  .addHelpText(
    'after',
    `
On the server's machine:
  serve            start Muster (what "npm start" does after installing)
  admin            bootstrap | recount: for the operator; see "muster admin --help"

Environment:
  MUSTER_PUBLIC_URL, MUSTER_TOKEN   server and access token; they win over "muster login"

Examples:
  muster project create --slug fp --name "First project"
  muster record create --project fp --title "Outdoor drive" -o json
  muster record upload projects/…/records/… ./recordings`,
  );

for (const command of [
  loginCommand(),
  logoutCommand(),
  organizationCommands(),
  projectCommands(),
  recordCommands(),
  usageCommands(),
  auditCommands(),
  accessTokenCommands(),
])
  program.addCommand(command);

/** Every command inherits that a wrong call throws, so that this file alone ends the process. */
function throwing(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwing(child);
}
throwing(program);

// A reader that closed the pipe, such as `head`, has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    const json = process.argv.some(
      (arg, index) =>
        arg === '-ojson' ||
        arg === '--output=json' ||
        (arg === 'json' && /^(-o|--output)$/.test(process.argv[index - 1] ?? '')),
    );
    const problem = toProblem(error, readProfile(program.opts()).url);
    const { code, reason, field, message, requestId } = problem;
    process.stderr.write(
      json
        ? `${JSON.stringify({ error: { code, reason, field, message, requestId } })}\n`
        : `error: ${message}${reason ? ` [${reason}]` : ''}\n`,
    );
    process.exitCode = 1;
  }
}
