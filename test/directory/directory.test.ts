import {
  effect,
  entry,
  handOverFor,
  newUser,
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

const seats = (total: number, consumed = 0) =>
  world.accounts.subscriptions.create({ customerId: 'c1', skuPartNumber: 'EMS', total, consumed });

/** Everything that is stored, by collection, empty ones left out. */
async function stored(): Promise<Record<string, unknown>> {
  const names = Object.keys(world.connection.models);
  const rows = await Promise.all(names.map(async (name) => [name, await world.rows(name)] as const));
  return Object.fromEntries(rows.filter(([, found]) => found.length > 0));
}

describe('A write that fails on its way', () => {
  const user = newUser({ licenses: ['EMS'] });
  const { record } = handOverFor(user);
  const bad = entry({ outcome: 'nonsense' as 'success' });

  it.each([
    ['at the audit entry', () => effect({ audit: [bad], handOver: record })],
    ['at the second of two audit entries', () => effect({ audit: [entry(), bad], handOver: record })],
    ['for want of an audit entry', () => effect({ audit: [], handOver: record })],
    ['at the hand-over', () => effect({ handOver: { ...record, state: 'odd' as 'waiting' } })],
  ])('leaves nothing behind: %s', async (_, failing) => {
    await seats(5);
    const before = await stored();

    await expect(world.directory.createUser(user, failing())).rejects.toThrow();

    expect(await stored()).toEqual(before);
  });

  it('leaves nothing behind when its link exists already, nor touches that link', async () => {
    await seats(5);
    const first = newUser({ userPrincipalName: 'first@contoso.example' });
    await world.directory.createUser(first, effect({ handOver: { ...record, userIds: [first.id] } }));
    const before = await stored();

    const clash = effect({ handOver: { ...record, id: 'other', userIds: [user.id] } });
    await expect(world.directory.createUser(user, clash)).rejects.toThrow();

    expect(await stored()).toEqual(before);
  });

  it('can be made again with the same form, because that has had no effect yet', async () => {
    await seats(1);
    const form = effect();
    await expect(world.directory.createUser(user, { ...form, audit: [bad] })).rejects.toThrow();

    expect(await world.directory.createUser(user, form)).toEqual({ kind: 'created' });
    expect(await world.rows('subscriptions')).toMatchObject([{ consumed: 1 }]);
  });

  it('leaves the old passwords and links when new ones cannot be stored', async () => {
    await seats(1);
    await world.directory.createUser(user, effect({ handOver: record }));
    const before = await stored();
    const fresh = handOverFor(user);

    await expect(
      world.directory.setPasswords('c1', fresh.digests, effect({ audit: [bad], handOver: fresh.record })),
    ).rejects.toThrow();

    expect(await stored()).toEqual(before);
  });
});

describe('Creating a user', () => {
  it('never gives more seats than there are, with a hundred at once over two connections', async () => {
    await seats(10, 3);
    const other = await world.another();

    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, place) =>
        (place % 2 === 0 ? world.directory : other).createUser(
          newUser({ userPrincipalName: `u${place}@contoso.example`, licenses: ['EMS'] }),
          effect(),
        ),
      ),
    );

    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(7);
    expect(outcomes.filter(({ kind }) => kind === 'no-seats')).toHaveLength(93);
    expect(await world.rows('subscriptions')).toMatchObject([{ total: 10, consumed: 10 }]);
    expect(await world.rows('users')).toHaveLength(7);
    expect(await world.rows('effects')).toHaveLength(7);
  }, 60_000);

  it('takes none of the seats when one product has none, and names every one that has none', async () => {
    await seats(5);
    await world.accounts.subscriptions.create({ customerId: 'c1', skuPartNumber: 'E5', total: 0 });
    const user = newUser({ licenses: ['EMS', 'E5', 'UNKNOWN'] });

    expect(await world.directory.createUser(user, effect())).toEqual({
      kind: 'no-seats',
      skuPartNumbers: ['E5', 'UNKNOWN'],
    });
    expect(await world.rows('subscriptions', { skuPartNumber: 'EMS' })).toMatchObject([{ consumed: 0 }]);
    expect(await world.rows('users')).toEqual([]);
  });

  it("does not take another customer's seats", async () => {
    await seats(5);

    const outcome = await world.directory.createUser(
      newUser({ customerId: 'c2', licenses: ['EMS'] }),
      effect(),
    );

    expect(outcome.kind).toBe('no-seats');
  });

  it('refuses a user principal name in another case, and gives the seat back', async () => {
    await seats(5);
    await world.directory.createUser(newUser(), effect());

    const again = newUser({ userPrincipalName: 'ZOE@Contoso.example', licenses: ['EMS'] });

    expect(await world.directory.createUser(again, effect())).toEqual({ kind: 'user-principal-name-taken' });
    expect(await world.rows('subscriptions')).toMatchObject([{ consumed: 0 }]);
  });

  it('takes the name of a user who was deleted', async () => {
    const first = newUser();
    await world.directory.createUser(first, effect());
    await world.connection.collection('users').updateOne({}, { $set: { state: 'deleted' } });

    expect(await world.directory.createUser(newUser(), effect())).toEqual({ kind: 'created' });
  });

  it('answers a form sent again with its first result, also when its seat or name would be gone now', async () => {
    await seats(1);
    const other = await world.another();
    const form = effect({ result: { userId: 'first' } });
    const users = Array.from({ length: 12 }, () => newUser({ licenses: ['EMS'] }));

    const outcomes = await Promise.all(
      users.map((user, place) => (place % 2 === 0 ? world.directory : other).createUser(user, form)),
    );

    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'repeated')).toEqual(
      Array(11).fill({ kind: 'repeated', result: { userId: 'first' } }),
    );
    expect(await world.rows('users')).toHaveLength(1);
    expect(await world.rows('audit')).toHaveLength(1);
  });
});

