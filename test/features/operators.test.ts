import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { customerIdOf, hire, openForm, zoe } from '../support/scenes';
import { until } from '../support/until';

const bob = 'web:bob';

let world: TestHouse;
let contoso: string;
beforeAll(async () => {
  world = await openTestHouse();
  contoso = await customerIdOf(world, 'Contoso Bakery');
});
beforeEach(async () => {
  for (const name of ['operators', 'audit', 'auditDetails'])
    await world.database.connection.collection(name).deleteMany({});
});
afterAll(() => world.close());

const stored = (operator: string) => world.rows('operators', { operator });
const entries = (filter: object) => world.rows('audit', filter);

const openAdd = async (chat: Chat) => chat.press(await chat.type('/operators'), 'Add operator');
const add = async (chat: Chat, values: Readonly<Record<string, string>>) =>
  chat.press(await openAdd(chat), 'operators.save', values);

/** Presses a button in the row of an operator. */
async function pressOf(chat: Chat, list: Shown, title: string, operator: string): Promise<Shown> {
  const button = list.buttons.find(
    (one) => one.title === title && JSON.stringify(one.data).includes(`"${operator}"`),
  );
  if (!button) throw new Error(`The list has no "${title}" for ${operator}.`);
  return chat.send({ kind: 'pressed', verb: button.verb, data: button.data });
}
const openChange = async (chat: Chat, operator: string) =>
  pressOf(chat, await chat.type('/operators'), 'Change', operator);
const openRemove = async (chat: Chat, operator: string) =>
  pressOf(chat, await chat.type('/operators'), 'Remove', operator);

const helpdesk = { partnerRole: 'helpdesk_agent', customers: 'all' };

describe('The list of operators', () => {
  it('names each with role and customers, and who is named by the configuration', async () => {
    await hire(world, bob, 'sales_agent', [contoso]);

    const list = await world.chat().type('/operators');

    expect(list.text).toMatch(/Ada\nweb:ada\nAdmin agent · All customers\nNamed by ADMIN_AGENTS/);
    expect(list.text).toContain('web:bob\nSales agent · Contoso Bakery');
    expect(list.answer.audience).toBe('operator');
    expect(list.buttons.filter(({ title }) => title === 'Remove')).toHaveLength(1);
  });

  it.each([1, 7, 8, 49])('shows each of %d and the configured one once, forward and back', async (count) => {
    for (let number = 0; number < count; number += 1) await hire(world, `web:op${number}`, 'sales_agent');
    const chat = world.chat();
    let page = await chat.type('/operators');
    const seen = [...idsOn(page)];
    while (page.buttons.some(({ title }) => title === 'Next')) {
      page = await chat.press(page, 'Next');
      seen.push(...idsOn(page));
    }
    const back = [...idsOn(page)].reverse();
    while (page.buttons.some(({ title }) => title === 'Previous')) {
      page = await chat.press(page, 'Previous');
      back.push(...[...idsOn(page)].reverse());
    }

    expect(new Set(seen).size).toBe(count + 1);
    expect(seen).toHaveLength(count + 1);
    expect(new Set(back)).toEqual(new Set(seen));
  });

  it('is searched by the start of a word of the name or the id', async () => {
    for (let number = 0; number < 9; number += 1) await hire(world, `web:op${number}`, 'sales_agent');
    await world.house.records.people.create({
      _id: 'web:op4',
      name: 'Hélène',
      at: new Date(),
      searchTokens: [],
    });
    const chat = world.chat();

    const found = await chat.press(await chat.type('/operators'), 'operators.open', { text: 'helene' });

    expect(idsOn(found)).toEqual(['web:op4']);
    expect((await chat.type('/operators nobody')).text).toContain('No operator matches');
  });

  it('says in a demo that names nobody that everybody else is an admin agent', async () => {
    const open = await openTestHouse({ adminAgents: [] });

    expect((await open.chat('web:anna').type('/operators')).text).toContain(
      'everybody who is not listed here',
    );
    await open.close();
  });
});

function idsOn(shown: Shown): string[] {
  return shown.text.split('\n').filter((line) => line.startsWith('web:'));
}

