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
import { effect, newUser, openTestDirectory, type TestDirectory } from '../support/directory';
import type { Directory } from '../../src/ports/directory';

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

const seats = (skuPartNumber: string, total: number) =>
  world.accounts.subscriptions.create({ customerId: 'c1', skuPartNumber, total });
const consumed = async (skuPartNumber: string) =>
  (await world.rows('subscriptions', { skuPartNumber }))[0]?.['consumed'];

/** What a restoration did, in short. */
async function restore(restoration: Parameters<Directory['restoreUsers']>[0], through = world.directory) {
  const outcome = await through.restoreUsers(restoration, restoring());
  if (outcome.kind === 'repeated') throw new Error('A form of its own is no repeat.');
  return { ...outcome, kinds: outcome.results.map(({ kind }) => kind) };
}

describe('Restoring users', () => {
  it('gives back the same account with its roles, its licenses and its place in lists', async () => {
    await seats('EMS', 1);
    const fields = {
      licenses: ['EMS'],
      roles: ['Global Reader'],
      displayName: 'Anne Élise',
      accountEnabled: false,
    };
    const [ann] = await deletedUsersCalled(world, ['ann'], fields);
    const [before] = await world.directory.findDeletedUsers('c1', [ann!.id]);

    const { kind, results } = await restore(restorationOf([ann!]));

    const { password: _, ...asBefore } = ann!;
    expect(kind).toBe('restored');
    expect(results).toEqual([{ kind: 'restored', before, after: asBefore, withoutSeat: [] }]);
    expect(await world.directory.findUsers('c1', [ann!.id])).toEqual([asBefore]);
    expect(await consumed('EMS')).toBe(1);
    const [row] = await world.rows('users');
    expect(row).toMatchObject({ state: 'active', upnLower: 'ann@contoso.example', sortKey: 'anne elise' });
    for (const field of ['deletedAt', 'deletedBy', 'restoreBy', 'deletion'])
      expect(row).not.toHaveProperty(field);
    expect(row).toHaveProperty('password.hash');
  });

  it('takes another name, and finds the user by it from then on', async () => {
    const [ann] = await deletedUsersCalled(world, ['ann']);

    await restore(restorationOf([{ ...ann!, userPrincipalName: 'Annette@contoso.example' }]));

    expect(await world.rows('users')).toMatchObject([
      { userPrincipalName: 'Annette@contoso.example', upnLower: 'annette@contoso.example' },
    ]);
    expect((await world.rows('users'))[0]!['searchTokens']).toContain('annette');
  });

  it('brings nobody back whom nobody has looked at, though it is deleted by now', async () => {
    const [ann, bob] = await deletedUsersCalled(world, ['ann', 'bob']);

    const { kinds } = await restore(restorationOf([{ ...ann!, userPrincipalName: '' }, bob!]));

    expect(kinds).toEqual(['gone', 'restored']);
    expect(await world.directory.findUsers('c1', [ann!.id])).toEqual([]);
  });

  it('leaves the roles where they are not wished for', async () => {
    const [ann] = await deletedUsersCalled(world, ['ann'], { roles: ['Global Reader'] });

    const { results } = await restore(restorationOf([ann!], { withRoles: false }));

    expect(results).toMatchObject([{ before: { roles: ['Global Reader'] }, after: { roles: [] } }]);
    expect(await world.rows('users')).toMatchObject([{ roles: [] }]);
  });

  it('gives the free seats in order, and says who goes without', async () => {
    await seats('EMS', 3);
    await seats('E5', 3);
    await seats('SOLD', 3);
    const users = await deletedUsersCalled(world, ['ann', 'bob', 'carl'], {
      licenses: ['EMS', 'E5', 'SOLD'],
    });
    await world.connection
      .collection('subscriptions')
      .updateOne({ skuPartNumber: 'EMS' }, { $set: { total: 1, consumed: 0 } });
    await world.connection
      .collection('subscriptions')
      .updateOne({ skuPartNumber: 'E5' }, { $set: { total: 2, consumed: 0 } });

    await world.connection.collection('subscriptions').deleteOne({ skuPartNumber: 'SOLD' });

    const { results } = await restore(restorationOf(users));

    expect(
      results.map((result) => result.kind === 'restored' && [result.after.licenses, result.withoutSeat]),
    ).toEqual([
      [['EMS', 'E5'], ['SOLD']],
      [['E5'], ['EMS', 'SOLD']],
      [[], ['EMS', 'E5', 'SOLD']],
    ]);
    expect([await consumed('EMS'), await consumed('E5')]).toEqual([1, 2]);
  });

  it('is possible until the deadline, and not a millisecond later', async () => {
    const users = await deletedUsersCalled(world, ['ann', 'bob']);
    const [ann, bob] = users;

    expect((await restore(restorationOf([ann!], { now: later(1, restoreBy) }))).kinds).toEqual(['expired']);
    expect((await restore(restorationOf([ann!], { now: restoreBy }))).kinds).toEqual(['restored']);
    const moved = { $set: { restoreBy: later(5, restoreBy) } };
    await world.connection.collection('users').updateOne({ upnLower: 'bob@contoso.example' }, moved);
    expect((await restore(restorationOf([bob!], { now: later(6, restoreBy) }))).kinds).toEqual(['expired']);
    expect((await restore(restorationOf([bob!], { now: later(5, restoreBy) }))).kinds).toEqual(['restored']);
  });

  it('does what can be done, and says for each what could not', async () => {
    const users = await deletedUsersCalled(world, ['ann', 'bob', 'carl', 'dora']);
    const [ann, bob, carl, dora] = users;
    const [foreign] = await deletedUsersCalled(world, ['emil'], { customerId: 'c2' });
    await usersCalled(world, ['BOB']);
    const restoreBy = new Date(0);
    await world.connection
      .collection('users')
      .updateOne({ upnLower: 'carl@contoso.example' }, { $set: { restoreBy } });

    const outcome = await restore(
      restorationOf([
        ann!,
        bob!,
        carl!,
        { ...dora!, userPrincipalName: 'ANN@contoso.example' },
        foreign!,
        ann!,
      ]),
    );

    expect(outcome.kind).toBe('restored');
    expect(outcome.results.slice(1)).toEqual([
      { kind: 'name-taken', userId: bob!.id },
      { kind: 'expired', userId: carl!.id },
      { kind: 'name-taken', userId: dora!.id },
      { kind: 'gone', userId: foreign!.id },
      { kind: 'gone', userId: ann!.id },
    ]);
    expect(await world.rows('users', { customerId: 'c1', state: 'deleted' })).toHaveLength(3);
  });

  it('stores nothing when nobody could be restored, so that the same form can be sent again', async () => {
    const [ann] = await deletedUsersCalled(world, ['ann']);
    const [holder] = await usersCalled(world, ['ann']);
    const form = restoring();
    const effects = await world.rows('effects');

    expect(await world.directory.restoreUsers(restorationOf([ann!]), form)).toEqual({
      kind: 'none',
      results: [{ kind: 'name-taken', userId: ann!.id }],
    });

    expect(await world.rows('effects')).toEqual(effects);
    await world.directory.deleteUsers(deletionOf([holder!]), deleting());
    expect((await world.directory.restoreUsers(restorationOf([ann!]), form)).kind).toBe('restored');
  });

  it('answers a form sent again with its first result, over two connections at once', async () => {
    await seats('EMS', 5);
    const [ann] = await deletedUsersCalled(world, ['ann'], { licenses: ['EMS'] });
    const form = restoring();

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, place) =>
        (place % 2 === 0 ? world.directory : other).restoreUsers(restorationOf([ann!]), form),
      ),
    );

    expect(outcomes.filter(({ kind }) => kind === 'restored')).toHaveLength(1);
    const repeated = { kind: 'repeated', result: { kinds: 'restored' } };
    expect(outcomes.filter(({ kind }) => kind === 'repeated')).toEqual(Array(7).fill(repeated));
    expect(await consumed('EMS')).toBe(1);
    expect(await world.rows('audit', { action: 'restore_customer_user' })).toHaveLength(1);
  });

  it('has the cards looked at again that show the deletion, and no others', async () => {
    const form = deleting();
    const [ann, bob] = await usersCalled(world, ['ann', 'bob']);
    await world.directory.deleteUsers(deletionOf([ann!, bob!]), form);
    const card = { conversation: 'c', language: 'en', timeZone: 'UTC', card: '{}', dueAt: restoreBy };
    const subjects = [`deletion:${form.id}`, 'deletion:other', 'hand-over:other'];
    await world.connection
      .collection<{ _id: string }>('liveCards')
      .insertMany(subjects.map((subject) => ({ _id: subject, message: subject, subject, ...card })));

    await restore(restorationOf([ann!], { now: later(day) }));

    const due = (await world.rows('liveCards')).map(({ dueAt }) => dueAt);
    expect(due).toEqual([later(10_000, later(day)), restoreBy, restoreBy]);
  });
});

