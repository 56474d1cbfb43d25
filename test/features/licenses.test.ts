import { createSeal } from '../../src/chat/seal';
import { newFormId } from '../../src/domain/hand-over';
import { sealKey } from '../../src/storage/setting';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { addUser, customerIdOf, hire, verbsOn } from '../support/scenes';

const e3 = 'ENTERPRISEPACK';
const powerBi = 'POWER_BI_PRO';

let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  chat = world.chat();
});
beforeEach(async () => {
  for (const name of ['users', 'audit', 'auditDetails', 'effects', 'secrets'])
    await world.database.connection.collection(name).deleteMany({});
  await seats(powerBi, 3);
  await seats(e3, 25);
});
afterAll(() => world.close());

const upn = (name: string) => `${name}@contoso.example`;
const seats = (skuPartNumber: string, total: number) =>
  world.database.connection
    .collection('subscriptions')
    .updateOne({ skuPartNumber }, { $set: { total, consumed: 0 } });
const add = async (name: string, values: Readonly<Record<string, string>> = {}) =>
  addUser(world, { username: name, givenName: name, surname: 'Durand', ...values });
const addAll = async (...names: readonly string[]) => {
  for (const name of names) await add(name);
};
const open = (...names: readonly string[]) => chat.type(`/licenses ${names.map(upn).join(' ')}`);
const licensesOf = async (name: string) =>
  (await world.rows('users', { upnLower: upn(name) })).map(({ licenses }) => licenses)[0];
const entries = () => world.rows('audit', { action: 'update_customer_user_licenses' });
const consumedOf = async (skuPartNumber: string) =>
  (await world.rows('subscriptions', { skuPartNumber }))[0]?.consumed;