describe('An operator who is added', () => {
  it('may act at once, also through a second process, within role and customers; audited', async () => {
    const chat = world.chat();
    const elsewhere = world.chat(bob, { house: await world.another() });
    expect((await elsewhere.type('/rollcall')).name).toBe('not-an-operator');

    const saved = await add(chat, {
      operator: ' WEB:Bob ',
      partnerRole: 'user_management_admin',
      customers: contoso,
    });

    expect(saved.text).toContain('web:bob\nUser management admin · Contoso Bakery');
    expect((await openForm(elsewhere)).name).toBe('add-user');
    expect((await elsewhere.type('/customers fabrikam')).text).toContain('No customer matches');
    expect(await stored(bob)).toMatchObject([{ partnerRole: 'user_management_admin', customers: [contoso] }]);
    const [entry] = await entries({ outcome: 'success' });
    expect(entry).toMatchObject({
      action: 'update_operator',
      operator: 'web:ada',
      target: bob,
      customerId: null,
    });
    expect(await world.rows('auditDetails', { _id: entry!._id })).toMatchObject([
      { after: { partnerRole: 'user_management_admin', customers: [contoso] } },
    ]);
  });

  it('is picked among those who have written and are no operators yet, by name', async () => {
    await hire(world, 'web:old', 'sales_agent');
    for (const id of ['web:old', bob, 'web:ada']) await world.chat(id).type('/rollcall');
    await until(async () => (await world.rows('people', { _id: bob })).length === 1);

    const form = await openAdd(world.chat());
    const saved = await world.chat().press(form, 'operators.save', { ...helpdesk, person: bob });

    expect(form.choices('person')[0]).toBe('other: Someone else: enter the id below');
    expect(form.choices('person')).toContain('web:bob: Bob · web:bob');
    expect(form.choices('person').join()).not.toMatch(/web:old|web:ada/);
    expect(saved.text).toContain('Bob\nweb:bob\nHelpdesk agent · All customers');
  });

  it('is searched for inside the card when many have written, and what was typed stays', async () => {
    await world.house.records.people.insertMany(
      Array.from({ length: 80 }, (_, place) => ({
        ...{ _id: `web:p${place}`, name: `Person ${place}`, at: new Date(place) },
        searchTokens: ['person', `n${place}n`],
      })),
    );
    const chat = world.chat();
    const form = await openAdd(chat);
    const search = form.buttons.find(
      ({ verb, data }) => verb === 'operators.open' && 'form' in (data.frozen as object),
    )!;

    const found = await chat.send({
      kind: 'pressed',
      verb: 'operators.open',
      data: { ...search.data, ...form.inputs, ...helpdesk, find: 'n7n' },
    });

    expect(form.choices('person').length).toBeLessThanOrEqual(61);
    expect(found.choices('person')).toContain('web:p7: Person 7 · web:p7');
    expect(found.choices('person')).toHaveLength(2);
    expect(found.inputs).toMatchObject({ ...helpdesk, find: 'n7n' });
    expect(await chat.press(found, 'operators.save', { person: 'web:p7' })).toMatchObject({
      name: 'operator-saved',
    });
  });

  it.each([
    [{ ...helpdesk }, 'operator', /one of the two/],
    [{ ...helpdesk, person: bob, operator: 'web:x' }, 'operator', /one of the two/],
    [{ ...helpdesk, operator: 'mail:x' }, 'operator', /Not an id of a person: mail:x/],
    [{ ...helpdesk, operator: 'web:ada' }, 'operator', /already/],
    [{ operator: bob, customers: 'all' }, 'partnerRole', /required/],
    [{ operator: bob, customers: 'all', partnerRole: 'owner' }, 'partnerRole', /required/],
    [{ operator: bob, partnerRole: 'sales_agent' }, 'customers', /required/],
    [{ operator: bob, partnerRole: 'sales_agent', customers: 'all,x' }, 'customers', /either all/],
    [
      { operator: bob, partnerRole: 'sales_agent', customers: 'x' },
      'customers',
      /Not a customer any more: x/,
    ],
    [{ operator: bob, partnerRole: 'sales_agent', customers: many(51) }, 'customers', /At most 50/],
  ])('is refused at the field and nothing is stored: %j', async (values, field, reason) => {
    const again = await add(world.chat(), values);

    expect(again.name).toBe('operator-form');
    expect(again.fault(field)).toMatch(reason);
    expect(await world.rows('operators', {})).toEqual([]);
    expect(await entries({})).toEqual([]);
  });

  it('is added once however often the form is sent, also through two processes at once', async () => {
    const chat = world.chat();
    const elsewhere = world.chat(undefined, { house: await world.another() });
    const form = await openAdd(chat);

    const answers = await Promise.all(
      [chat, elsewhere, chat, elsewhere].map((one) =>
        one.press(form, 'operators.save', { ...helpdesk, operator: bob }),
      ),
    );

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.name).toBe('operator-saved');
    expect(await entries({ action: 'update_operator' })).toHaveLength(1);
  });

  it('is not web:<name> outside the demo', async () => {
    const real = await openTestHouse({ demo: false });

    const again = await add(real.chat(), { ...helpdesk, operator: bob });

    expect(again.fault('operator')).toMatch(/Not an id/);
    await real.close();
  });
});

