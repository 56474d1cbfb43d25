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
