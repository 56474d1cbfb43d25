import { createJobs, type Job } from '../../src/jobs/jobs';
import { createMetrics } from '../../src/telemetry/metrics';
import { createRememberingLog } from '../support/remembering-log';
import { until } from '../support/until';

const now = new Date('2026-11-22T09:00:00Z');
const never = '0 0 1 1 *';
const everySecond = '* * * * * *';

function open(...table: Job[]) {
  const metrics = createMetrics();
  const log = createRememberingLog();
  const jobs = createJobs(table, { clock: { now: () => now }, metrics, log });
  /** The value of a metric of a job, as Prometheus reads it. */
  const metric = async (name: string, labels: string): Promise<number | null> => {
    const { body } = await metrics.expose();
    const line = body.split('\n').find((one) => one.startsWith(`rollcall_job_${name}{${labels}}`));
    return line === undefined ? null : Number(line.split(' ').at(-1));
  };
  return { jobs, log, metric };
}

describe('A job', () => {
  it('runs at the start, and tells when it did, how long it took and when it runs next', async () => {
    let runs = 0;
    const { jobs, log, metric } = open({
      name: 'count',
      schedule: never,
      run: () => Promise.resolve(void (runs += 1)),
    });

    jobs.start();
    await until(() => runs === 1);
    await jobs.stop();

    expect(await metric('last_run_timestamp_seconds', 'job="count"')).toBe(now.getTime() / 1000);
    expect(await metric('last_run_duration_seconds', 'job="count"')).toBeGreaterThanOrEqual(0);
    expect(await metric('runs_total', 'job="count",outcome="done"')).toBe(1);
    const next = new Date((await metric('next_run_timestamp_seconds', 'job="count"'))! * 1000);
    expect(next.toISOString()).toMatch(/^\d{4}-01-01T00:00:00/);
    expect(log.lines[0]).toContain(`"nextRuns":"count ${next.toISOString()}"`);
    expect(log.lines[1]).toContain('A job has run. {"job":"count","at":"2026-11-22T09:00:00.000Z"');
  });

  it('runs by its schedule, and its next run is always ahead', async () => {
    let runs = 0;
    const { jobs, metric } = open({
      name: 'count',
      schedule: everySecond,
      run: () => Promise.resolve(void (runs += 1)),
    });
    const began = Date.now() / 1000;

    jobs.start();
    await until(() => runs === 2);
    const next = await metric('next_run_timestamp_seconds', 'job="count"');
    await jobs.stop();

    expect(next).toBeGreaterThan(began + 1);
  });

  it('that fails is counted and logged, and does not end the others', async () => {
    let runs = 0;
    const { jobs, log, metric } = open(
      { name: 'broken', schedule: never, run: () => Promise.reject(new Error('Away.')) },
      { name: 'count', schedule: never, run: () => Promise.resolve(void (runs += 1)) },
    );

    jobs.start();
    jobs.runNow('count');
    await until(() => runs === 2);
    await jobs.stop();

    expect(await metric('runs_total', 'job="broken",outcome="failed"')).toBe(1);
    expect(await metric('runs_total', 'job="count",outcome="done"')).toBe(2);
    expect(log.lines.join('\n')).toMatch(/A job failed\. .*"job":"broken","err":"Error: Away\."/);
  });

  it('that is still running does not run by its schedule, and is waited for at the end', async () => {
    let [begun, ended] = [0, 0];
    const { jobs, metric } = open({
      name: 'slow',
      schedule: everySecond,
      run: (ending) =>
        new Promise((resolve) => {
          begun += 1;
          ending.addEventListener('abort', () => resolve(void (ended += 1)));
        }),
    });

    jobs.start();
    const first = await metric('next_run_timestamp_seconds', 'job="slow"');
    await until(async () => (await metric('next_run_timestamp_seconds', 'job="slow"')) !== first);
    await jobs.stop();
    jobs.runNow('slow');

    expect([begun, ended]).toEqual([1, 1]);
  });
});