function many(count: number): string {
  return Array.from({ length: count }, (_, place) => `id${place}`).join();
}

describe('An operator who is changed', () => {
  it('has the new role and customers at the next action; before and after are audited', async () => {
    const chat = world.chat();
    const theirs = await hire(world, bob, 'sales_agent', [contoso]);

    const form = await openChange(chat, bob);
    await chat.press(form, 'operators.save', { partnerRole: 'admin_agent', customers: 'all' });

    expect(form.inputs).toMatchObject({ partnerRole: 'sales_agent', customers: contoso });
    expect(form.inputs).not.toHaveProperty('operator');
    expect((await theirs.type('/operators')).name).toBe('operators');
    expect(await world.rows('auditDetails', { target: bob })).toMatchObject([
      {
        before: { partnerRole: 'sales_agent', customers: [contoso] },
        after: { partnerRole: 'admin_agent', customers: 'all' },
      },
    ]);
  });

  it('is not overwritten unseen when somebody else was first: says what it is now and keeps the choices', async () => {
    await hire(world, bob, 'sales_agent', [contoso]);
    await hire(world, 'web:cleo', 'global_admin');
    const form = await openChange(world.chat(), bob);
    const other = await openChange(world.chat('web:cleo'), bob);
    await world.chat('web:cleo').press(other, 'operators.save', { partnerRole: 'helpdesk_agent' });

    const again = await world.chat().press(form, 'operators.save', { partnerRole: 'billing_admin' });

    expect(again.text).toContain('By now: Helpdesk agent, Contoso Bakery.');
    expect(again.inputs).toMatchObject({ partnerRole: 'billing_admin' });
    expect(await stored(bob)).toMatchObject([{ partnerRole: 'helpdesk_agent' }]);
    expect((await world.chat().press(again, 'operators.save')).name).toBe('operator-saved');
    expect(await stored(bob)).toMatchObject([{ partnerRole: 'billing_admin' }]);
  });

  it('keeps customers for which the form has no room', async () => {
    const customers = Array.from({ length: 53 }, (_, place) => `c${place}`);
    await world.database.connection.collection('customers').insertMany(
      customers.map((id) => ({
        ...{ _id: id as never, name: `C ${id}`, defaultDomain: `${id}.example`, domains: [`${id}.example`] },
        ...{ sortKey: id, searchTokens: [] },
      })),
    );
    await hire(world, bob, 'sales_agent', customers);
    const chat = world.chat();
    const form = await openChange(chat, bob);

    await chat.press(form, 'operators.save', { customers: 'c0,c1' });

    expect(form.text).toContain('3 more customers are not shown here');
    expect(await stored(bob)).toMatchObject([{ customers: ['c0', 'c1', 'c50', 'c51', 'c52'] }]);
  });

  it('stays another one when the payload is tampered with, and it is audited', async () => {
    await hire(world, bob, 'sales_agent', [contoso]);
    const form = await openChange(world.chat(), bob);
    const { data } = form.buttons.find(({ verb }) => verb === 'operators.save')!;
    const frozen = { ...(data.frozen as object), operator: 'web:hugo' };

    const refused = await world
      .chat()
      .send({ kind: 'pressed', verb: 'operators.save', data: { ...data, frozen, ...helpdesk } });

    expect(refused.name).toBe('stale');
    expect(await entries({})).toMatchObject([{ action: 'update_operator', outcome: 'denied' }]);
  });
});