describe('/licenses', () => {
  it('names the customer and the user, and says of each product who has it and what is free', async () => {
    await add('ana', { licenses: e3 });

    const form = await open('ana');

    expect(form.name).toBe('licenses');
    expect(form.text).toMatch(/^Contoso Bakery {2}contoso\.example/);
    expect(form.text).toContain('ana Durand  ana@contoso.example');
    expect(form.choices('assign')).toEqual([
      `${powerBi}: Power BI Pro (does not have it, 3 seats free)`,
      'Microsoft_365_Copilot: Microsoft 365 Copilot (does not have it, 0 seats free)',
    ]);
    expect(form.choices('remove')).toEqual([`${e3}: Office 365 E3 (has it, 24 seats free)`]);
    expect(verbsOn(form)).toContain('users.view');
  });

  it('says of several users whether all, some or none of them have a product', async () => {
    await add('ana', { licenses: `${e3},${powerBi}` });
    await add('ben', { licenses: powerBi });

    const form = await open('ana', 'ben');

    expect(form.choices('assign')).toEqual([
      `${e3}: Office 365 E3 (1 of 2 has it, 24 seats free)`,
      'Microsoft_365_Copilot: Microsoft 365 Copilot (nobody has it, 0 seats free)',
    ]);
    expect(form.choices('remove')).toEqual([
      `${e3}: Office 365 E3 (1 of 2 has it, 24 seats free)`,
      `${powerBi}: Power BI Pro (all have it, 1 seat free)`,
    ]);
  });

  it('gives and takes, says so for each user, and audits each change with before and after', async () => {
    await add('ana', { licenses: e3 });
    await add('ben');

    const saved = await chat.press(await open('ana', 'ben'), 'licenses.save', {
      assign: powerBi,
      remove: e3,
    });

    expect(saved.name).toBe('licenses-saved');
    expect(saved.text).toContain('2 licenses given.\n1 license taken away.');
    expect(saved.text).toContain(
      'ana Durand  ana@contoso.example\nGiven: Power BI Pro\nTaken away: Office 365 E3',
    );
    expect([await licensesOf('ana'), await licensesOf('ben')]).toEqual([[powerBi], [powerBi]]);
    expect([await consumedOf(e3), await consumedOf(powerBi)]).toEqual([0, 2]);
    const [ana] = await entries();
    expect(await entries()).toMatchObject([
      { target: upn('ana'), operator: 'web:ada', outcome: 'success' },
      { target: upn('ben'), operator: 'web:ada', outcome: 'success' },
    ]);
    expect(await world.rows('auditDetails', { _id: ana!._id })).toMatchObject([
      { userId: ana!.userId, before: { licenses: [e3] }, after: { licenses: [powerBi] } },
    ]);
  });

  it('keeps what was given when the seats run out in the middle, and names those without', async () => {
    await addAll('ana', 'ben', 'cleo', 'dan', 'eve');

    const saved = await chat.press(await open('ana', 'ben', 'cleo', 'dan', 'eve'), 'licenses.save', {
      assign: powerBi,
    });

    expect(saved.text).toContain(
      'No seat was left for 2 users: Power BI Pro\ndan Durand  dan@contoso.example\neve Durand  eve@contoso.example',
    );
    expect(await Promise.all(['ana', 'cleo', 'dan'].map(licensesOf))).toEqual([[powerBi], [powerBi], []]);
    expect((await entries()).map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(3).fill('success'),
      ...Array<string>(2).fill('failure'),
    ]);
    expect(await world.rows('auditDetails', { reason: `no-seats: ${powerBi}` })).toHaveLength(2);

    await seats(powerBi, 2);
    const again = await chat.press(saved, 'Try again for those without a seat');
    expect(again.text).not.toContain('ana');
    expect(again.inputs.assign).toBe(powerBi);
    const then = await chat.press(again, 'licenses.save');
    expect(then.text).toContain('2 licenses given.');
    expect(await licensesOf('eve')).toEqual([powerBi]);
  });

  it('takes first, so that the seat can be given to somebody else in another form', async () => {
    await seats(powerBi, 1);
    await add('ana', { licenses: powerBi });
    await add('ben');

    await chat.press(await open('ana'), 'licenses.save', { remove: powerBi });
    const saved = await chat.press(await open('ben'), 'licenses.save', { assign: powerBi });

    expect(saved.text).toContain('1 license given.');
    expect(await consumedOf(powerBi)).toBe(1);
  });

  it('shows the first result again when it is sent again, by another process too', async () => {
    await addAll('ana', 'ben', 'cleo', 'dan');
    const form = await open('ana', 'ben', 'cleo', 'dan');
    const first = await chat.press(form, 'licenses.save', { assign: powerBi });
    await seats(powerBi, 50);

    const other = world.chat('web:ada', { house: await world.another() });
    const second = await other.press(form, 'licenses.save', { assign: powerBi });

    expect(second.text).toBe(first.text);
    expect(second.text).toContain('dan@contoso.example');
    expect(await licensesOf('dan')).toEqual([]);
    expect(await entries()).toHaveLength(4);
  });

  it('stores one result of two presses at once', async () => {
    await addAll('ana', 'ben');
    const form = await open('ana', 'ben');

    const both = await Promise.all([1, 2].map(() => chat.press(form, 'licenses.save', { assign: powerBi })));

    expect(both[0]!.text).toBe(both[1]!.text);
    expect(await consumedOf(powerBi)).toBe(2);
    expect(await entries()).toHaveLength(2);
  });

  it('asks for a location where one is missing, and sets it for those users alone', async () => {
    await add('ana');
    await add('ben', { usageLocation: '' });
    const form = await open('ana', 'ben');
    expect(form.text + JSON.stringify(form.json)).toContain('as one user has none');

    const faulty = await chat.press(form, 'licenses.save', { assign: e3 });
    expect(faulty.fault('usageLocation')).toBe('A license needs a location. Choose one.');
    expect(faulty.inputs.assign).toBe(e3);
    expect(await consumedOf(e3)).toBe(0);

    const saved = await chat.press(faulty, 'licenses.save', { usageLocation: 'DE' });
    expect(saved.text).toContain('The location was set for 1 user.');
    const users = await world.rows('users');
    expect(users.map(({ usageLocation }) => usageLocation)).toEqual(['FR', 'DE']);
    const [, ben] = await entries();
    expect(await world.rows('auditDetails', { _id: ben!._id })).toMatchObject([
      { before: { usageLocation: '' }, after: { usageLocation: 'DE' } },
    ]);
  });

  it('asks for no location where nobody needs one', async () => {
    await add('ana');
    expect(JSON.stringify((await open('ana')).json)).not.toContain('usageLocation');
  });

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    ['nothing is chosen', {}, 'assign', 'Choose at least one product to give or to take.'],
    [
      'a product is given and taken',
      { assign: e3, remove: e3 },
      'remove',
      'Cannot be given and taken at once: Office 365 E3.',
    ],
    ['a product is unknown', { assign: 'EMS' }, 'assign', 'The customer does not have this product: EMS.'],
  ])(
    'says it at the field when %s, keeps the values and changes nothing',
    async (_, values, field, reason) => {
      await add('ana', { licenses: powerBi });

      const faulty = await chat.press(await open('ana'), 'licenses.save', values);

      expect(faulty.name).toBe('licenses');
      expect(faulty.fault(field)).toBe(reason);
      expect(faulty.inputs).toEqual(values);
      expect(await licensesOf('ana')).toEqual([powerBi]);
      expect(await entries()).toEqual([]);
    },
  );

  it('acts on the customer it was opened for, whatever is picked since', async () => {
    await add('ana');
    const form = await open('ana');
    await chat.press(await chat.type('/customers fabrikam'), 'customers.pick');

    const saved = await chat.press(form, 'licenses.save', { assign: e3 });

    expect(saved.text).toContain('Contoso Bakery');
    expect(await licensesOf('ana')).toEqual([e3]);
  });

  it('has no effect on a user of another customer, and is audited as denied', async () => {
    await add('ana');
    const [user] = await world.rows('users');
    const seal = createSeal(await sealKey(world.house.records, realEntropy));
    const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
    const frozen = { customerId, userIds: String(user!._id), form: newFormId(realEntropy) };
    const press = (verb: string, payload: object): Promise<Shown> =>
      chat.send({ kind: 'pressed', verb, data: { frozen: seal.close(verb, payload), assign: 'EMS' } });

    const { form: _, ...opening } = frozen;
    for (const shown of [await press('licenses.open', opening), await press('licenses.save', frozen)])
      expect(shown.name).toBe('stale');

    expect(await licensesOf('ana')).toEqual([]);
    expect((await entries()).map(({ outcome }) => outcome)).toEqual(['denied', 'denied']);
  });

  it('says so when a user is gone meanwhile, and changes nobody', async () => {
    await addAll('ana', 'ben');
    const form = await open('ana', 'ben');
    await world.database.connection
      .collection('users')
      .updateOne({ upnLower: upn('ben') }, { $set: { state: 'deleted' } });

    expect((await chat.press(form, 'licenses.save', { assign: e3 })).name).toBe('user-gone');
    expect(await licensesOf('ana')).toEqual([]);
  });

  it('opens below the card of a new user, whose link stays in sight, for those with the right', async () => {
    const created = await add('ana');
    const form = await chat.press(created, 'Manage licenses');
    expect([form.name, form.answer.place]).toEqual(['licenses', 'below']);
    expect(form.text).toContain('ana@contoso.example');

    const issued = await chat.press(await chat.press(created, 'Issue again'), 'hand-over.issue');
    expect(verbsOn(issued)).not.toContain('licenses.open');
    const billing = await hire(world, 'web:bill', 'billing_admin');
    expect((await billing.press(created, 'Manage licenses')).name).toBe('denied');
  });

  it('shows 60 of many products, finds the others, and keeps what was chosen', async () => {
    await add('ana', { licenses: e3 });
    const customerId = await customerIdOf(world, 'Contoso Bakery');
    const many = Array.from({ length: 80 }, (_, place) => ({
      ...{ customerId, skuPartNumber: `MANY_${place}`, total: 5, consumed: 0 },
    }));
    const subscriptions = world.database.connection.collection('subscriptions');
    await subscriptions.insertMany(many);

    const form = await open('ana');
    expect(form.choices('assign').length).toBeLessThanOrEqual(60);
    expect(form.choices('assign').join()).not.toContain('MANY_79');
    const found = await chat.press(form, 'Search', { find: 'many_79', assign: powerBi, remove: e3 });
    expect(found.inputs).toMatchObject({ assign: powerBi, remove: e3 });
    expect(found.choices('assign').map((choice) => choice.split(':')[0])).toEqual([powerBi, 'MANY_79']);
    await chat.press(found, 'licenses.save', { assign: `${powerBi},MANY_79` });
    expect(await licensesOf('ana')).toEqual([powerBi, 'MANY_79']);
    await subscriptions.deleteMany({ skuPartNumber: /^MANY/ });
  });

  it('is said in French', async () => {
    await add('ana', { licenses: e3 });
    await add('ben');
    const french = world.chat('web:ada', { locale: { language: 'fr', timeZone: 'Europe/Paris' } });

    const form = await french.type(`/licenses ${upn('ana')} ${upn('ben')}`);
    expect(form.text).toContain('Licences de 2 utilisateurs');
    expect(form.choices('remove')).toEqual([`${e3}: Office 365 E3 (1 sur 2 l’a, 24 licences libres)`]);
    const saved = await french.press(form, 'licenses.save', { assign: 'Microsoft_365_Copilot' });
    expect(saved.text).toContain('Aucune licence attribuée');
    expect(saved.text).toMatch(/Plus de licence libre pour 2 utilisateurs\s: Microsoft 365 Copilot/);
  });
});
