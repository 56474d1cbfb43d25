import { customerFingerprint, type Customer } from '../../src/domain/customer';
import type { UpdateCustomerOutcome } from '../../src/ports/directory';
import { deleting, deletionOf, usersCalled } from '../support/deletions';
import { effect, newUser, openTestDirectory, type TestDirectory } from '../support/directory';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
  await world.directory.createCustomer(
    contoso,
    new Map([
      ['EMS', 3],
      ['E5', 1],
    ]),
    effect(),
  );
});
afterAll(() => world.close());

const contoso: Customer = {
  id: 'c1',
  name: 'Contoso',
  defaultDomain: 'contoso.example',
  domains: ['contoso.example', 'shop.example'],
};
const rival = { id: 'c2', name: 'Rival', defaultDomain: 'rival.example', domains: ['rival.example'] };

async function seen(id = 'c1'): Promise<string> {
  const customer = await world.directory.findCustomer(id);
  return customerFingerprint(customer!, await world.directory.listSubscriptions(id));
}

interface Changes extends Partial<Customer> {
  readonly seats?: Readonly<Record<string, number>>;
  readonly seen?: string;
}

async function update({ seats = { EMS: 3, E5: 1 }, ...changes }: Changes): Promise<UpdateCustomerOutcome> {
  const { seen: known = await seen(), ...fields } = changes;
  return world.directory.updateCustomer(
    { ...contoso, ...fields },
    new Map(Object.entries(seats)),
    known,
    effect(),
  );
}

