import { createApp } from './app.ts';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import { claimDataDir } from './data-dir.ts';
import { openDatabase } from './database.ts';
import { listen } from './listener.ts';
import type { Handler } from './listener.ts';
import { openLog } from './platform/log.ts';
import { readSecrets } from './secrets.ts';

/** Longest time that requests under way get to finish after SIGTERM. */
const DRAIN_MS = 30_000;

/** `muster serve`: starts everything, says one line, and stops everything on SIGINT or SIGTERM. */
export async function serve(config: Config): Promise<void> {
  const log = openLog(config.logLevel);
  // The port comes first: when it is taken, nothing else has been touched.
  let handler: Handler = (_request, response) => {
    response.statusCode = 503;
    response.end('Muster is starting.\n');
  };
  const listener = await listen(config.listen, (request, response) => handler(request, response));
  await using cleanup = new AsyncDisposableStack();
  cleanup.use(claimDataDir(config.dataDir));
  const secrets = readSecrets(config);
  const pools = cleanup.use(await openDatabase(cleanup, config, secrets, log));
  const app = await createApp({ config, secrets, pools, log, show: (line) => process.stdout.write(`${line}\n`) });
  handler = app.handler;
  cleanup.defer(() => stopInOrder(app, () => listener.stop()));

  const address =
    config.publicUrl?.href.replace(/\/$/, '') ??
    `http://${config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host}:${listener.port}`;
  const codes = config.smtpUrl
    ? ''
    : ' · sign-in codes are shown here, because no mail server is configured (MUSTER_SMTP_URL)';
  process.stdout.write(`Muster is running at ${address} · data in ${config.dataDir}${codes}\n`);
  await stopSignal();
  log.info('stopping');
}

async function stopInOrder(app: App, stopListening: () => Promise<void>): Promise<void> {
  app.drain();
  await Promise.race([stopListening(), new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
  await app.stop();
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    // A second Ctrl-C does not wait for anybody.
    const stop = (): void => {
      process.once('SIGINT', () => process.exit(130));
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
