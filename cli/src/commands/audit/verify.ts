import { AuditService, VerifyAuditLogResponseSchema } from '@muster/api/audit';
import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { messageJson } from '../../json.ts';
import { printJson } from '../../output.ts';

export const verifyCommand = (): Command =>
  command(
    'verify',
    'Compute the chain of the audit log again. Exit code 1 when it is broken.',
    'muster audit verify',
    'muster audit verify --from 100 --to 200',
  )
    .option('--from <seq>', 'first sequence', '0')
    .option('--to <seq>', 'last sequence', '0')
    .action(async (own: { from: string; to: string }, self: Command) => {
      const { session: open, options } = session(self);
      const { name: parent } = await open.organization();
      const verdict = await open
        .client(AuditService)
        .verifyAuditLog({ parent, fromSequence: BigInt(own.from), toSequence: BigInt(own.to) });
      const json = messageJson(VerifyAuditLogResponseSchema, verdict);
      if (options.output === 'json' && typeof json === 'object' && json !== null) printJson(json);
      else
        process.stdout.write(
          verdict.complete
            ? `complete, ${verdict.rowCount} rows\n`
            : `broken at ${verdict.brokenSequence}: ${verdict.brokenReason}\n`,
        );
      if (!verdict.complete) process.exitCode = 1;
    });
