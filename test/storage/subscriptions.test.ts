import { createMongoSubscriptions } from '../../src/storage/subscriptions';
import { effect } from '../support/directory';
import { openTestHouse, type TestHouse } from '../support/house';
import { reminderNow as now, subscriptionOf } from '../support/reminders';
import { emptied } from '../support/scenes';

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());
beforeEach(() => emptied(world, ['reminderSubscriptions', 'effects']));

const store = () =>
  createMongoSubscriptions({ connection: world.database.connection, records: world.house.records });
const here = 'demo:web:ada';

describe('A conversation', () => {
  it('is subscribed as it was asked for, once for a form', async () => {
    const subscriptions = store();
    const asked = subscriptionOf({ customers: ['c1'], days: [5], hour: 17, language: 'fr' });
    const form = effect();

    expect(await subscriptions.save(asked, form)).toEqual({ kind: 'saved' });
    expect(await subscriptions.save({ ...asked, enabled: false }, form)).toMatchObject({ kind: 'repeated' });

    expect(await subscriptions.find(here)).toEqual(asked);
    expect(await subscriptions.find('demo:web:zoe')).toBeNull();
  });

  it('is subscribed to a customer by itself, until somebody takes it away', async () => {
    const subscriptions = store();
    const draft = subscriptionOf({ customers: [] });

    expect(await subscriptions.subscribe(draft, 'c1')).toBe(true);
    expect(await subscriptions.subscribe(draft, 'c2')).toBe(true);
    expect((await subscriptions.find(here))?.customers).toEqual(['c1', 'c2']);

    await subscriptions.save(subscriptionOf({ customers: ['c2'] }), effect());
    expect(await subscriptions.subscribe(draft, 'c1')).toBe(false);
    expect((await subscriptions.find(here))?.customers).toEqual(['c2']);
  });

  it('is reminded of every customer already, or of none where that was said', async () => {
    const subscriptions = store();
    const draft = subscriptionOf({ customers: [] });

    await subscriptions.save(subscriptionOf(), effect());
    expect(await subscriptions.subscribe(draft, 'c1')).toBe(true);
    expect((await subscriptions.find(here))?.customers).toBe('all');

    await subscriptions.save(subscriptionOf({ enabled: false }), effect());
    expect(await subscriptions.subscribe(draft, 'c9')).toBe(false);
  });

  it('is subscribed once by many at the same time', async () => {
    const draft = subscriptionOf({ customers: [] });

    const answers = await Promise.all(
      ['c1', 'c2', 'c3', 'c1', 'c2', 'c3'].map((id) => store().subscribe(draft, id)),
    );

    expect(answers).toEqual(Array.from({ length: 6 }, () => true));
    const found = await store().find(here);
    expect(found?.customers).toHaveLength(3);
    expect(found?.customers).toEqual(expect.arrayContaining(['c1', 'c2', 'c3']));
  });

  it('is left where the chat has removed the bot, and that is told once', async () => {
    const subscriptions = store();
    await subscriptions.save(subscriptionOf(), effect());

    await subscriptions.leave(here);

    expect(await subscriptions.due(now)).toEqual([]);
    expect([await subscriptions.takeLeft(), await subscriptions.takeLeft()]).toEqual([1, 0]);
  });
});

describe('Of several processes', () => {
  it('one works on a conversation, and another takes over when nothing is heard of it', async () => {
    const [one, two] = [store(), store()];
    await one.save(subscriptionOf(), effect());

    const claims = await Promise.all([one.claim(here, 'one', now), two.claim(here, 'two', now)]);

    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
    const winner = claims[0] ? 'one' : 'two';
    expect(await one.renew(here, winner)).toBe(true);
    expect(await one.renew(here, 'third')).toBe(false);

    const expired = { $set: { leaseUntil: new Date(0) } };
    await world.database.connection.collection('reminderSubscriptions').updateOne({}, expired);
    expect(await two.claim(here, 'third', now)).toMatchObject({ conversation: here, failures: 0 });
    expect(await one.renew(here, winner)).toBe(false);
  });

  it('none looks at a conversation that fails before it may be tried again', async () => {
    const subscriptions = store();
    await subscriptions.save(subscriptionOf(), effect());
    const later = new Date(now.getTime() + 60_000);

    await subscriptions.claim(here, 'one', now);
    await subscriptions.release(here, 'one', { retryAt: later, overdue: null });

    expect(await subscriptions.due(now)).toEqual([]);
    expect(await subscriptions.claim(here, 'one', now)).toBeNull();
    expect(await subscriptions.due(later)).toEqual([here]);
    expect(await subscriptions.claim(here, 'one', later)).toMatchObject({ failures: 1 });
    await subscriptions.release(here, 'one', null);
    expect(await subscriptions.claim(here, 'two', later)).toMatchObject({ failures: 0 });
  });

  it('all know how much could not be sent, whoever failed, until it is sent or nobody wants it', async () => {
    const [one, two] = [store(), store()];
    const there = 'demo:web:zoe';
    await one.save(subscriptionOf(), effect());
    await one.save(subscriptionOf({ conversation: there }), effect());
    expect(await one.overdue()).toEqual({ count: 0, since: null });
    const fail = async (conversation: string, overdue: { count: number; since: Date } | null) => {
      await one.claim(conversation, 'one', now);
      await one.release(conversation, 'one', { retryAt: now, overdue });
    };
    const earlier = new Date(now.getTime() - 60_000);

    await fail(here, { count: 3, since: now });
    await fail(there, { count: 2, since: earlier });
    await fail(there, null);
    expect(await two.overdue()).toEqual({ count: 5, since: earlier });

    await two.leave(there);
    expect(await two.overdue()).toEqual({ count: 3, since: now });
    await two.claim(here, 'two', now);
    await two.release(here, 'two', null);
    expect(await two.overdue()).toEqual({ count: 0, since: null });
  });
});