describe('Setting passwords', () => {
  it('is for all of the users or none, and names those who are not there', async () => {
    const [here, away] = [newUser(), newUser({ userPrincipalName: 'away@contoso.example' })];
    const foreign = newUser({ customerId: 'c2' });
    await world.directory.createUser(here, effect());
    await world.directory.createUser(foreign, effect());
    const before = await stored();
    const { record, digests } = handOverFor(here, away, foreign);

    const outcome = await world.directory.setPasswords('c1', digests, effect({ handOver: record }));

    expect(outcome).toEqual({ kind: 'missing', userIds: [away.id, foreign.id] });
    expect(await stored()).toEqual(before);
  });

  it('ends every waiting link of these users, and no other', async () => {
    const [zoe, anna] = [newUser(), newUser({ userPrincipalName: 'anna@contoso.example' })];
    const [ofZoe, ofAnna] = [handOverFor(zoe), handOverFor(anna)];
    await world.directory.createUser(zoe, effect({ handOver: ofZoe.record }));
    await world.directory.createUser(anna, effect({ handOver: ofAnna.record }));
    const fresh = handOverFor(zoe);

    await world.directory.setPasswords('c1', fresh.digests, effect({ handOver: fresh.record }));

    const states = (await world.rows('secrets')).map(({ _id, state, sealed }) => [
      _id,
      state,
      sealed === null,
    ]);
    expect(states).toEqual([
      [ofZoe.record.id, 'replaced', true],
      [ofAnna.record.id, 'waiting', false],
      [fresh.record.id, 'waiting', false],
    ]);
  });

  it('happens once for a form, over two connections at once', async () => {
    const zoe = newUser();
    await world.directory.createUser(zoe, effect());
    const other = await world.another();
    const form = effect({ result: { handOverId: 'first' } });

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, place) => {
        const { record, digests } = handOverFor(zoe);
        const effectOfForm = { ...form, handOver: record };
        return (place % 2 === 0 ? world.directory : other).setPasswords('c1', digests, effectOfForm);
      }),
    );

    expect(outcomes.filter(({ kind }) => kind === 'set')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'repeated')).toHaveLength(7);
    expect(await world.rows('secrets')).toHaveLength(1);
    expect(await world.rows('audit')).toHaveLength(2);
  });
});
