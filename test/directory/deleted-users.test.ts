import {
  day,
  deletedUsersCalled,
  deleting,
  deletionOf,
  later,
  restoreBy,
  usersCalled,
} from '../support/deletions';
import {
  effect,
  handOverFor,
  newUser,
  now,
  openTestDirectory,
  type TestDirectory,
} from '../support/directory';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
});
afterAll(() => world.close());

const seats = (skuPartNumber: string, total: number, consumed = 0) =>
  world.accounts.subscriptions.create({ customerId: 'c1', skuPartNumber, total, consumed });
const consumed = async (skuPartNumber: string) =>
  (await world.rows('subscriptions', { skuPartNumber }))[0]?.['consumed'];

describe('Deleting users', () => {
  it('frees their seats and their names, and remembers what they had', async () => {
    await seats('EMS', 2);
    await seats('E5', 5);
    const [ann] = await usersCalled(world, ['ann'], { licenses: ['EMS', 'E5'], roles: ['Global Reader'] });
    const [bob] = await usersCalled(world, ['bob'], { licenses: ['EMS'] });
    const form = deleting();

    expect(await world.directory.deleteUsers(deletionOf([ann!, bob!]), form)).toEqual({ kind: 'deleted' });

    expect([await consumed('EMS'), await consumed('E5')]).toEqual([0, 0]);
    expect(await world.directory.findUsers('c1', [ann!.id, bob!.id])).toEqual([]);
    const [found] = await world.directory.findDeletedUsers('c1', [ann!.id]);
    const { password: _, ...asBefore } = ann!;
    expect(found).toEqual({
      ...asBefore,
      deletedAt: now,
      deletedBy: 'web:ada',
      restoreBy,
      deletion: form.id,
    });
    const another = newUser({ userPrincipalName: 'ANN@contoso.example', licenses: ['EMS'] });
    expect(await world.directory.createUser(another, effect())).toEqual({ kind: 'created' });
  });

  it('is for all of them or none, and names those who are not there', async () => {
    await seats('EMS', 2);
    const [ann] = await usersCalled(world, ['ann'], { licenses: ['EMS'] });
    const [foreign] = await usersCalled(world, ['bob'], { customerId: 'c2' });
    const [gone] = await deletedUsersCalled(world, ['carl']);

    const outcome = await world.directory.deleteUsers(deletionOf([ann!, foreign!, gone!]), deleting());

    expect(outcome).toEqual({ kind: 'missing', userIds: [foreign!.id, gone!.id] });
    expect(await world.rows('users', { state: 'active' })).toHaveLength(2);
    expect(await consumed('EMS')).toBe(1);
    expect(await world.rows('audit', { target: 'ann@contoso.example', action: /delete/ })).toEqual([]);
  });

  it('never counts fewer than no seats', async () => {
    await seats('EMS', 3);
    const users = await usersCalled(world, ['ann', 'bob'], { licenses: ['EMS'] });
    await world.connection.collection('subscriptions').updateOne({}, { $set: { consumed: 1 } });

    await world.directory.deleteUsers(deletionOf(users), deleting());

    expect(await consumed('EMS')).toBe(0);
  });

  it('ends every link that waits for one of them', async () => {
    const [ann, bob] = [newUser({ userPrincipalName: 'ann@contoso.example' }), newUser()];
    const [ofAnn, ofBob] = [handOverFor(ann), handOverFor(bob)];
    await world.directory.createUser(ann, effect({ handOver: ofAnn.record }));
    await world.directory.createUser(bob, effect({ handOver: ofBob.record }));

    await world.directory.deleteUsers(deletionOf([ann]), deleting());

    expect(await world.rows('secrets', { _id: ofAnn.record.id })).toMatchObject([
      { state: 'replaced', sealed: null },
    ]);
    expect(await world.rows('secrets', { _id: ofBob.record.id })).toMatchObject([{ state: 'waiting' }]);
  });

  it('happens once for a form, over two connections at once', async () => {
    await seats('EMS', 9, 3);
    const [ann] = await usersCalled(world, ['ann'], { licenses: ['EMS'] });
    const other = await world.another();
    const form = deleting();

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, place) =>
        (place % 2 === 0 ? world.directory : other).deleteUsers(deletionOf([ann!]), form),
      ),
    );

    expect(outcomes.filter(({ kind }) => kind === 'deleted')).toHaveLength(1);
    const repeated = { kind: 'repeated', result: { userIds: ann!.id } };
    expect(outcomes.filter(({ kind }) => kind === 'repeated')).toEqual(Array(7).fill(repeated));
    expect(await consumed('EMS')).toBe(3);
    expect(await world.rows('audit', { action: 'delete_customer_user' })).toHaveLength(1);
  });
});

describe('Deleted users', () => {
  it('are found by the name they had, in any case, the latest first', async () => {
    const [first] = await deletedUsersCalled(world, ['ann']);
    const [second] = await usersCalled(world, ['ANN']);
    await world.directory.deleteUsers(deletionOf([second!], { deletedAt: later(day) }), deleting());
    await usersCalled(world, ['ann']);

    const found = await world.directory.findDeletedByUpn('c1', 'Ann@Contoso.Example');

    expect(found.map(({ id }) => id)).toEqual([second!.id, first!.id]);
    expect(await world.directory.findDeletedByUpn('c2', 'ann@contoso.example')).toEqual([]);
  });

  it('are found by id in the order asked for, of one customer, also when it is too late', async () => {
    const users = await deletedUsersCalled(world, ['ann', 'bob']);
    const [active] = await usersCalled(world, ['carl']);
    const ids = [...users, active!].map(({ id }) => id).reverse();

    expect((await world.directory.findDeletedUsers('c1', ids)).map(({ displayName }) => displayName)).toEqual(
      ['bob', 'ann'],
    );
    expect(await world.directory.findDeletedUsers('c2', ids)).toEqual([]);
    expect(JSON.stringify(await world.directory.findDeletedUsers('c1', ids))).not.toContain('hash');
  });
});

describe('The days that deleted users have left', () => {
  const deadlines = (...milliseconds: number[]) =>
    world.accounts.users.insertMany(
      milliseconds.map((left, place) => ({
        ...asDeleted(`u${place}`),
        restoreBy: later(left),
      })),
    );

  it('are counted day by day, to the millisecond', async () => {
    await deadlines(-1, 0, day - 1, day, 2 * day + 5, 3 * day, 3 * day + 1);
    await world.accounts.users.create({ ...asDeleted('other'), customerId: 'c2', restoreBy: now });

    const edges = [now, later(day), later(2 * day), later(3 * day)];
    expect(await world.directory.countDeadlines('c1', edges)).toEqual([2, 1, 1]);
    expect(await world.directory.countDeadlines('c1', [later(4 * day), later(5 * day)])).toEqual([0]);
  });
});

function asDeleted(name: string) {
  const { id: _id, ...user } = newUser({ userPrincipalName: `${name}@contoso.example`, displayName: name });
  return {
    ...{ ...user, _id, licenses: [], roles: [], upnLower: user.userPrincipalName, state: 'deleted' as const },
    ...{ passwordSetAt: now, mustChangePassword: true, deletedAt: now, deletedBy: 'web:ada', deletion: 'd' },
  };
}
