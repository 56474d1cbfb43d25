import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { addUser, customerIdOf, hire, verbsOn } from '../support/scenes';

let world: TestHouse;
let contoso: string;
beforeEach(async () => {
  world = await openTestHouse();
  contoso = await customerIdOf(world, 'Contoso Bakery');
});
afterEach(() => world.close());

const customer = async () => (await world.rows('customers', { _id: contoso }))[0]!;
const seats = async (): Promise<Record<string, number>> => {
  const rows = await world.rows('subscriptions', { customerId: contoso });
  return Object.fromEntries(rows.map((one) => [String(one.skuPartNumber), Number(one.total)]));
};
const entries = (filter: object = {}) => world.rows('audit', { action: 'update_customer', ...filter });
const edit = async (chat: Chat) => chat.press(await chat.type('/customers contoso'), 'Edit');
const save = (chat: Chat, form: Shown, values: Readonly<Record<string, string>> = {}) =>
  chat.press(form, 'customers.save', values);

describe('Edit of a customer', () => {
  it('shows what is there and stores what is changed, audited with before and after', async () => {
    const chat = world.chat();
    const form = await edit(chat);
    const lines = String(form.inputs.subscriptions);

    const saved = await save(chat, form, {
      name: 'Contoso Bread',
      domains: 'contoso-shop.example, bread.example',
      subscriptions: `${lines}\nNEW_ONE=7`,
    });

    expect(form.text).toMatch(/^Contoso Bakery {2}contoso\.example\nEdit customer/);
    expect(form.inputs).toMatchObject({ name: 'Contoso Bakery', defaultDomain: 'contoso.example' });
    expect(saved.text).toMatch(/^Contoso Bread.*\nCustomer changed/);
    expect((await customer()).domains).toEqual(['contoso.example', 'contoso-shop.example', 'bread.example']);
    expect((await seats()).NEW_ONE).toBe(7);
    expect((await world.chat().type('/customers bread.ex')).text).toContain('Contoso Bread');
    const [entry] = await entries({ outcome: 'success' });
    expect(entry).toMatchObject({ customerId: contoso, target: 'contoso.example' });
    expect(await world.rows('auditDetails', { _id: entry!._id })).toMatchObject([
      { before: { name: 'Contoso Bakery' }, after: { name: 'Contoso Bread', seats: { NEW_ONE: 7 } } },
    ]);
  });

  it('takes neither seats nor domains that are in use, says which at the field, and changes nothing', async () => {
    const [sku] = Object.keys(await seats());
    await addUser(world, { licenses: sku! });
    const chat = world.chat();
    const form = await edit(chat);

    const short = await save(chat, form, { subscriptions: `${sku}=0` });
    const away = await save(chat, short, {
      ...form.inputs,
      defaultDomain: 'contoso-shop.example',
      domains: '',
    });

    expect(short.fault('subscriptions')).toContain(`At least: ${sku}=1`);
    expect(away.fault('domains')).toContain('contoso.example');
    expect((await customer()).defaultDomain).toBe('contoso.example');
    expect(await entries()).toEqual([]);
  });

  it('takes no domain of another customer, and nothing that is wrong', async () => {
    const chat = world.chat();
    const form = await edit(chat);

    const taken = await save(chat, form, { domains: 'fabrikam.example' });
    const wrong = await save(chat, taken, { name: '', subscriptions: 'x' });

    expect(taken.fault('domains')).toMatch(/Already belongs to a customer: fabrikam\.example/);
    expect(wrong.fault('name')).toBe('This field is required.');
    expect(wrong.inputs).toMatchObject({ subscriptions: 'x' });
  });

  it('overwrites nothing unseen: says who was first, keeps what was typed, and shows what differs', async () => {
    const cleo = await hire(world, 'web:cleo', 'global_admin');
    const form = await edit(world.chat());
    await save(cleo, await edit(cleo), { name: 'Contoso Cakes' });

    const again = await save(world.chat(), form, { name: 'Contoso Bread' });

    expect(again.text).toMatch(/Cleo changed this customer meanwhile/);
    expect(again.inputs.name).toBe('Contoso Bread');
    expect(again.fault('name')).toMatch(/By now: Contoso Cakes/);
    expect(again.fault('subscriptions')).toBeNull();
    expect((await customer()).name).toBe('Contoso Cakes');
    expect((await save(world.chat(), again)).name).toBe('customer-saved');
    expect((await customer()).name).toBe('Contoso Bread');
  });

  it('has one effect however often it is sent, also through two processes at once', async () => {
    const chat = world.chat();
    const elsewhere = world.chat(undefined, { house: await world.another() });
    const form = await edit(chat);

    const answers = await Promise.all(
      [chat, elsewhere, chat, elsewhere].map((one) => save(one, form, { name: 'Contoso Bread' })),
    );

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.name).toBe('customer-saved');
    expect(await entries()).toHaveLength(1);
  });

  it('is not for another customer: neither by a tampered form nor by somebody whose customer it is not', async () => {
    const form = await edit(world.chat());
    const { data } = form.buttons.find(({ verb }) => verb === 'customers.save')!;
    const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
    const frozen = { ...(data.frozen as object), customerId };
    const eve = await hire(world, 'web:eve', 'admin_agent', [customerId]);

    const tampered = await world
      .chat()
      .send({ kind: 'pressed', verb: 'customers.save', data: { ...data, frozen, ...form.inputs } });
    const notTheirs = await save(eve, form, { name: 'Mine' });

    expect([tampered.name, notTheirs.name]).toEqual(['stale', 'customer-not-yours']);
    expect((await customer()).name).toBe('Contoso Bakery');
    expect(await entries({ outcome: 'denied', customerId: contoso })).toHaveLength(1);
    expect(await entries()).toHaveLength(2);
  });

  it('keeps products for which a card has no room, and says so', async () => {
    await world.database.connection.collection('subscriptions').insertMany(
      Array.from({ length: 450 }, (_, place) => ({
        customerId: contoso,
        skuPartNumber: `PRODUCT_NUMBER_${place}_OF_A_LONG_LIST`,
        ...{ total: 10, consumed: 0 },
      })),
    );
    const before = await seats();
    const chat = world.chat();
    const form = await edit(chat);

    const saved = await save(chat, form, { name: 'Contoso Bread' });

    expect(form.inputs).not.toHaveProperty('subscriptions');
    expect(form.text).toMatch(/45\d products are too many for this card and stay as they are/);
    expect(saved.name).toBe('customer-saved');
    expect(await seats()).toEqual(before);
    expect((await customer()).name).toBe('Contoso Bread');
  });

  it('is cut to what a card can hold when far too much is typed, which is said', async () => {
    const chat = world.chat();

    const again = await save(chat, await edit(chat), { subscriptions: 'ENTERPRISEPACK=25\n'.repeat(2_000) });

    expect(again.fault('subscriptions')).toMatch(/11,000 characters fit here/);
    expect(JSON.stringify(again.json).length).toBeLessThan(28 * 1024);
  });

  it('is offered only to those who may, in the list and on a picked customer', async () => {
    const uma = await hire(world, 'web:uma', 'user_management_admin');
    const chat = world.chat();

    const picked = await chat.press(await chat.type('/customers contoso'), 'customers.pick');

    expect(verbsOn(picked)).toContain('customers.edit');
    expect(verbsOn(await uma.type('/customers'))).not.toContain('customers.edit');
    expect((await uma.press(picked, 'customers.edit')).name).toBe('denied');
  });

  it('speaks French', async () => {
    const chat = world.chat(undefined, { locale: { language: 'fr', timeZone: 'Europe/Paris' } });

    const form = await chat.press(await chat.type('/customers contoso'), 'Modifier');

    expect(form.text).toContain('Modifier un client');
  });
});
