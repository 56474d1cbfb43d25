import { admin, openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { customerIdOf, hire, openForm, verbsOn, zoe } from '../support/scenes';

const hour = 60 * 60 * 1000;

let world: TestHouse;
beforeEach(async () => {
  world = await openTestHouse();
});
afterEach(() => world.close());

const pick = async (chat: Chat, name = 'contoso') =>
  chat.press(await chat.type(`/customers ${name}`), 'customers.pick');

describe('A picked customer', () => {
  it('is named on the card and stands for the commands that follow', async () => {
    const chat = world.chat();

    const picked = await pick(chat);

    expect(picked.name).toBe('customer-picked');
    expect(picked.text).toMatch(/^Contoso Bakery {2}contoso\.example/);
    expect((await chat.type('/add-user')).text).toMatch(/^Contoso Bakery/);
  });

  it('holds for 8 hours and not a millisecond longer', async () => {
    const chat = world.chat();
    await pick(chat);

    world.clock.pass(8 * hour - 1);
    const held = await chat.type('/add-user');
    world.clock.pass(1);
    const asked = await chat.type('/add-user');

    expect([held.name, asked.name]).toEqual(['add-user', 'customers']);
  });

  it('holds for this operator in this conversation alone', async () => {
    const channel = { conversation: { id: 'demo:channel', kind: 'channel' as const } };
    await pick(world.chat('web:ada', channel));
    await hire(world, 'web:bob', 'admin_agent');

    expect((await world.chat('web:ada', channel).type('/add-user')).name).toBe('add-user');
    expect((await world.chat('web:ada').type('/add-user')).name).toBe('customers');
    expect((await world.chat('web:bob', channel).type('/add-user')).name).toBe('customers');
  });

  it('holds for the group it was asked for in, although the list is answered in private', async () => {
    const [ada, group] = [
      world.chat(),
      world.chat(admin, { conversation: { id: 'demo:group', kind: 'group' } }),
    ];

    const listed = await group.type('/customers contoso');
    const picked = await ada.press(listed, 'customers.pick');

    expect(listed.answer.audience).toBe('operator');
    expect(picked.text).toContain('in the group or channel where you asked');
    expect((await group.type('/add-user')).text).toMatch(/^Contoso Bakery/);
    expect((await ada.type('/add-user')).name).toBe('customers');
    expect((await ada.press(picked, 'add-user.open')).text).toMatch(/^Contoso Bakery/);
  });

  it('lets a command of a group go on in private, for the customer picked there, after a search', async () => {
    const [ada, group] = [
      world.chat(),
      world.chat(admin, { conversation: { id: 'demo:group', kind: 'group' } }),
    ];

    const found = await ada.press(await group.type('/add-user'), 'customers.search', { text: 'fabrikam' });
    const form = await ada.press(found, 'customers.pick');

    expect(form.name).toBe('add-user');
    expect(form.text).toMatch(/^Ateliers Fabrikam/);
    expect((await group.type('/add-user')).text).toMatch(/^Ateliers Fabrikam/);
  });

  it('gives way to the one picked last, and leads on to the command that asked', async () => {
    const chat = world.chat();
    await pick(chat);
    const form = await chat.type('/add-user');
    const change = await chat.press(form, 'Change');

    const fabrikam = change.buttons.find(
      ({ verb, data }) => verb === 'customers.pick' && JSON.stringify(data).includes(fabrikamId),
    )!;
    const next = await chat.send({ kind: 'pressed', verb: fabrikam.verb, data: fabrikam.data });

    expect(next.name).toBe('add-user');
    expect(next.text).toMatch(/^Ateliers Fabrikam/);
  });

  it('is asked for anew when it is gone', async () => {
    const chat = world.chat();
    const list = await chat.type('/customers contoso');
    await pick(chat);
    await world.database.connection.collection('customers').deleteOne({ name: 'Contoso Bakery' });

    expect((await chat.press(list, 'customers.pick')).name).toBe('customer-gone');
    expect((await chat.type('/add-user')).name).toBe('customers');
  });

  let fabrikamId: string;
  beforeEach(async () => {
    fabrikamId = await customerIdOf(world, 'Ateliers Fabrikam');
  });
});

describe('An operator who is limited to some customers', () => {
  let eve: Chat;
  let all: Shown;
  beforeEach(async () => {
    eve = await hire(world, 'web:eve', 'admin_agent', [await customerIdOf(world, 'Ateliers Fabrikam')]);
    all = await world.chat().type('/customers contoso');
  });

  it('cannot pick another one by a button that was made for somebody else, and it is audited', async () => {
    const refused = await eve.press(all, 'customers.pick');

    expect(refused.name).toBe('customer-not-yours');
    expect(await world.rows('choices')).toEqual([]);
    expect(await world.rows('audit')).toMatchObject([
      {
        operator: 'web:eve',
        outcome: 'denied',
        customerId: await customerIdOf(world, 'Contoso Bakery'),
      },
    ]);
  });

  it('cannot make a button for another one', async () => {
    const own = (await eve.type('/customers')).buttons.find(({ verb }) => verb === 'customers.pick')!;
    const customerId = await customerIdOf(world, 'Contoso Bakery');
    const frozen = { ...(own.data.frozen as object), customerId };

    for (const data of [{ frozen }, { ...own.data, customerId }]) {
      await eve.send({ kind: 'pressed', verb: 'customers.pick', data });
    }

    expect(await world.rows('choices', { customerId })).toEqual([]);
  });

  it('cannot send a form that was opened for another one', async () => {
    const form = await openForm(world.chat());

    expect((await eve.press(form, 'add-user.save', zoe)).name).toBe('customer-not-yours');
    expect(await world.rows('users')).toEqual([]);
  });

  it('loses a picked customer with the right to it', async () => {
    await pick(eve, 'fabrikam');
    const form = await eve.type('/add-user');
    await world.database.connection
      .collection('operators')
      .updateOne({ operator: 'web:eve' }, { $set: { customers: [] } });

    expect((await eve.type('/add-user')).name).toBe('customers');
    expect((await eve.press(form, 'add-user.save', zoe)).name).toBe('customer-not-yours');
    expect(await world.rows('users')).toEqual([]);
  });
});

describe('Add customer', () => {
  const litware = {
    name: 'Litware',
    defaultDomain: 'Litware.example',
    domains: 'shop.litware.example, litware.test',
    subscriptions: 'ENTERPRISEPACK=25\nEMS=0',
  };
  const openAdd = async (chat: Chat) => chat.press(await chat.type('/customers'), 'Add customer');
  const stored = () => world.rows('customers', { name: 'Litware' });

  it('stores the customer with its domains and seats, audited, and can be picked on the spot', async () => {
    const chat = world.chat();

    const saved = await chat.press(await openAdd(chat), 'customers.save', litware);
    const picked = await chat.press(saved, 'customers.pick');

    expect(saved.text).toMatch(/^Litware {2}litware\.example/);
    expect(await stored()).toMatchObject([
      {
        defaultDomain: 'litware.example',
        domains: ['litware.example', 'shop.litware.example', 'litware.test'],
      },
    ]);
    const customerId = await customerIdOf(world, 'Litware');
    expect(await world.rows('subscriptions', { customerId })).toMatchObject([
      { skuPartNumber: 'EMS', total: 0, consumed: 0 },
      { skuPartNumber: 'ENTERPRISEPACK', total: 25, consumed: 0 },
    ]);
    expect(await world.rows('audit')).toMatchObject([
      { action: 'create_customer', customerId, target: 'litware.example', outcome: 'success' },
    ]);
    expect(picked.name).toBe('customer-picked');
    expect((await chat.type('/add-user')).choices('domain')).toHaveLength(3);
  });

  it('says all that is wrong at once, each at its field, and keeps what was typed', async () => {
    const chat = world.chat();
    const wrong = { name: ' ', defaultDomain: 'no domain', domains: 'a..b', subscriptions: 'E5\nEMS=x' };

    const again = await chat.press(await openAdd(chat), 'customers.save', wrong);

    expect(again.fault('name')).toBe('This field is required.');
    expect(again.fault('defaultDomain')).toMatch(/Not a valid domain name.*no domain/);
    expect(again.fault('domains')).toMatch(/a\.\.b/);
    expect(again.fault('subscriptions')).toMatch(/E5, EMS=x/);
    expect(again.inputs).toMatchObject({ defaultDomain: 'no domain', domains: 'a..b' });
    expect(await world.rows('customers')).toHaveLength(2);
  });

  it.each([
    [{ defaultDomain: 'CONTOSO.example' }, 'defaultDomain', 'domains'],
    [{ domains: 'contoso-shop.example' }, 'domains', 'defaultDomain'],
  ])('refuses a domain of another customer at the field it was typed into: %j', async (change, at, not) => {
    const chat = world.chat();

    const again = await chat.press(await openAdd(chat), 'customers.save', { ...litware, ...change });

    expect(again.fault(at)).toMatch(/Already belongs to a customer: contoso/);
    expect(again.fault(not)).toBeNull();
    expect(await stored()).toEqual([]);
    expect(await world.rows('audit')).toEqual([]);
  });

  it('can be sent again, corrected, after a fault', async () => {
    const chat = world.chat();
    const again = await chat.press(await openAdd(chat), 'customers.save', { ...litware, name: '' });

    const saved = await chat.press(again, 'customers.save', { name: 'Litware' });

    expect(saved.name).toBe('customer-saved');
    expect(await stored()).toHaveLength(1);
  });

  it('has one effect however often it is sent, also through two processes at once', async () => {
    const chat = world.chat();
    const elsewhere = world.chat(undefined, { house: await world.another() });
    const form = await openAdd(chat);

    const answers = await Promise.all(
      [chat, elsewhere, chat, elsewhere].map((one) => one.press(form, 'customers.save', litware)),
    );

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.name).toBe('customer-saved');
    expect(await stored()).toHaveLength(1);
    expect(await world.rows('audit')).toHaveLength(1);
  });

  it('is refused to those who may not manage customers, with the roles that may', async () => {
    const form = await openAdd(world.chat());
    const uma = await hire(world, 'web:uma', 'user_management_admin');

    const refused = await uma.press(form, 'customers.save', litware);

    expect(refused.text).toContain('– Admin agent\n– Global admin');
    expect(verbsOn(await uma.type('/customers'))).not.toContain('customers.add');
    expect(await stored()).toEqual([]);
    expect(await world.rows('audit')).toMatchObject([{ action: 'update_customer', outcome: 'denied' }]);
  });
});
