import { createApp } from './app.ts';
import type { App } from './app.ts';
import type { Config } from './config.ts';
import { claimDataDir } from './data-dir.ts';
import { openDatabase } from './database.ts';
import { listen } from './listener.ts';
import type { Handler, Listener } from './listener.ts';
import { openLog } from './platform/log.ts';
import { readSecrets } from './secrets.ts';

/**
 * Longest time that requests under way get to finish after SIGTERM; what is not done then is a transfer, which goes on
 * where it was. Container engines wait ten seconds in all before they kill.
 */
const DRAIN_MS = 7_000;
/** Longest time for the queue to stop, when its database is gone too. */
const STOP_JOBS_MS = 5_000;

/**
 * `muster serve`: starts everything, says one line, and stops everything on SIGINT or SIGTERM. Throws DatabaseError
 * when the database ends and does not come back.
 */
export async function serve(config: Config): Promise<void> {
  const log = openLog(config.logLevel);
  // The port comes first: when it is taken, nothing else has been touched.
  let handler: Handler = (_request, response) => {
    response.statusCode = 503;
    response.end('Muster is starting.\n');
  };
  const listener = await listen(config.listen, (request, response) => handler(request, response));
  const stopped = stopSignal();
  await using cleanup = new AsyncDisposableStack();
  cleanup.use(claimDataDir(config.dataDir));
  const secrets = readSecrets(config);
  const database = await openDatabase(cleanup, config, secrets, log);
  const pools = cleanup.use(database.pools);
  const app = await createApp({ config, secrets, pools, log, show: (line) => process.stdout.write(`${line}\n`) });
  handler = app.handler;
  cleanup.defer(() => stopInOrder(app, listener));

  const address =
    config.publicUrl?.href.replace(/\/$/, '') ??
    `http://${config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host}:${listener.port}`;
  const codes = config.smtpUrl
    ? ''
    : ' · sign-in codes are shown here, because no mail server is configured (MUSTER_SMTP_URL)';
  process.stdout.write(`Muster is running at ${address} · data in ${config.dataDir}${codes}\n`);
  const lost = await Promise.race([stopped, database.lost]);
  if (lost) throw lost;
  log.info('stopping');
}

async function stopInOrder(app: App, listener: Listener): Promise<void> {
  app.drain();
  await listener.stop(DRAIN_MS);
  await Promise.race([app.stop(), new Promise((resolve) => setTimeout(resolve, STOP_JOBS_MS).unref())]);
}

function stopSignal(): Promise<null> {
  return new Promise((resolve) => {
    // A second Ctrl-C does not wait for anybody.
    const stop = (): void => {
      process.once('SIGINT', () => process.exit(130));
      resolve(null);
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
