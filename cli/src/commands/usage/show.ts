import { UsageOverviewSchema, UsageService } from '@muster/api/usage';
import type { Command } from 'commander';
import { command, session } from '../../command.ts';
import { formatBytes, printOne } from '../../output.ts';

export const showCommand = (): Command =>
  command('show', 'Storage, devices and compute, to the byte.', 'muster usage show -o json').action(
    async (_own: object, self: Command) => {
      const { session: open, options } = session(self);
      const { name: parent } = await open.organization();
      printOne(options, UsageOverviewSchema, await open.client(UsageService).getUsageOverview({ parent }), [
        ['storage', ({ storage }) => `${storage?.bytes ?? 0n} bytes (${formatBytes(storage?.bytes ?? 0n)})`],
        ['in trash', ({ storage }) => `${storage?.trashBytes ?? 0n} bytes`],
        ['being freed', ({ storage }) => `${storage?.freeingBytes ?? 0n} bytes`],
        ['reserved', ({ storage }) => `${storage?.reservedBytes ?? 0n} bytes`],
        ['active devices', (overview) => String(overview.activeDeviceCount)],
        ['compute today', (overview) => `${overview.computeTodayUs / 60_000_000n} min`],
      ]);
    },
  );
