import { loadCustomers, parseCustomers } from '../../src/directory/mongo/load-customers';
import { effect, newUser, now, openTestDirectory, type TestDirectory } from '../support/directory';
import { realEntropy } from '../support/entropy';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
});
afterAll(() => world.close());

const contoso = {
  name: 'Contoso',
  defaultDomain: 'contoso.example',
  domains: ['contoso.example', 'shop.example'],
  subscriptions: [{ skuPartNumber: 'EMS', total: 5 }],
};
const load = (...entries: object[]) =>
  loadCustomers(parseCustomers(JSON.stringify(entries)), now, { ...world, entropy: realEntropy });

describe('Loading customers', () => {
  it('creates them with their seats, the default domain among their domains', async () => {
    expect(await load({ ...contoso, domains: [] })).toEqual({ created: 1, updated: 0 });

    expect(await world.rows('customers')).toMatchObject([
      { name: 'Contoso', defaultDomain: 'contoso.example', domains: ['contoso.example'] },
    ]);
    expect(await world.rows('subscriptions')).toMatchObject([
      { skuPartNumber: 'EMS', total: 5, consumed: 0 },
    ]);
  });

  it('finds what it created by a search, at once', async () => {
    await load(contoso);

    const page = await world.directory.searchCustomers({ text: 'shop', within: 'all', limit: 8 });

    expect(page.items).toMatchObject([{ name: 'Contoso' }]);
  });

  it('run again changes nothing', async () => {
    await load(contoso);
    const before = [await world.rows('customers'), await world.rows('subscriptions')];

    expect(await load(contoso)).toEqual({ created: 0, updated: 1 });

    expect([await world.rows('customers'), await world.rows('subscriptions')]).toEqual(before);
  });

  it('updates by the default domain, in whatever case, and keeps the id that users refer to', async () => {
    await load(contoso);
    const [before] = await world.rows('customers');

    await load({
      ...contoso,
      name: 'Contoso Ltd',
      defaultDomain: ' CONTOSO.example',
      domains: ['new.example'],
    });

    expect(await world.rows('customers')).toMatchObject([
      { _id: before?._id, name: 'Contoso Ltd', domains: ['contoso.example', 'new.example'] },
    ]);
  });

  it('never touches the seats in use, even where the new total is lower, and none can be taken then', async () => {
    await load(contoso);
    const [customer] = await world.rows('customers');
    const customerId = String(customer?._id);
    for (const name of ['a', 'b', 'c']) {
      const user = newUser({ customerId, userPrincipalName: `${name}@contoso.example`, licenses: ['EMS'] });
      await world.directory.createUser(user, effect());
    }

    await load({ ...contoso, subscriptions: [{ skuPartNumber: 'EMS', total: 2 }] });

    expect(await world.rows('subscriptions')).toMatchObject([{ total: 2, consumed: 3 }]);
    const one = newUser({ customerId, userPrincipalName: 'd@contoso.example', licenses: ['EMS'] });
    expect((await world.directory.createUser(one, effect())).kind).toBe('no-seats');
  });

  it('leaves a product alone that the file does not name', async () => {
    await load(contoso);

    await load({ ...contoso, subscriptions: [{ skuPartNumber: 'O365_w/o_Teams_(E5)', total: 1 }] });

    expect((await world.rows('subscriptions')).map(({ skuPartNumber }) => skuPartNumber).sort()).toEqual([
      'EMS',
      'O365_w/o_Teams_(E5)',
    ]);
  });

  it("refuses another customer's domain, names it, and leaves both customers as they were", async () => {
    await load(contoso);
    const before = await world.rows('customers');

    const other = { ...contoso, name: 'Other', defaultDomain: 'other.example', domains: ['SHOP.example'] };
    await expect(load(other)).rejects.toThrow(/other\.example.*shop\.example.*another customer/);

    expect(await world.rows('customers')).toEqual(before);
    expect(await world.rows('subscriptions')).toHaveLength(1);
  });

  it('run by two processes at once makes each customer once', async () => {
    const entries = Array.from({ length: 5 }, (_, place) => ({
      ...contoso,
      defaultDomain: `c${place}.example`,
      domains: [],
    }));

    await Promise.all([load(...entries), load(...entries)]);

    expect(await world.rows('customers')).toHaveLength(5);
    expect(await world.rows('subscriptions')).toHaveLength(5);
  });
});

describe('A file of customers that is wrong', () => {
  it.each<[string, unknown, RegExp]>([
    ['is no list', contoso, /array/],
    ['lacks a name', [{ ...contoso, name: ' ' }], /\[0\]\.name/],
    ['has a wrong domain', [contoso, { ...contoso, defaultDomain: 'no domain' }], /\[1\]\.defaultDomain/],
    ['has a wrong further domain', [{ ...contoso, domains: ['a', 'ok.example'] }], /\[0\]\.domains\[0\]/],
    [
      'has seats that are no number',
      [{ ...contoso, subscriptions: [{ skuPartNumber: 'EMS', total: '5' }] }],
      /\[0\]\.subscriptions\[0\]\.total/,
    ],
    ['has negative seats', [{ ...contoso, subscriptions: [{ skuPartNumber: 'EMS', total: -1 }] }], /total/],
    ['has half a seat', [{ ...contoso, subscriptions: [{ skuPartNumber: 'EMS', total: 1.5 }] }], /total/],
    [
      'has a product with a space',
      [{ ...contoso, subscriptions: [{ skuPartNumber: 'E M', total: 1 }] }],
      /sku/i,
    ],
    [
      'sets seats in use',
      [{ ...contoso, subscriptions: [{ skuPartNumber: 'E', total: 1, consumed: 0 }] }],
      /consumed/,
    ],
    ['has a member nobody knows', [{ ...contoso, nmae: 'x' }], /nmae/],
  ])('is refused with the place: it %s', (_, file, place) => {
    expect(() => parseCustomers(JSON.stringify(file))).toThrow(place);
  });

  it('is refused with every place at once', () => {
    const file = [
      { ...contoso, name: '' },
      { ...contoso, defaultDomain: '' },
    ];

    expect(() => parseCustomers(JSON.stringify(file))).toThrow(/\[0\]\.name[\s\S]*\[1\]\.defaultDomain/);
  });

  it('is refused when it is no JSON, in words that say so', () => {
    expect(() => parseCustomers('name,domain\n')).toThrow(/not JSON/);
  });

  it('may begin with a byte order mark', () => {
    expect(parseCustomers(`\ufeff${JSON.stringify([contoso])}`)).toHaveLength(1);
  });
});
