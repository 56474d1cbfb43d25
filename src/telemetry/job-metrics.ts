import { Counter, Gauge, type Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics';

/** When each job ran last, how that went, and when it runs next; times in seconds since 1970, as Prometheus has them. */
export function createJobMetrics(registers: Registry[]): Pick<Metrics, 'jobRan' | 'jobRunsNext'> {
  const of = { labelNames: ['job'], registers } as const;
  const runs = new Counter({
    name: 'rollcall_job_runs_total',
    help: 'Runs of a job, by outcome.',
    labelNames: ['job', 'outcome'],
    registers,
  });
  const last = new Gauge({
    name: 'rollcall_job_last_run_timestamp_seconds',
    help: 'When the last run of a job began that has ended.',
    ...of,
  });
  const duration = new Gauge({
    name: 'rollcall_job_last_run_duration_seconds',
    help: 'How long the last run of a job took.',
    ...of,
  });
  const next = new Gauge({
    name: 'rollcall_job_next_run_timestamp_seconds',
    help: 'When a job runs next by its schedule.',
    ...of,
  });
  return {
    jobRan({ job, at, seconds, outcome }) {
      runs.inc({ job, outcome });
      last.set({ job }, at.getTime() / 1000);
      duration.set({ job }, seconds);
    },
    jobRunsNext(job, at) {
      if (at === null) next.remove({ job });
      else next.set({ job }, at.getTime() / 1000);
    },
  };
}
