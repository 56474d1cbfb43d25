import type { Directory } from '../../src/ports/directory';
import {
  day,
  deletedUsersCalled,
  deleting,
  deletionOf,
  later,
  restorationOf,
  restoreBy,
  restoring,
  usersCalled,
} from '../support/deletions';
import {
  effect,
  entry,
  handOverFor,
  newUser,
  now,
  openTestDirectory,
  type TestDirectory,
} from '../support/directory';

let world: TestDirectory;
let other: Directory;
beforeAll(async () => {
  world = await openTestDirectory();
  other = await world.another();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
});
afterAll(() => world.close());

const tooLate = later(1, restoreBy);
const purge = (before = tooLate, limit = 100, through = world.directory) =>
  through.purgeUsers(before, tooLate, limit);
const purged = () => world.rows('audit', { action: 'purge_customer_user' });

describe('Purging', () => {
  it("leaves nothing of the user's row on the import that created it", async () => {
    const [ann] = await deletedUsersCalled(world, ['ann']);
    const rows = [2, 3].map((line) => ({ line, displayName: `Row ${line}`, value: `Cell ${line}` }));
    const imported = { _id: 'an-import', dryRun: { preview: rows, problems: rows } };
    await world.connection.collection<{ _id: string }>('imports').insertOne(imported);
    await world.connection
      .collection<{ _id: string }>('users')
      .updateOne({ _id: ann!.id }, { $set: { importId: 'an-import', importLine: 2 } });

    expect(await purge()).toBe(1);

    expect(await world.rows('imports')).toEqual([
      { _id: 'an-import', dryRun: { preview: [rows[1]], problems: [rows[1]] } },
    ]);
  });

  it('removes who cannot be restored any more, and nobody else', async () => {
    const [ann] = await deletedUsersCalled(world, ['ann', 'bob']);
    await usersCalled(world, ['ann']);
    await world.connection
      .collection('users')
      .updateOne({ upnLower: 'bob@contoso.example' }, { $set: { restoreBy: tooLate } });

    expect(await purge(restoreBy)).toBe(0);
    expect(await purge()).toBe(1);

    const left = (await world.rows('users')).map(({ upnLower, state }) => [upnLower, state]);
    expect(left).toEqual([
      ['bob@contoso.example', 'deleted'],
      ['ann@contoso.example', 'active'],
    ]);
    const [recorded] = await purged();
    expect(recorded).toEqual({
      ...{
        _id: expect.anything() as unknown,
        at: tooLate,
        operator: 'system',
        action: 'purge_customer_user',
      },
      ...{ customerId: 'c1', target: 'ann@contoso.example', targetKey: 'ann@contoso.example' },
      ...{ userId: ann!.id, outcome: 'success' },
    });
  });

  it('takes the most overdue first, as many as it is told', async () => {
    const users = await deletedUsersCalled(world, ['ann', 'bob', 'carl']);
    const stored = world.connection.collection('users');
    await stored.updateOne({ upnLower: 'carl@contoso.example' }, { $set: { restoreBy: now } });
    const soon = new Date(now.getTime() + 1);
    await stored.updateOne({ upnLower: 'ann@contoso.example' }, { $set: { restoreBy: soon } });

    expect(await purge(tooLate, 2)).toBe(2);

    expect((await purged()).map(({ target }) => target)).toEqual([
      'carl@contoso.example',
      'ann@contoso.example',
    ]);
    expect(await world.rows('users')).toMatchObject([{ _id: users[1]!.id }]);
    expect([await purge(), await purge()]).toEqual([1, 0]);
  });

  it('erases what was recorded of the user under any name, and keeps the entries', async () => {
    const [ann] = await usersCalled(world, ['ann']);
    const [next] = await usersCalled(world, ['bob']);
    const about = (changes: Parameters<typeof entry>[0]) =>
      effect({
        audit: [
          entry({ target: 'ann@contoso.example', details: { after: { givenName: 'Ann' } }, ...changes }),
        ],
      });
    const record = async (changes: Parameters<typeof entry>[0]) => {
      const { record, digests } = handOverFor(next!);
      await world.directory.setPasswords('c1', digests, { ...about(changes), handOver: record });
    };
    await record({ at: later(-day), action: 'update_customer_user' });
    await record({ userId: ann!.id, target: 'former.name@contoso.example' });
    await record({});
    await record({ customerId: 'c2' });
    await record({ userId: next!.id });
    await world.directory.deleteUsers(deletionOf([ann!], { deletedAt: later(5) }), deleting());
    await record({ at: later(6), action: 'create_customer_user' });
    const entries = await world.rows('audit');

    await purge(later(10, restoreBy));

    expect((await world.rows('audit')).slice(0, entries.length)).toEqual(entries);
    const kept = await world.rows('auditDetails');
    const at = entries.filter(({ _id }) => kept.some((one) => String(one['_id']) === String(_id)));
    expect(at).toMatchObject([
      { at: later(-day) },
      { customerId: 'c2' },
      { userId: next!.id },
      { at: later(6), action: 'create_customer_user' },
    ]);
  });

  it("removes the user's links, and takes the user out of sheets with others", async () => {
    const users = ['ann', 'bob'].map((name) => newUser({ userPrincipalName: `${name}@contoso.example` }));
    const [ann, bob] = users as [(typeof users)[0], (typeof users)[0]];
    for (const user of users)
      await world.directory.createUser(user, effect({ handOver: handOverFor(user).record }));
    const sheet = handOverFor(ann, bob);
    await world.directory.setPasswords('c1', sheet.digests, effect({ handOver: sheet.record }));
    await world.directory.deleteUsers(deletionOf([ann]), {
      ...deleting(),
      of: () => ({ result: {}, audit: [entry()] }),
    });

    await purge();

    const links = (await world.rows('secrets')).map(({ userIds, state, sealed }) => ({
      userIds,
      state,
      sealed,
    }));
    expect(links).toEqual([
      { userIds: [bob.id], state: 'replaced', sealed: null },
      { userIds: [bob.id], state: 'replaced', sealed: null },
    ]);
  });

  it('has the cards looked at again that show the deletion', async () => {
    const form = deleting();
    const users = await usersCalled(world, ['ann']);
    await world.directory.deleteUsers(deletionOf(users), form);
    const shown = { conversation: 'c', message: 'm', language: 'en', timeZone: 'UTC', card: '{}' };
    const live = { _id: 'live', subject: `deletion:${form.id}`, dueAt: later(day, tooLate), ...shown };
    await world.connection.collection<{ _id: string }>('liveCards').insertOne(live);

    await purge();

    expect(await world.rows('liveCards')).toMatchObject([{ dueAt: later(10_000, tooLate) }]);
  });
});

