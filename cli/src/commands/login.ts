import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { OrganizationService } from '@muster/api/organization';
import type { Command } from 'commander';
import { command, globals } from '../command.ts';
import { forgetProfile, readProfile, saveProfile } from '../config.ts';
import { Problem } from '../problem.ts';

export const loginCommand = (): Command =>
  command(
    'login',
    'Keep the address of a server and an access token for later calls.',
    'muster login --url https://muster.example.com',
    'echo "$TOKEN" | muster login',
  )
    .option('--token <token>', 'access token (better: leave it out, and paste it or pipe it in)')
    .action(async (own: { token?: string }, self: Command) => {
      const { url } = readProfile(globals(self));
      const token = own.token ?? (await askForToken());
      const transport = createConnectTransport({ baseUrl: url, httpVersion: '1.1' });
      const { organizations } = await createClient(OrganizationService, transport).listOrganizations(
        {},
        { headers: { authorization: `Bearer ${token}` } },
      );
      const path = saveProfile({ url, token });
      process.stdout.write(`Signed in to ${organizations[0]?.displayName ?? url}; kept in ${path}\n`);
    });

export const logoutCommand = (): Command =>
  command('logout', 'Forget what "muster login" kept. The access token itself lives on until it is revoked.').action(
    () => {
      forgetProfile();
      process.stdout.write('Forgotten.\n');
    },
  );

/** Asks without showing what is typed, or reads the first line of a pipe. */
async function askForToken(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  if (process.stdin.isTTY) process.stderr.write('Access token: ');
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  try {
    for await (const line of lines) if (line.trim()) return line.trim();
  } finally {
    lines.close();
    if (process.stdin.isTTY) process.stderr.write('\n');
  }
  throw new Problem('No access token was given.', { code: 'invalid_argument', reason: 'login_required' });
}
