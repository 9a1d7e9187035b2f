import type { Config } from './config.ts';
import { startJobs } from './doors/jobs/index.ts';
import { createHttp } from './http.ts';
import type { Handler } from './listener.ts';
import { openMetrics } from './metrics.ts';
import { DiskBlobs } from './platform/blobs/disk.ts';
import { systemClock } from './platform/clock.ts';
import type { Clock } from './platform/clock.ts';
import type { Platform } from './platform/context.ts';
import type { Pools } from './platform/db/pools.ts';
import { migrate } from './platform/db/migrate.ts';
import type { Log } from './platform/log.ts';
import { openMailer } from './platform/mail/mailer.ts';
import type { Secrets } from './secrets.ts';
import { VERSION } from './version.ts';

export interface World {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly pools: Pools;
  readonly log: Log;
  readonly clock?: Clock;
  /** Shows a line to the operator: mails, as long as there is no mail server. */
  readonly show: (line: string) => void;
}

export interface App {
  readonly platform: Platform;
  readonly handler: Handler;
  /** From now on `/readyz` says no. */
  drain(): void;
  /** Lets running jobs finish and ends. */
  stop(): Promise<void>;
}

/** What verbs need, built by hand. */
export async function createPlatform(world: Omit<World, 'show'>): Promise<Platform> {
  const { config, pools, log, secrets } = world;
  return {
    db: pools.server,
    aside: pools.aside,
    blobs: await DiskBlobs.open(config.blobsDir),
    clock: world.clock ?? systemClock,
    log,
    keys: secrets,
    instance: {
      hasTerms: config.termsUrl !== null || config.privacyUrl !== null,
      publicUrl: config.publicUrl?.origin ?? `http://${config.listen.host}:${config.listen.port}`,
    },
  };
}

/** The whole server but its port: the doors on the platform, and the queue running. */
export async function createApp(world: World): Promise<App> {
  const { config, pools } = world;
  await migrate(pools.owner);
  const platform = await createPlatform(world);
  const mailer = openMailer(config, config.publicUrl?.hostname ?? config.listen.host, world.show);
  const jobs = await startJobs({ platform, queue: pools.queue, mailer });
  let ready = true;
  const handler = createHttp({
    platform,
    metrics: openMetrics({ owner: pools.owner, queue: pools.queue, ...pools.all }),
    instance: {
      version: VERSION,
      mailConfigured: config.smtpUrl !== null,
      termsUrl: config.termsUrl,
      privacyUrl: config.privacyUrl,
    },
    publicUrl: config.publicUrl,
    trustedProxies: config.trustedProxies,
    isReady: () => ready,
  });
  return {
    platform,
    handler,
    drain: () => {
      ready = false;
    },
    stop: async () => {
      await jobs[Symbol.asyncDispose]();
      mailer.close();
    },
  };
}