describe('Updating a customer', () => {
  it('changes its name, its domains and its products, and finds it by them', async () => {
    const domains = ['contoso.example', 'new.example'];

    expect(await update({ name: 'Fabrikam', domains, seats: { EMS: 0, VISIO: 7 } })).toEqual({
      kind: 'updated',
    });

    expect(await world.directory.findCustomer('c1')).toEqual({ ...contoso, name: 'Fabrikam', domains });
    expect(await world.directory.listSubscriptions('c1')).toEqual([
      { skuPartNumber: 'EMS', total: 0, consumed: 0 },
      { skuPartNumber: 'VISIO', total: 7, consumed: 0 },
    ]);
    const find = async (text: string) =>
      (await world.directory.searchCustomers({ text, within: 'all', limit: 5 })).items.length;
    expect(await Promise.all(['fabrikam', 'new.example', 'contoso', 'shop'].map(find))).toEqual([1, 1, 1, 0]);
    expect(await world.rows('customers')).toMatchObject([{ sortKey: 'fabrikam' }]);
    expect(await world.rows('audit')).toHaveLength(2);
  });

  it("never touches another customer's products", async () => {
    await world.directory.createCustomer(rival, new Map([['EMS', 5]]), effect());

    await update({ seats: {} });

    expect(await world.directory.listSubscriptions('c2')).toHaveLength(1);
    expect(await world.directory.listSubscriptions('c1')).toEqual([]);
  });

  it.each([
    ['its name', () => update({ name: 'Other' })],
    ['its domains', () => update({ domains: ['contoso.example'] })],
    ['a total', () => update({ seats: { EMS: 4, E5: 1 } })],
    ['its products', () => update({ seats: { EMS: 3 } })],
  ])('changes nothing when somebody else changed %s meanwhile', async (_, meanwhile) => {
    const known = await seen();
    await meanwhile();
    const before = [
      await world.rows('customers'),
      await world.rows('subscriptions'),
      await world.rows('effects'),
    ];

    expect(await update({ name: 'Mine', seen: known })).toEqual({ kind: 'changed-meanwhile' });

    expect([
      await world.rows('customers'),
      await world.rows('subscriptions'),
      await world.rows('effects'),
    ]).toEqual(before);
  });

  it('is not held up by a seat that was taken meanwhile', async () => {
    const known = await seen();
    await usersCalled(world, ['ann'], { licenses: ['EMS'] });

    expect(await update({ name: 'Mine', seen: known })).toEqual({ kind: 'updated' });
    expect(await world.rows('subscriptions', { skuPartNumber: 'EMS' })).toMatchObject([{ consumed: 1 }]);
  });

  it('says so when there is no such customer', async () => {
    const outcome = await world.directory.updateCustomer({ ...contoso, id: 'c9' }, new Map(), 'x', effect());
    expect(outcome).toEqual({ kind: 'missing' });
  });

  it('names the domains that are taken, also with two at once', async () => {
    await world.directory.createCustomer(rival, new Map(), effect());
    const other = await world.another();
    const known = { contoso: await seen(), rival: await seen('c2') };

    expect(await update({ domains: [...contoso.domains, 'rival.example', 'free.example'] })).toEqual({
      kind: 'domain-taken',
      domains: ['rival.example'],
    });
    const seats = new Map([
      ['EMS', 3],
      ['E5', 1],
    ]);
    const both = await Promise.all([
      world.directory.updateCustomer(
        { ...contoso, domains: [...contoso.domains, 'both.example'] },
        seats,
        known.contoso,
        effect(),
      ),
      other.updateCustomer(
        { ...rival, domains: [...rival.domains, 'both.example'] },
        new Map(),
        known.rival,
        effect(),
      ),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['domain-taken', 'updated']);
    expect(both).toContainEqual({ kind: 'domain-taken', domains: ['both.example'] });
  });

  it('takes no domain away that a user has, but one that only deleted users or others had', async () => {
    const domains = ['contoso.example', 'shop.example', 'a.shop.example', 'shopxexample.example'];
    await update({ domains });
    const [ann] = await usersCalled(world, ['ann']);
    for (const upn of ['ANN@Shop.Example', 'bob@a.shop.example']) {
      await world.directory.createUser(
        newUser({ userPrincipalName: upn, displayName: 'contoso.example' }),
        effect(),
      );
    }
    await world.directory.createUser(
      newUser({ userPrincipalName: 'ann@shopxexample.example', customerId: 'c2' }),
      effect(),
    );
    await world.directory.deleteUsers(deletionOf([ann!]), deleting());

    expect(await update({ defaultDomain: 'new.example', domains: ['new.example'] })).toEqual({
      kind: 'domain-in-use',
      domains: ['shop.example', 'a.shop.example'],
    });
    const kept = ['shop.example', 'a.shop.example'];
    expect(await update({ defaultDomain: 'shop.example', domains: kept })).toEqual({ kind: 'updated' });
  });

  it('lowers no total below what is used, and names every product that is', async () => {
    await usersCalled(world, ['ann', 'bob'], { licenses: ['EMS'] });

    expect(await update({ seats: { EMS: 1, E5: 0 } })).toEqual({
      kind: 'seats-in-use',
      subscriptions: [{ skuPartNumber: 'EMS', total: 3, consumed: 2 }],
    });
    expect(await update({ seats: {} })).toMatchObject({ kind: 'seats-in-use' });
    expect(await world.rows('subscriptions')).toMatchObject([{ total: 3 }, { total: 1 }]);
    expect(await update({ seats: { EMS: 2, E5: 0 } })).toEqual({ kind: 'updated' });
  });

  it('can be renamed although more is used than there is', async () => {
    await world.connection
      .collection('subscriptions')
      .updateOne({ skuPartNumber: 'EMS' }, { $set: { consumed: 9 } });

    expect(await update({ name: 'Other' })).toEqual({ kind: 'updated' });
    expect(await update({ seats: { EMS: 2, E5: 1 } })).toMatchObject({ kind: 'seats-in-use' });
    expect(await update({ seats: { EMS: 9, E5: 1 } })).toEqual({ kind: 'updated' });
  });

  it('never leaves fewer seats than are used, while users are being created', async () => {
    const other = await world.another();
    const known = await seen();
    const users = Array.from({ length: 3 }, (_, place) =>
      newUser({ userPrincipalName: `u${place}@contoso.example`, licenses: ['EMS'] }),
    );

    await Promise.all([
      ...users.map((user) => other.createUser(user, effect())),
      update({ seats: { EMS: 1, E5: 1 }, seen: known }),
    ]);

    const [row] = await world.rows('subscriptions', { skuPartNumber: 'EMS' });
    expect(Number(row!['consumed'])).toBeLessThanOrEqual(Number(row!['total']));
    expect(await world.rows('users')).toHaveLength(Number(row!['consumed']));
  });

  it('happens once for a form', async () => {
    const form = effect({ result: { customerId: 'c1' } });
    const known = await seen();
    const save = () => world.directory.updateCustomer({ ...contoso, name: 'New' }, new Map(), known, form);

    expect(await save()).toEqual({ kind: 'updated' });
    expect(await save()).toEqual({ kind: 'repeated', result: { customerId: 'c1' } });
  });
});