describe('An operator who is removed', () => {
  it('is refused at the next action, in every process, after a confirmation that names person, role and consequence', async () => {
    const theirs = await hire(world, bob, 'user_management_admin');
    await until(async () => (await theirs.type('/rollcall')).name === 'help');
    const form = await openForm(theirs);
    const chat = world.chat();

    const ask = await openRemove(chat, bob);
    const removed = await chat.press(ask, 'operators.remove');

    expect(ask.text).toMatch(/Remove this operator\?\nBob\nweb:bob\nUser management admin · All customers/);
    expect(ask.text).toContain('can no longer use Rollcall');
    expect(removed.text).toMatch(/^Operator removed\nBob/);
    expect((await theirs.press(form, 'add-user.save', zoe)).name).toBe('not-an-operator');
    expect((await world.chat(bob, { house: await world.another() }).type('/users')).name).toBe(
      'not-an-operator',
    );
    expect(await stored(bob)).toEqual([]);
    const [entry] = await entries({ action: 'remove_operator' });
    expect(entry).toMatchObject({ outcome: 'success', target: bob });
    expect(await world.rows('auditDetails', { _id: entry!._id })).toMatchObject([
      { before: { partnerRole: 'user_management_admin', customers: 'all' } },
    ]);
  });

  it('is removed once however often it is pressed, with the first answer each time', async () => {
    await hire(world, bob, 'sales_agent', [contoso]);
    const chat = world.chat();
    const ask = await openRemove(chat, bob);

    const answers = [await chat.press(ask, 'operators.remove'), await chat.press(ask, 'operators.remove')];

    expect(answers[1]!.text).toBe(answers[0]!.text);
    expect(await entries({ action: 'remove_operator' })).toHaveLength(1);
  });

  it('says so when somebody else was first', async () => {
    await hire(world, bob, 'sales_agent');
    const ask = await openRemove(world.chat(), bob);
    await world.database.connection.collection('operators').deleteOne({ operator: bob });

    expect((await world.chat().press(ask, 'operators.remove')).name).toBe('operator-gone');
  });

  it('and is named by the configuration is an admin agent again, which the confirmation says', async () => {
    await hire(world, 'web:cleo', 'global_admin');
    await world.database.connection
      .collection('operators')
      .insertOne({ operator: 'web:ada', partnerRole: 'sales_agent', customers: 'all' });
    const cleo = world.chat('web:cleo');
    expect((await world.chat().type('/operators')).name).toBe('denied');

    const ask = await openRemove(cleo, 'web:ada');
    await cleo.press(ask, 'operators.remove');

    expect(ask.text).toContain('is an admin agent for all customers again');
    expect((await world.chat().type('/operators')).name).toBe('operators');
  });
});

describe('The last who may manage operators for all customers', () => {
  let common: TestHouse;
  beforeAll(async () => {
    common = world;
    world = await openTestHouse({ adminAgents: ['web:nobody'] });
    contoso = await customerIdOf(world, 'Contoso Bakery');
  });
  afterAll(async () => {
    await world.close();
    world = common;
    contoso = await customerIdOf(world, 'Contoso Bakery');
  });
  beforeEach(async () => {
    await world.database.connection
      .collection('operators')
      .insertOne({ operator: 'web:nobody', partnerRole: 'sales_agent', customers: 'all' });
    await hire(world, 'web:ada', 'admin_agent');
  });

  it.each([
    [{ partnerRole: 'helpdesk_agent' }, 'partnerRole'],
    [{ customers: 'contoso' }, 'customers'],
  ])('cannot be demoted or restricted: %j', async (values, field) => {
    const chat = world.chat();
    const own = 'customers' in values ? { customers: contoso } : values;

    const again = await chat.press(await openChange(chat, 'web:ada'), 'operators.save', own);

    expect(again.fault(field)).toMatch(/Nobody else may manage operators/);
    expect((await chat.type('/operators')).name).toBe('operators');
    expect(await entries({})).toEqual([]);
  });

  it('cannot be removed', async () => {
    const chat = world.chat();

    const refused = await chat.press(await openRemove(chat, 'web:ada'), 'operators.remove');

    expect(refused.text).toContain('Nothing was changed. Nobody else may manage operators');
    expect(refused.buttons.map(({ verb }) => verb)).not.toContain('operators.remove');
    expect(await stored('web:ada')).toHaveLength(1);
  });

  it('is left when two remove each other at once through two processes', async () => {
    const cleo = await hire(world, 'web:cleo', 'global_admin');
    const elsewhere = world.chat('web:cleo', { house: await world.another() });
    const asks = [await openRemove(world.chat(), 'web:cleo'), await openRemove(cleo, 'web:ada')] as const;

    await Promise.all([
      world.chat().press(asks[0], 'operators.remove'),
      elsewhere.press(asks[1], 'operators.remove'),
    ]);

    expect(
      await world.rows('operators', { partnerRole: { $ne: 'sales_agent' }, operator: { $ne: 'web:hugo' } }),
    ).toHaveLength(1);
    expect(await entries({ action: 'remove_operator', outcome: 'success' })).toHaveLength(1);
  });
});

