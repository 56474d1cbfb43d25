import { createMongoDirectory } from '../../src/directory/mongo/directory';
import type { accountsOf } from '../../src/directory/mongo/accounts';
import type { Customer } from '../../src/domain/customer';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { customer, manyCustomers, storeCustomers } from '../support/many-customers';
import { hire, verbsOn } from '../support/scenes';

let world: TestHouse;
beforeEach(async () => {
  world = await openTestHouse({ demo: false });
});
afterEach(() => world.close());

/** The default domains on a page of the list, in its order. */
function domainsOn(shown: Shown): string[] {
  return shown.text.split('\n').filter((line) => line.endsWith('.example'));
}

async function walk(chat: Chat, from: Shown, button: 'Next' | 'Previous'): Promise<string[][]> {
  const pages = [domainsOn(from)];
  let page = from;
  while (page.buttons.some(({ title }) => title === button)) {
    page = await chat.press(page, button);
    pages.push(domainsOn(page));
    if (pages.length > 100) throw new Error('The list does not end.');
  }
  return pages;
}

describe('Paging through customers', () => {
  it.each([0, 1, 7, 8, 9, 16, 17, 500])('forward shows each of %d once, in order', async (count) => {
    const customers = manyCustomers(count);
    await storeCustomers(world.database.connection, customers);
    const chat = world.chat();

    const pages = await walk(chat, await chat.type('/customers'), 'Next');

    const sorted = [...customers].sort(byNameThenId);
    expect(pages.flat()).toEqual(sorted.map(({ defaultDomain }) => defaultDomain));
    expect(pages.slice(0, -1).every((page) => page.length === 8)).toBe(true);
  });

  it.each([9, 17, 500])('back from the end shows each of %d once too', async (count) => {
    await storeCustomers(world.database.connection, manyCustomers(count));
    const chat = world.chat();
    let page = await chat.type('/customers');
    const forward = await walk(chat, page, 'Next');
    while (page.buttons.some(({ title }) => title === 'Next')) page = await chat.press(page, 'Next');

    const back = await walk(chat, page, 'Previous');

    expect([...back].reverse()).toEqual(forward);
  });

  it('offers no way on where there is none', async () => {
    await storeCustomers(world.database.connection, manyCustomers(8));

    const titles = (await world.chat().type('/customers')).buttons.map(({ title }) => title);

    expect(titles).not.toContain('Next');
    expect(titles).not.toContain('Previous');
  });

  it('loses and doubles none when customers come and go between two pages', async () => {
    const [gone, ...stay] = manyCustomers(17);
    await storeCustomers(world.database.connection, [gone!, ...stay]);
    const chat = world.chat();
    const first = await chat.type('/customers');
    await world.database.connection.collection('customers').deleteOne({ defaultDomain: gone!.defaultDomain });
    await storeCustomers(world.database.connection, [customer('AAA', 'aaa.example')]);

    const pages = await walk(chat, first, 'Next');

    expect(new Set(pages.flat()).size).toBe(17);
  });

  it.each([
    '',
    'x',
    '!!',
    'bnVsbA',
    'NQ',
    'W10',
    'WzEsMl0',
    Buffer.from('{"a":{"$gt":""}}').toString('base64url'),
  ])('begins at the first page for the unreadable key "%s", in either direction', async (hostile) => {
    const { connection } = world.database;
    await storeCustomers(connection, manyCustomers(20));
    const { records } = world.house;
    const directory = createMongoDirectory({ connection, accounts: modelsOf(connection), records });
    const query = { text: '', within: 'all', limit: 8 } as const;

    const first = await directory.searchCustomers(query);

    expect(await directory.searchCustomers({ ...query, after: hostile })).toEqual(first);
    expect(await directory.searchCustomers({ ...query, before: hostile })).toEqual(first);
  });
});

/** The models that the house made on this connection. */
function modelsOf(connection: TestHouse['database']['connection']): ReturnType<typeof accountsOf> {
  return connection.models as unknown as ReturnType<typeof accountsOf>;
}

describe('Searching customers', () => {
  beforeEach(() =>
    storeCustomers(world.database.connection, [
      customer('Hélène & Söhne', 'helene.example'),
      customer('Łódź Œuvres', 'lodz.example', 'textile-mills.example'),
      customer('A.*(B) Works', 'works.example'),
      customer('Contoso Bakery', 'contoso.example'),
    ]),
  );

  it.each([
    ['hele', ['helene.example']],
    ['HÉLÈNE', ['helene.example']],
    ['he\u0301le', ['helene.example']],
    ['sohne', ['helene.example']],
    ['lodz oeu', ['lodz.example']],
    ['textile', ['lodz.example']],
    ['mills.ex', ['lodz.example']],
    ['contoso.example', ['contoso.example']],
    ['bak con', ['contoso.example']],
    ['works', ['works.example']],
    ['élène', []],
    ['ontoso', []],
    ['con xyz', []],
  ])('finds by the start of any word, without accents and case: %j', async (text, found) => {
    expect(domainsOn(await world.chat().type(`/customers ${text}`))).toEqual(found);
  });

  it.each(['.*(', '[', '\\', '$where', '^', '.', '*', '{"$gt":""}', "'; drop"])(
    'takes %j for characters and never for a pattern',
    async (text) => {
      const shown = await world.chat().type(`/customers a${text}`);

      expect(shown.name).toBe('customers');
      expect(domainsOn(shown)).not.toContain('contoso.example');
    },
  );

  it('says so when nothing is found, keeps the text, and lets another be searched in its place', async () => {
    const chat = world.chat();
    const none = await chat.type('/customers nobody');

    const found = await chat.press(none, 'customers.search', { text: 'bakery' });

    expect(none.text).toContain('No customer matches.');
    expect(none.inputs.text).toBe('nobody');
    expect(found.answer.place).toBe('here');
    expect(domainsOn(found)).toEqual(['contoso.example']);
  });

  it('shows all again when the search is emptied', async () => {
    const chat = world.chat();
    const found = await chat.type('/customers bakery');

    const { text: _, ...emptied } = found.inputs;
    const data = found.buttons.find(({ verb }) => verb === 'customers.search')!.data;
    const all = await chat.send({ kind: 'pressed', verb: 'customers.search', data: { ...data, ...emptied } });

    expect(domainsOn({ ...found, ...all })).toHaveLength(4);
  });

  it('keeps its text from page to page', async () => {
    await storeCustomers(world.database.connection, manyCustomers(20));
    const chat = world.chat();

    const pages = await walk(chat, await chat.type('/customers company'), 'Next');

    expect(pages.flat()).toHaveLength(20);
    expect(pages.flat()).not.toContain('contoso.example');
  });

  it('finds for an operator only what is theirs', async () => {
    const own = customer('Łódź Œuvres', 'lodz.example').id;
    const eve = await hire(world, 'web:eve', 'admin_agent', [own]);

    expect(domainsOn(await eve.type('/customers'))).toEqual(['lodz.example']);
    expect((await eve.type('/customers contoso')).text).not.toContain('Contoso');
  });

  it('shows nothing to an operator of no customer, and no Add customer to those without the right', async () => {
    const bill = await hire(world, 'web:bill', 'billing_admin', []);
    const shown = await bill.type('/customers');

    expect(domainsOn(shown)).toEqual([]);
    expect(verbsOn(shown)).not.toContain('customers.add');
  });
});

function byNameThenId(a: Customer, b: Customer): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
