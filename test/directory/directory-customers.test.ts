import { effect, newUser, openTestDirectory, type TestDirectory } from '../support/directory';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
});
afterAll(() => world.close());

const contoso = {
  id: 'c1',
  name: 'Contoso',
  defaultDomain: 'contoso.example',
  domains: ['contoso.example', 'shop.example'],
};

describe('Creating a customer', () => {
  it('leaves a domain to one customer, with many at once over two connections', async () => {
    const other = await world.another();

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, place) =>
        (place % 2 === 0 ? world.directory : other).createCustomer(
          {
            ...contoso,
            id: `c${place}`,
            defaultDomain: `d${place}.example`,
            domains: [`d${place}.example`, 'shop.example'],
          },
          new Map([['EMS', 1]]),
          effect(),
        ),
      ),
    );

    expect(outcomes.filter(({ kind }) => kind === 'created')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'domain-taken')).toHaveLength(9);
    for (const outcome of outcomes) {
      if (outcome.kind === 'domain-taken') expect(outcome.domains).toContain('shop.example');
    }
    expect(await world.rows('customers')).toHaveLength(1);
    expect(await world.rows('subscriptions')).toHaveLength(1);
  });

  it('names exactly the domains that are taken', async () => {
    await world.directory.createCustomer(contoso, new Map(), effect());

    const outcome = await world.directory.createCustomer(
      { id: 'c2', name: 'New', defaultDomain: 'new.example', domains: ['new.example', 'shop.example'] },
      new Map(),
      effect(),
    );

    expect(outcome).toEqual({ kind: 'domain-taken', domains: ['shop.example'] });
  });
});

describe('Reading', () => {
  it("finds users in the order asked for, and never another customer's or a deleted one", async () => {
    const users = ['a', 'b', 'c', 'd'].map((name) =>
      newUser({ userPrincipalName: `${name}@contoso.example` }),
    );
    for (const user of users) await world.directory.createUser(user, effect());
    await world.connection
      .collection('users')
      .updateOne({ upnLower: 'b@contoso.example' }, { $set: { state: 'deleted' } });
    await world.connection
      .collection('users')
      .updateOne({ upnLower: 'c@contoso.example' }, { $set: { customerId: 'c2' } });

    const found = await world.directory.findUsers(
      'c1',
      [...users].reverse().map(({ id }) => id),
    );

    expect(found.map(({ userPrincipalName }) => userPrincipalName[0])).toEqual(['d', 'a']);
    expect(JSON.stringify(found)).not.toContain('password');
  });

  it('finds nothing for ids that are none', async () => {
    expect(await world.directory.findCustomer('')).toBeNull();
    expect(await world.directory.findUsers('c1', [])).toEqual([]);
    expect(await world.directory.listSubscriptions('nobody')).toEqual([]);
  });
});
