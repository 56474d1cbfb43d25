import { createMongoSubscriptions } from '../../src/storage/subscriptions';
import { effect } from '../support/directory';
import { openTestHouse, type TestHouse } from '../support/house';
import { freePort, spawnRollcall, untilReady, type Process } from '../support/process';
import { storeDeleted, subscriptionOf } from '../support/reminders';
import { customerIdOf, emptied } from '../support/scenes';
import { openFakeSlack, type FakeSlack } from '../support/slack/fake-slack';
import { until } from '../support/until';

const channel = 'C1';

let world: TestHouse;
let fake: FakeSlack;
const started: Process[] = [];
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());
beforeEach(async () => {
  await emptied(world, ['users', 'reminders', 'reminderSubscriptions', 'liveCards', 'effects']);
  fake = await openFakeSlack();
  fake.addUser({ id: 'UADA' });
  fake.addChannel({ id: channel, members: ['UADA'] });
  const { connection } = world.database;
  const subscriptions = createMongoSubscriptions({ connection, records: world.house.records });
  const here = { conversation: `slack:${channel}`, kind: 'channel', operator: 'slack:UADA' } as const;
  await subscriptions.save(subscriptionOf(here), effect());
});
afterEach(async () => {
  for (const one of started.splice(0)) {
    if (one.child.exitCode === null) one.child.kill('SIGKILL');
    await one.ended;
  }
  await fake.close();
});

async function start(): Promise<Process> {
  const PORT = await freePort();
  const one = spawnRollcall({
    ...{ PORT, PUBLIC_URL: `http://127.0.0.1:${PORT}`, MONGODB_URI: world.database.uri },
    ...{ ADMIN_AGENTS: 'slack:UADA', SLACK_API_URL: fake.apiUrl, SLACK_BOT_TOKEN: fake.token },
    SLACK_SIGNING_SECRET: fake.signingSecret,
  });
  started.push(one);
  await untilReady(one);
  return one;
}

async function deleted(name: string): Promise<void> {
  const customerId = await customerIdOf(world, 'Contoso Bakery');
  await storeDeleted(world.database, [{ name, days: 1, customerId }], new Date());
}

/** What stands in the channel. */
const texts = () => fake.messages(channel).map((message) => JSON.stringify(message));

/** The value of a metric, with its labels; null while there is none. */
async function metric({ url }: Process, name: string): Promise<number | null> {
  const body = await (await fetch(`${url}/metrics`)).text();
  const line = body.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? null : Number(line.split(' ').at(-1));
}

const hasLooked = (one: Process) => async () =>
  ((await metric(one, 'rollcall_job_runs_total{job="reminders",outcome="done"}')) ?? 0) > 0;

/** As if so much time had passed that others take over from a process that is heard of no more. */
async function expireLease(): Promise<void> {
  const subscriptions = world.database.connection.collection('reminderSubscriptions');
  await subscriptions.updateMany({}, { $set: { leaseUntil: new Date(0) } });
}

describe('The process', () => {
  it('killed after the chat took a digest and before that was noted sends it once more, marked, and never again', async () => {
    await deleted('Ann');
    fake.failNext('chat.postMessage', { hang: 60_000 });
    const first = await start();
    await until(() => texts().length === 1);

    first.child.kill('SIGKILL');
    await first.ended;
    expect(await world.rows('reminders')).toMatchObject([{ state: 'claimed', inFlight: true }]);
    await expireLease();
    const second = await start();
    await until(async () => (await world.rows('reminders', { state: 'sent' })).length === 1);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
    const third = await start();
    await until(hasLooked(third));

    expect(texts()).toHaveLength(2);
    for (const text of texts()) expect(text).toContain('ann@contoso.example');
    expect(texts()[0]).not.toContain('You may have seen this reminder already');
    expect(texts()[1]).toContain('You may have seen this reminder already');
    expect(await world.rows('reminders')).toMatchObject([{ state: 'sent', attempts: 2 }]);
  }, 60_000);

  it('tells in its metrics what a chat does not take, and is ready all the same', async () => {
    await deleted('Ann');
    fake.failNext('chat.postMessage', { error: 'invalid_blocks' });
    const one = await start();
    await until(async () => (await metric(one, 'rollcall_reminders_overdue')) === 1);

    expect(await metric(one, 'rollcall_reminders_total{what="due"}')).toBe(1);
    expect(await metric(one, 'rollcall_reminders_total{what="failed"}')).toBe(1);
    expect(await metric(one, 'rollcall_reminders_oldest_overdue_seconds')).toBeGreaterThan(0);
    expect((await fetch(`${one.url}/readyz`)).status).toBe(200);

    one.child.kill('SIGKILL');
    await one.ended;
    const subscriptions = world.database.connection.collection('reminderSubscriptions');
    await subscriptions.updateMany({}, { $set: { retryAt: new Date(0) } });
    const other = await start();
    await until(async () => (await metric(other, 'rollcall_reminders_total{what="sent"}')) === 1);
    await until(hasLooked(other));
    expect(await metric(other, 'rollcall_reminders_total{what="retried"}')).toBe(1);
    expect(await metric(other, 'rollcall_reminders_overdue')).toBe(0);
    const next = await metric(other, 'rollcall_job_next_run_timestamp_seconds{job="reminders"}');
    expect(next).toBeGreaterThan(Date.now() / 1000);
  }, 60_000);

  it('ends with 0 on SIGTERM, within ten seconds, also while a chat hangs', async () => {
    await deleted('Ann');
    fake.failNext('chat.postMessage', { hang: 60_000, times: 20 });
    const one = await start();
    await until(() => texts().length === 1);
    const asked = Date.now();

    one.child.kill('SIGTERM');

    expect(await one.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
  }, 60_000);
});
