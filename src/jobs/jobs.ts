import { createTask } from 'node-cron';
import type { Log } from '../ports/log';

/** All that is due and not yet done: running twice, late or in two processes does it once. */
export interface Job {
  readonly name: string;
  /** A cron expression, read in UTC; it only says how often the job looks. */
  readonly schedule: string;
  /** Told when the process ends: what takes long then stops halfway. */
  run(ending: AbortSignal): Promise<void>;
}

export interface Jobs {
  /** Each job runs at once, and then by its schedule. */
  start(): void;
  /** Runs a job at once, besides its schedule; not before the start nor after the stop. */
  runNow(name: string): void;
  /** No new runs; resolves when the running ones are done. */
  stop(): Promise<void>;
}

export function createJobs(table: readonly Job[], log: Log): Jobs {
  const running = new Map<Promise<void>, string>();
  const ending = new AbortController();
  let started = false;
  const run = async ({ name, run: work }: Job): Promise<void> => {
    const done = work(ending.signal).catch((error: unknown) =>
      log.error({ job: name, err: error }, 'A job failed.'),
    );
    running.set(done, name);
    await done;
    running.delete(done);
  };
  /** A run may take longer than its schedule: that is nothing to warn of, so the task does not look at it. */
  const runUnlessBusy = async (job: Job): Promise<void> => {
    if (![...running.values()].includes(job.name)) await run(job);
  };
  const tasks = table.map((job) =>
    createTask(job.schedule, () => runUnlessBusy(job), {
      name: job.name,
      timezone: 'UTC',
      suppressMissedWarning: true,
    }),
  );
  return {
    start() {
      for (const job of table) void run(job);
      for (const task of tasks) void task.start();
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