describe('At once', () => {
  it('two processes purge each user once', async () => {
    await deletedUsersCalled(world, ['a', 'b', 'c', 'd', 'e', 'f']);

    const counts = await Promise.all([purge(), purge(tooLate, 100, other), purge(tooLate, 3, other)]);

    expect(counts.reduce((all, count) => all + count)).toBe(6);
    expect(await world.rows('users')).toEqual([]);
    expect(await purged()).toHaveLength(6);
  });

  it('of restoring and purging, exactly one wins', async () => {
    const names = Array.from({ length: 10 }, (_, place) => `user${place}`);
    const users = await deletedUsersCalled(world, names);

    // The two disagree about the time, as the clocks of two machines may.
    const restorations = users.map(async (user, place) => {
      const restoration = restorationOf([user], { now: restoreBy });
      return (place % 2 === 0 ? world.directory : other).restoreUsers(restoration, restoring());
    });
    const [count, ...outcomes] = await Promise.all([purge(tooLate, 100, other), ...restorations]);

    const restored = outcomes.filter(({ kind }) => kind === 'restored');
    const none = outcomes.flatMap((outcome) => (outcome.kind === 'none' ? outcome.results : []));
    expect(none.map(({ kind }) => kind)).toEqual(Array(count).fill('gone'));
    expect(restored.length + count).toBe(10);
    expect(await world.rows('users', { state: 'active' })).toHaveLength(restored.length);
    expect(await world.rows('users', { state: 'deleted' })).toEqual([]);
    expect(await world.rows('audit', { action: 'restore_customer_user' })).toHaveLength(restored.length);
    expect(await purged()).toHaveLength(count);
  });
});
