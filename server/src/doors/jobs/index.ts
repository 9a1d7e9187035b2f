import { Logger, run } from 'graphile-worker';
import type { RunnerOptions, TaskList, WorkerOptions } from 'graphile-worker';
import type pg from 'pg';
import { readRecordingOf, sweep, sweepOrphans } from '../../features/files/index.ts';
import { forgetOld, sendSignInCode } from '../../features/sessions/index.ts';
import { recountAll } from '../../features/usage/index.ts';
import type { Platform } from '../../platform/context.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { runAsSystem } from '../../platform/run.ts';
import { Life, releaseJobsOfTheDead } from './locks.ts';
import { fields } from './payload.ts';

export interface JobsWorld {
  readonly platform: Platform;
  readonly queue: pg.Pool;
  readonly mailer: Mailer;
}

const CRONTAB = [
  '*/5 * * * * sweep ?max=1&jobKey=sweep',
  '17 * * * * sweep-orphans ?max=3&jobKey=sweep-orphans',
  '43 * * * * forget-old ?max=3&jobKey=forget-old',
  '0 3 * * * recount ?max=3&jobKey=recount',
].join('\n');

/** Jobs at once: while one reads a long recording, another still sends codes. */
const WORKERS = 2;
const RELEASE_EVERY_MS = 30_000;

/** Starts the queue of this server: every kind of job in one visible list. Disposing it lets running jobs finish. */
export async function startJobs(world: JobsWorld): Promise<AsyncDisposable> {
  const { platform, queue, mailer } = world;
  const life = await Life.begin(queue);
  await releaseJobsOfTheDead(queue, life.number);
  const logger = new Logger(
    () => (level, message) =>
      platform.log[level === 'warning' ? 'warn' : level === 'error' ? 'error' : 'debug']({ jobs: message }, 'jobs'),
  );
  const taskList = tasks(platform, mailer);
  const runners = await Promise.all(
    Array.from({ length: WORKERS }, (_unused, index) => {
      // The name of a worker is an option of the queue that its type for `run` forgot.
      const options: RunnerOptions & Pick<WorkerOptions, 'workerId'> = {
        pgPool: queue,
        concurrency: 1,
        workerId: life.workerId(index),
        noHandleSignals: true,
        pollInterval: 2000,
        taskList,
        crontab: index === 0 ? CRONTAB : '',
        logger,
      };
      return run(options);
    }),
  );
  const release = setInterval(
    () =>
      void releaseJobsOfTheDead(queue, life.number).catch((error: unknown) =>
        platform.log.warn({ error: String(error) }, 'jobs of dead servers were not looked for'),
      ),
    RELEASE_EVERY_MS,
  );
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(release);
      await Promise.all(runners.map((runner) => runner.stop()));
      await life[Symbol.asyncDispose]();
    },
  };
}

function tasks(platform: Platform, mailer: Mailer): TaskList {
  return {
    'send-sign-in-code': (payload) =>
      sendSignInCode(platform, mailer, fields(payload, ['sealed', 'networkAddress', 'client', 'time'])),
    'read-recording': (payload) => readRecordingOf(platform, fields(payload, ['organizationId', 'fileId'])),
    sweep: () => sweep(platform),
    'sweep-orphans': () => sweepOrphans(platform),
    'forget-old': () => runAsSystem(platform, 'job', 'forget-old', null, forgetOld),
    recount: async () => void (await recountAll(platform, 'job', null)),
  };
}
