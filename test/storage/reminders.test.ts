import { effect } from '../support/directory';
import { openTestHouse, type TestHouse } from '../support/house';
import {
  reminderNow as now,
  storeDeleted,
  subscriptionOf,
  thresholdsOf,
  type Doomed,
} from '../support/reminders';
import { emptied } from '../support/scenes';
import { createMongoReminders } from '../../src/storage/reminders';

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());
beforeEach(() => emptied(world, ['users', 'reminders', 'letGo', 'snoozes', 'effects']));

const store = () =>
  createMongoReminders({ connection: world.database.connection, records: world.house.records });
const deleted = (...users: Doomed[]) => storeDeleted(world.database, users);
const hours = (count: number) => new Date(now.getTime() + count * 60 * 60 * 1000);
const here = 'demo:web:ada';

describe('Whoever is due', () => {
  it('is found at the most urgent threshold, and nobody else', async () => {
    const [one, three] = await deleted(
      { name: 'One', days: 1 },
      { name: 'Three', days: 2.9 },
      { name: 'Twenty', days: 20 },
      { name: 'Lost', days: -0.1 },
      { name: 'Undone', days: 1, deletion: 'undo:some-import' },
    );

    const due = await store().due(subscriptionOf(), 'all', now);

    expect(thresholdsOf(due)).toEqual({ [one!]: 1, [three!]: 3 });
  });

  it('is found for the customers that may be seen, each by itself, the most urgent first', async () => {
    await deleted(
      { name: 'Late', days: 5, customerId: 'c1' },
      { name: 'Soon', days: 1, customerId: 'c1' },
      { name: 'Other', days: 1, customerId: 'c2' },
      { name: 'Hidden', days: 1, customerId: 'c3' },
    );

    const due = await store().due(subscriptionOf(), ['c1', 'c2'], now);

    expect([...due.keys()].sort()).toEqual(['c1', 'c2']);
    expect(due.get('c1')?.map(({ threshold }) => threshold)).toEqual([1, 7]);
    expect((await store().due(subscriptionOf(), [], now)).size).toBe(0);
  });

  it('is reminded of once at a threshold, and again at the next', async () => {
    const [id] = await deleted({ name: 'Five', days: 5 });
    const reminders = store();
    const due = await reminders.due(subscriptionOf(), 'all', now);
    await reminders.begin(here, 'd1', [...due.values()].flat());
    await reminders.sent(here, 'd1');

    expect(thresholdsOf(await reminders.due(subscriptionOf(), 'all', hours(24)))).toEqual({});
    expect(thresholdsOf(await reminders.due(subscriptionOf(), 'all', hours(72)))).toEqual({ [id!]: 3 });
    const elsewhere = subscriptionOf({ conversation: 'demo:web:zoe' });
    expect(thresholdsOf(await reminders.due(elsewhere, 'all', now))).toEqual({ [id!]: 7 });
  });

  it('is due anew when the deadline is moved', async () => {
    const [id] = await deleted({ name: 'Five', days: 5 });
    const reminders = store();
    await reminders.begin(
      here,
      'd1',
      [...(await reminders.due(subscriptionOf(), 'all', now)).values()].flat(),
    );
    await reminders.sent(here, 'd1');

    await world.database.connection.collection('users').updateOne({}, { $set: { restoreBy: hours(6 * 24) } });

    expect(thresholdsOf(await reminders.due(subscriptionOf(), 'all', now))).toEqual({ [id!]: 7 });
  });

  it('may have come already when a process died on the way, and did not come when the chat refused', async () => {
    await deleted({ name: 'One', days: 1 });
    const [dying, next] = [store(), store()];
    const repeats = async () => [...(await next.due(subscriptionOf(), 'all', now)).values()].flat();

    await dying.begin(here, 'd1', await repeats());
    expect(await repeats()).toMatchObject([{ repeat: true, attempts: 1 }]);

    await next.begin(here, 'd2', await repeats());
    await next.refused(here, 'd2');
    expect(await repeats()).toMatchObject([{ repeat: false, attempts: 2 }]);

    expect(await world.rows('reminders')).toHaveLength(1);
  });

  it('cannot be begun again once it was sent', async () => {
    await deleted({ name: 'One', days: 1 });
    const due = [...(await store().due(subscriptionOf(), 'all', now)).values()].flat();
    await store().begin(here, 'd1', due);
    await store().sent(here, 'd1');

    await expect(store().begin(here, 'd2', due)).rejects.toMatchObject({ code: 11000 });
    expect(await world.rows('reminders')).toMatchObject([{ state: 'sent', digest: 'd1', threshold: 1 }]);
  });

  it('is nobody who was let go, until that is undone or the user is deleted anew', async () => {
    const [id = ''] = await deleted({ name: 'One', days: 1, deletion: 'first' });
    const reminders = store();
    const gone = { userId: id, deletion: 'first', by: 'web:ada', at: now, reason: 'Left for good' };
    const due = async () => thresholdsOf(await reminders.due(subscriptionOf(), 'all', now));

    await reminders.letGo(gone, hours(24), effect());
    expect(await due()).toEqual({});
    expect(await reminders.letGoOf([id, 'nobody'])).toEqual([gone]);

    await world.database.connection.collection('users').updateOne({}, { $set: { deletion: 'second' } });
    expect(await due()).toEqual({ [id]: 1 });

    await world.database.connection.collection('users').updateOne({}, { $set: { deletion: 'first' } });
    await reminders.undoLetGo(id, effect());
    expect(await due()).toEqual({ [id]: 1 });
  });

  it('is snoozed in one conversation until the hour of the day', async () => {
    const [id = ''] = await deleted({ name: 'Five', days: 5 });
    const reminders = store();
    const snooze = { userId: id, deletion: 'a', conversation: here, until: '2026-11-24', by: 'web:ada' };

    await reminders.snooze(snooze, hours(5 * 24), effect());

    const due = async (at: Date) => thresholdsOf(await reminders.due(subscriptionOf(), 'all', at));
    expect(await due(now)).toEqual({});
    expect(await due(hours(46.9))).toEqual({});
    expect(await due(hours(47))).toEqual({ [id]: 3 });
    const elsewhere = subscriptionOf({ conversation: 'demo:web:zoe' });
    expect(thresholdsOf(await reminders.due(elsewhere, 'all', now))).toEqual({ [id]: 7 });
    expect(await reminders.snoozesIn(here, [id])).toEqual([snooze]);
  });

  it('is known among very many of whom somebody has decided already', async () => {
    const ids = await deleted(
      ...Array.from({ length: 610 }, (_, place) => ({ name: `U${place}`, days: 1, deletion: 'first' })),
    );
    const decided = ids.slice(0, 600);
    const restoreBy = hours(24);
    const letGo = decided.map((_id) => ({ _id, deletion: 'first', by: 'web:ada', at: now, restoreBy }));
    const until = '2026-11-23';
    const snoozed = decided.map((userId) => ({
      ...{ conversation: here, userId, deletion: 'first', until, by: 'web:ada', restoreBy },
    }));
    const due = async () => Object.keys(thresholdsOf(await store().due(subscriptionOf(), 'all', now))).sort();
    const { letGo: gone, snoozes } = world.house.records;

    await gone.insertMany(letGo);
    expect(await due()).toEqual(ids.slice(600).sort());
    await gone.deleteMany({});
    await snoozes.insertMany(snoozed);
    expect(await due()).toEqual(ids.slice(600).sort());
  });

  it('is found in the indexes, reading only those whose deadline is near', async () => {
    await deleted(
      ...Array.from({ length: 3_000 }, (_, place) => ({ name: `U${place}`, days: 9 + (place % 20) })),
    );
    await deleted({ name: 'One', days: 1 }, { name: 'Two', days: 2 });
    const { db } = world.database.connection;
    await db!.command({ profile: 2 });

    await store().due(subscriptionOf(), 'all', now);
    await store().due(subscriptionOf(), ['c1', 'c2'], now);
    await db!.command({ profile: 0 });

    const reads = await db!
      .collection('system.profile')
      .find({ op: { $in: ['query', 'getmore'] } })
      .toArray();
    expect(reads.length).toBeGreaterThanOrEqual(8);
    await db!.dropCollection('system.profile');
    for (const { planSummary, docsExamined } of reads) {
      expect(planSummary).not.toContain('COLLSCAN');
      expect(docsExamined).toBeLessThanOrEqual(2);
    }
  });
});
