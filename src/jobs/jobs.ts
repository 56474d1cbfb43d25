import { createTask } from 'node-cron';
import type { Clock } from '../ports/clock';
import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';

/** All that is due and not yet done: running twice, late or in two processes does it once. */
export interface Job {
  readonly name: string;
  /** A cron expression, read in UTC; it only says how often the job looks. */
  readonly schedule: string;
  /** Told when the process ends: what takes long then stops halfway. */
  run(ending: AbortSignal): Promise<unknown>;
}

export interface Jobs {
  /** Each job runs at once, and then by its schedule. */
  start(): void;
  /** Runs a job at once, besides its schedule; not before the start nor after the stop. */
  runNow(name: string): void;
  /** No new runs; resolves when the running ones are done. */
  stop(): Promise<void>;
}

interface Deps {
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'jobRan' | 'jobRunsNext'>;
  readonly log: Log;
}

export function createJobs(table: readonly Job[], { clock, metrics, log }: Deps): Jobs {
  const running = new Map<Promise<void>, string>();
  const ending = new AbortController();
  let started = false;

  /** Answers whether the work was done. */
  const tryTo = async ({ name: job, run: work }: Job): Promise<boolean> => {
    try {
      await work(ending.signal);
      return true;
    } catch (err) {
      log.error({ job, err, nextRun: nextRunOf(job) }, 'A job failed.');
      return false;
    }
  };
  const measured = async (job: Job): Promise<void> => {
    const [at, began] = [clock.now(), performance.now()];
    const done = await tryTo(job);
    const ran = { job: job.name, at, seconds: (performance.now() - began) / 1000 };
    metrics.jobRan({ ...ran, outcome: done ? 'done' : 'failed' });
    if (done) log.debug({ ...ran, nextRun: nextRunOf(job.name) }, 'A job has run.');
  };
  const run = async (job: Job): Promise<void> => {
    const done = measured(job);
    running.set(done, job.name);
    await done;
    running.delete(done);
  };
  /** A run may take longer than its schedule: that is nothing to warn of, so the task does not look at it. */
  const runUnlessBusy = async (job: Job): Promise<void> => {
    tellNextRunOf(job.name);
    if (![...running.values()].includes(job.name)) await run(job);
  };
  const tasks = table.map((job) =>
    createTask(job.schedule, () => runUnlessBusy(job), {
      name: job.name,
      timezone: 'UTC',
      suppressMissedWarning: true,
    }),
  );
  const nextRunOf = (name: string): Date | null =>
    tasks.find((task) => task.name === name)?.getNextRun() ?? null;
  const tellNextRunOf = (name: string): void => metrics.jobRunsNext(name, nextRunOf(name));

  return {
    start() {
      for (const job of table) void run(job);
      for (const task of tasks) void task.start();
      for (const { name } of table) tellNextRunOf(name);
      const nextRuns = table.map(({ name }) => `${name} ${nextRunOf(name)?.toISOString() ?? 'never'}`);
      log.info({ nextRuns: nextRuns.join(', ') }, 'The jobs run, now and by their schedules.');
      started = true;
    },
    runNow(name) {
      if (!started || ending.signal.aborted) return;
      for (const job of table) if (job.name === name) void run(job);
    },
    async stop() {
      ending.abort();
      for (const task of tasks) await task.destroy();
      await Promise.all(running.keys());
    },
  };
}