describe('At once', () => {
  it('two operators restore a user once: one wins, for the other it is gone', async () => {
    await seats('EMS', 99);
    for (let round = 0; round < 5; round += 1) {
      const [ann] = await deletedUsersCalled(world, [`ann${round}`], { licenses: ['EMS'] });

      const both = await Promise.all([restore(restorationOf([ann!])), restore(restorationOf([ann!]), other)]);

      expect(both.flatMap(({ kinds }) => kinds).sort()).toEqual(['gone', 'restored']);
    }
    expect(await consumed('EMS')).toBe(5);
  });

  it('a name goes to one: a user who is restored, or a new one', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [ann] = await deletedUsersCalled(world, [`ann${round}`]);
      const rival = newUser({ userPrincipalName: ann!.userPrincipalName.toUpperCase() });

      const [restored, created] = await Promise.all([
        restore(restorationOf([ann!])),
        other.createUser(rival, effect()),
      ]);

      expect([restored.kinds[0], created.kind]).toEqual(
        created.kind === 'created' ? ['name-taken', 'created'] : ['restored', 'user-principal-name-taken'],
      );
    }
  });

  it('of two users with one name, one gets it', async () => {
    const [first] = await deletedUsersCalled(world, ['ann']);
    const [second] = await deletedUsersCalled(world, ['ann']);

    const both = await Promise.all([
      restore(restorationOf([first!])),
      restore(restorationOf([second!]), other),
    ]);

    expect(both.flatMap(({ kinds }) => kinds).sort()).toEqual(['name-taken', 'restored']);
  });

  it('the last seat goes to one', async () => {
    await seats('EMS', 2);
    const [ann, bob] = await deletedUsersCalled(world, ['ann', 'bob'], { licenses: ['EMS'] });
    await world.connection.collection('subscriptions').updateOne({}, { $set: { total: 1 } });

    const both = await Promise.all([restore(restorationOf([ann!])), restore(restorationOf([bob!]), other)]);

    const without = both.flatMap(({ results }) =>
      results.map((result) => result.kind === 'restored' && result.withoutSeat),
    );
    expect(without.sort()).toEqual([[], ['EMS']]);
    expect(await consumed('EMS')).toBe(1);
  });
});
