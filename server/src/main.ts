import { runAdmin } from './admin/index.ts';
import { ConfigError, readConfig } from './config.ts';
import { ListenError } from './listener.ts';
import { DatabaseError } from './platform/db/database-error.ts';
import { serve } from './serve.ts';

const [command, ...rest] = process.argv.slice(2);

try {
  if (command === 'admin') process.exitCode = await runAdmin(rest);
  else await serve(readConfig());
} catch (error) {
  const sentence =
    error instanceof ConfigError || error instanceof ListenError || error instanceof DatabaseError
      ? error.message
      : null;
  process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`);
  process.exit(1);
}
