import { createMongoOpenMatters } from '../../src/storage/open-matters';
import { createMongoSummaries } from '../../src/storage/summaries';
import { openTestHouse, type TestHouse } from '../support/house';
import { reminderNow as now, storeDeleted, subscriptionOf } from '../support/reminders';
import { handOverOf, zoe } from '../support/sample-data';
import { doneImport } from '../support/sample-import';
import { emptied } from '../support/scenes';

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());
beforeEach(() => emptied(world, ['summaries', 'users', 'imports', 'secrets']));

const here = 'demo:web:ada';
const [today, tomorrow] = ['2026-11-22', '2026-11-23'];
const hours = (count: number) => new Date(now.getTime() + count * 60 * 60 * 1000);
const store = () => createMongoSummaries(world.house.records);
const matters = () => createMongoOpenMatters(world.database.connection, world.house.records);

describe('The summary of a conversation', () => {
  it('is due on a day until it is done, and the next one knows when that was', async () => {
    const summaries = store();
    expect(await summaries.due(here, today)).toEqual({ last: null, repeat: false, attempts: 0 });

    await summaries.begin(here, today);
    await summaries.done(here, today, now);

    expect(await summaries.due(here, today)).toBeNull();
    expect(await summaries.due(here, tomorrow)).toEqual({ last: now, repeat: false, attempts: 0 });
    expect(await summaries.due('demo:web:zoe', today)).toMatchObject({ last: null });
  });

  it('may have come already when a process died on the way, and did not come when the chat refused', async () => {
    const summaries = store();

    await summaries.begin(here, today);
    expect(await store().due(here, today)).toMatchObject({ repeat: true, attempts: 1 });
    await summaries.begin(here, today);
    await summaries.refused(here, today);

    expect(await store().due(here, today)).toMatchObject({ repeat: false, attempts: 2 });
  });

  it('is one record for each day, and cannot be begun again once it is done', async () => {
    await store().done(here, today, now);

    await expect(store().begin(here, today)).rejects.toMatchObject({ code: 11000 });
    await store().done(here, tomorrow, hours(24));
    expect(await world.rows('summaries')).toHaveLength(2);
  });
});

describe('Imports with failed rows', () => {
  const imported = async (customers: readonly string[], changes: object = {}) => {
    const { id: _id, ...record } = doneImport;
    const touched = customers.map((customerId) => ({ ...record.dryRun.customers[0], customerId }));
    const dryRun = { ...record.dryRun, customers: touched };
    const row = { _id: String(Math.random()), ...record, finishedAt: now, dryRun, ...changes };
    await world.database.connection.collection<{ _id: string }>('imports').insertOne(row);
  };
  const failed = (customers: 'all' | string[], reach: 'all' | string[] = 'all') =>
    matters().failedImports(customers, { reach, contents: ['users'], since: hours(-1), limit: 1 });

  it('are those that have ended since, were not undone, and may be read', async () => {
    await imported(['c1'], { fileName: 'this one.csv' });
    await imported(['c1'], { finishedAt: hours(-1) });
    await imported(['c1'], { failed: 0 });
    await imported(['c1'], { state: 'running' });
    await imported(['c1'], { state: 'cancelled' });
    await imported(['c1'], { undo: { at: now } });
    await imported(['c1'], { content: 'licenses' });

    const { items, count } = await failed('all');

    expect([items.map(({ fileName }) => fileName), count]).toEqual([['this one.csv'], 1]);
  });

  it('touch a customer that was asked for, and none beyond the reach of the operator', async () => {
    await imported(['c1', 'c2']);
    await imported(['c2'], { finishedAt: hours(1) });

    expect(await failed(['c1'], ['c1', 'c2'])).toMatchObject({ count: 1 });
    expect(await failed(['c1'], ['c1'])).toMatchObject({ count: 0 });
    expect(await failed('all')).toMatchObject({ count: 2, items: [{ finishedAt: hours(1) }] });
    expect(await failed([], [])).toEqual({ count: 0, items: [] });
  });
});

it('What a summary tells is found in the indexes', async () => {
  const { connection } = world.database;
  await storeDeleted(world.database, [{ name: 'One', days: 1 }]);
  const link = { ...handOverOf([zoe]), createdAt: hours(-96), openedAt: null };
  await connection.collection<{ _id: string }>('secrets').insertOne({ _id: 'a', ...link });
  const { db } = connection;
  await db!.command({ profile: 2 });

  for (const customers of ['all', ['c1']] as const) {
    await matters().soonLost(subscriptionOf(), customers, now);
    await matters().failedImports(customers, {
      ...{ reach: customers, contents: ['users'], since: hours(-24), limit: 5 },
    });
    await matters().unopenedLinks(customers, { from: hours(-200), to: hours(-72), limit: 10 });
  }
  await store().due(here, today);
  await db!.command({ profile: 0 });

  const reads = await db!
    .collection('system.profile')
    .find({ op: { $in: ['query', 'command'] }, planSummary: { $exists: true } })
    .toArray();
  await db!.dropCollection('system.profile');
  expect(reads.length).toBeGreaterThanOrEqual(12);
  expect(reads.filter(({ planSummary }) => String(planSummary).includes('COLLSCAN'))).toEqual([]);
});
