import { createMetrics } from '../../src/telemetry/metrics';

async function exposed(metrics: ReturnType<typeof createMetrics>): Promise<string> {
  return (await metrics.expose()).body;
}

it('counts turns by door, feature and outcome, with their duration and errors', async () => {
  const metrics = createMetrics();
  metrics.turn({ door: 'demo', feature: 'add-user', outcome: 'answered', seconds: 0.02 });
  metrics.turn({ door: 'demo', feature: 'add-user', outcome: 'answered', seconds: 0.02 });
  metrics.turn({ door: 'teams', feature: 'add-user', outcome: 'failed', seconds: 3 });
  const body = await exposed(metrics);
  expect(body).toContain('rollcall_turns_total{door="demo",feature="add-user",outcome="answered"} 2');
  expect(body).toContain(
    'rollcall_turn_duration_seconds_bucket{le="0.025",door="demo",feature="add-user"} 2',
  );
  expect(body).toContain('rollcall_turn_duration_seconds_sum{door="teams",feature="add-user"} 3');
  expect(body).toContain('rollcall_errors_total{door="teams",feature="add-user"} 1');
  expect(body).not.toContain('rollcall_errors_total{door="demo"');
});

it('measures MongoDB by command and counts the seats that were refused', async () => {
  const metrics = createMetrics();
  metrics.mongoCommand({ name: 'find', ok: true, seconds: 0.001 });
  metrics.mongoCommand({ name: 'update', ok: false, seconds: 5 });
  metrics.seatsRefused(40);
  const body = await exposed(metrics);
  expect(body).toContain('rollcall_mongo_command_duration_seconds_count{command="find",ok="true"} 1');
  expect(body).toContain('rollcall_mongo_command_duration_seconds_count{command="update",ok="false"} 1');
  expect(body).toContain('rollcall_seats_refused_total 40');
});

it('tells of reminders that are due, sent and overdue, and of when a job ran and runs next', async () => {
  const metrics = createMetrics();
  metrics.reminders('due', 5);
  metrics.reminders('sent', 3);
  metrics.reminders('retried', 1);
  metrics.remindersWaiting(2, 90);
  const at = new Date('2026-11-22T09:00:00Z');
  metrics.jobRan({ job: 'reminders', at, seconds: 0.5, outcome: 'done' });
  metrics.jobRunsNext('reminders', at);
  metrics.jobRunsNext('purge', null);
  const body = await exposed(metrics);
  expect(body).toContain('rollcall_reminders_total{what="due"} 5');
  expect(body).toContain('rollcall_reminders_total{what="sent"} 3');
  expect(body).toContain('rollcall_reminders_total{what="retried"} 1');
  expect(body).toContain('rollcall_reminders_overdue 2');
  expect(body).toContain('rollcall_reminders_oldest_overdue_seconds 90');
  expect(body).toContain('rollcall_job_runs_total{job="reminders",outcome="done"} 1');
  expect(body).toContain('rollcall_job_last_run_timestamp_seconds{job="reminders"} 1795338000');
  expect(body).toContain('rollcall_job_next_run_timestamp_seconds{job="reminders"} 1795338000');
  expect(body).not.toContain('job="purge"');
});

it('tells of the process, too, in the text format of Prometheus', async () => {
  const { contentType, body } = await createMetrics().expose();
  expect(contentType).toMatch(/^text\/plain; version=/);
  expect(body).toContain('process_resident_memory_bytes');
});

it('keeps each process to itself: two do not share their counts', async () => {
  const one = createMetrics();
  createMetrics().seatsRefused(1);
  expect(await exposed(one)).toContain('rollcall_seats_refused_total 0');
});