describe('An operator of chosen customers', () => {
  let eve: Chat;
  let fabrikam: string;
  beforeEach(async () => {
    fabrikam = await customerIdOf(world, 'Ateliers Fabrikam');
    eve = await hire(world, 'web:eve', 'admin_agent', [contoso]);
    await hire(world, bob, 'sales_agent', [contoso, fabrikam]);
  });

  it('sees no names of others’ customers, and changes and removes only those within', async () => {
    await hire(world, 'web:dan', 'sales_agent', [contoso]);

    const list = await eve.type('/operators');
    const form = await openChange(eve, 'web:dan');

    expect(list.text).toContain('web:bob\nSales agent · Contoso Bakery and 1 more');
    expect(list.text).not.toContain('Fabrikam');
    await expect(openChange(eve, bob)).rejects.toThrow('no "Change"');
    expect(form.choices('customers')).toEqual([`${contoso}: Contoso Bakery · contoso.example`]);
    expect((await eve.press(await openRemove(eve, 'web:dan'), 'operators.remove')).name).toBe(
      'operator-saved',
    );
  });

  it.each(['all', 'fabrikam'])('cannot grant more than is theirs (%s), which is audited', async (wanted) => {
    const customers = wanted === 'all' ? 'all' : fabrikam;

    const refused = await add(eve, { operator: 'web:dan', partnerRole: 'sales_agent', customers });

    expect(refused.name).toBe('operator-not-yours');
    expect(await stored('web:dan')).toEqual([]);
    expect(await entries({})).toMatchObject([
      { action: 'update_operator', target: 'web:dan', outcome: 'denied' },
    ]);
  });

  it('cannot use a button that was made for somebody with more', async () => {
    const form = await openChange(world.chat(), bob);
    const ask = await openRemove(world.chat(), bob);

    expect((await eve.press(form, 'operators.save', { ...helpdesk, customers: contoso })).name).toBe(
      'operator-not-yours',
    );
    expect((await eve.press(ask, 'operators.remove')).name).toBe('operator-not-yours');
    expect(await stored(bob)).toMatchObject([{ partnerRole: 'sales_agent' }]);
    expect((await entries({ outcome: 'denied' })).map(({ action }) => action).sort()).toEqual([
      'remove_operator',
      'update_operator',
    ]);
  });

  it('cannot give back what the configuration grants by removing a record', async () => {
    await world.database.connection
      .collection('operators')
      .insertOne({ operator: 'web:ada', partnerRole: 'sales_agent', customers: [contoso] });

    const list = await eve.type('/operators');

    await expect(pressOf(eve, list, 'Remove', 'web:ada')).rejects.toThrow('no "Remove"');
  });
});

it('Everything is said in French too', async () => {
  const chat = world.chat(undefined, { locale: { language: 'fr', timeZone: 'Europe/Paris' } });
  await hire(world, bob, 'sales_agent', [contoso]);

  const list = await chat.type('/operators');
  const form = await chat.press(list, 'Ajouter un opérateur');
  const again = await chat.press(form, 'operators.save', {});

  expect(list.text).toContain('Agent commercial · Contoso Bakery');
  expect(form.choices('customers')[0]).toBe('all: Tous les clients');
  expect(again.fault('operator')).toMatch(/Choisissez une personne/);
});
