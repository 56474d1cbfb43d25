import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics';
import { createJobMetrics } from './job-metrics';

/** The house's counts as Prometheus reads them. */
export interface ExposedMetrics extends Metrics {
  expose(): Promise<{ readonly contentType: string; readonly body: string }>;
}

const turnBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const mongoBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/**
 * Our own metrics begin with `rollcall_`; those of the process keep the names that every dashboard of Node knows
 * (`process_*`, `nodejs_*`).
 */
export function createMetrics(): ExposedMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({
    name: 'rollcall_turns_total',
    help: 'Commands and card actions, by outcome.',
    labelNames: ['door', 'feature', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'rollcall_turn_duration_seconds',
    help: 'How long a command or card action took.',
    labelNames: ['door', 'feature'],
    buckets: turnBuckets,
    registers,
  });
  const errors = new Counter({
    name: 'rollcall_errors_total',
    help: 'Commands and card actions that failed.',
    labelNames: ['door', 'feature'],
    registers,
  });
  const mongo = new Histogram({
    name: 'rollcall_mongo_command_duration_seconds',
    help: 'How long MongoDB took to answer.',
    labelNames: ['command', 'ok'],
    buckets: mongoBuckets,
    registers,
  });
  const refused = new Counter({
    name: 'rollcall_seats_refused_total',
    help: 'Licenses that were not assigned because no seat was free.',
    registers,
  });
  const reminders = new Counter({
    name: 'rollcall_reminders_total',
    help: 'Reminders that were found due at a look, sent, sent after a failure, or not taken by the chat.',
    labelNames: ['what'],
    registers,
  });
  const overdue = new Gauge({
    name: 'rollcall_reminders_overdue',
    help: 'Reminders that are due and could not be sent yet.',
    registers,
  });
  const oldest = new Gauge({
    name: 'rollcall_reminders_oldest_overdue_seconds',
    help: 'How late the oldest reminder is that could not be sent yet.',
    registers,
  });
  const jobs = createJobMetrics(registers);

  return {
    ...jobs,
    turn({ door, feature, outcome, seconds }) {
      turns.inc({ door, feature, outcome });
      durations.observe({ door, feature }, seconds);
      if (outcome === 'failed') errors.inc({ door, feature });
    },
    seatsRefused: (count) => refused.inc(count),
    reminders: (what, count) => reminders.inc({ what }, count),
    remindersWaiting(count, oldestSeconds) {
      overdue.set(count);
      oldest.set(oldestSeconds);
    },
    mongoCommand: ({ name, ok, seconds }) => mongo.observe({ command: name, ok: String(ok) }, seconds),
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
