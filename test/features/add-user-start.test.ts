import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { addUser, customerIdOf, emptied, hire, openForm } from '../support/scenes';
import { many } from '../support/sample-data';

let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  chat = world.chat();
});
beforeEach(() => emptied(world, ['users', 'templates', 'effects', 'audit', 'auditDetails', 'operators']));
afterAll(() => world.close());

async function idOf(username: string): Promise<string> {
  const [user] = await world.rows('users', { upnLower: `${username}@contoso.example` });
  return String(user?._id);
}

async function saveTemplate(values: Readonly<Record<string, string>>): Promise<void> {
  const card = await chat.press(await openForm(chat), 'templates.open');
  const saved = await chat.press(card, 'templates.save', values);
  if (!saved.text.includes('is saved')) throw new Error(saved.text);
}

const typed = { givenName: 'Ann', username: 'ann', jobTitle: 'Baker' };
const ticked = (shown: Shown) => ({ licenses: shown.inputs.licenses, roles: shown.inputs.roles });

describe('Copying from a user', () => {
  const source = {
    username: 'anna',
    department: 'Shops',
    licenses: 'ENTERPRISEPACK',
    roles: 'Reports Reader',
    jobTitle: 'Manager',
  };

  it('offers the users in the form, and takes over location, department, licenses and roles', async () => {
    await addUser(world, source);
    const asked = await chat.press(await openForm(chat), 'add-user.copy', typed);

    const form = await chat.press(asked, 'add-user.copy', { copyFrom: await idOf('anna') });

    expect(asked.choices('copyFrom')).toEqual([`${await idOf('anna')}: Zoé Durand – anna@contoso.example`]);
    expect(form.inputs).toMatchObject({
      ...typed,
      usageLocation: 'FR',
      department: 'Shops',
      licenses: 'ENTERPRISEPACK',
      roles: 'Reports Reader',
    });
    expect(form.text).toContain('Taken over from Zoé Durand (anna@contoso.example)');
    expect(form.text).not.toContain('Not taken over');
  });

  it('gives the new user what was taken over, once the form is saved', async () => {
    await addUser(world, source);
    const form = await chat.press(await openForm(chat), 'add-user.copy', {
      ...typed,
      copyFrom: await idOf('anna'),
    });

    const done = await chat.press(form, 'add-user.save');

    expect(done.name).toBe('hand-over');
    expect((await world.rows('users', { upnLower: 'ann@contoso.example' }))[0]).toMatchObject({
      department: 'Shops',
      jobTitle: 'Baker',
      licenses: ['ENTERPRISEPACK'],
      roles: ['Reports Reader'],
    });
  });

  it('names what cannot be taken over before anything is saved, and ticks none of it', async () => {
    await addUser(world, { ...source, licenses: 'ENTERPRISEPACK,POWER_BI_PRO' });
    const users = world.database.connection.collection('users');
    await users.updateMany({}, {
      $push: { licenses: { $each: ['Microsoft_365_Copilot', 'VISIOCLIENT'] } },
    } as never);
    const uma = await hire(world, 'web:uma', 'user_management_admin');

    const form = await uma.press(await openForm(uma), 'add-user.copy', { copyFrom: await idOf('anna') });

    expect(ticked(form)).toEqual({ licenses: 'ENTERPRISEPACK,POWER_BI_PRO', roles: undefined });
    expect(form.text).toContain('no seat is free: Microsoft 365 Copilot.');
    expect(form.text).toContain('does not have this product any more: VISIOCLIENT.');
    expect(form.text).toContain('you may not assign these roles: Reports Reader.');
  });

  it('finds a user among many inside the card, and keeps what was typed', async () => {
    await addUser(world, source);
    const users = world.database.connection.collection('users');
    const [one] = await users.find().toArray();
    await users.insertMany(
      many(80, (place) => ({
        ...one,
        _id: `copy${place}` as never,
        upnLower: `copy${place}@contoso.example`,
        userPrincipalName: `copy${place}@contoso.example`,
        displayName: `Copy ${place}`,
        sortKey: `copy ${place}`,
        searchTokens: ['copy', String(place)],
      })),
    );

    const asked = await chat.press(await openForm(chat), 'add-user.copy', typed);
    const found = await chat.press(asked, 'Search', { find: 'copy 79' });

    expect(asked.choices('copyFrom').length).toBeGreaterThan(10);
    expect(asked.choices('copyFrom').length).toBeLessThanOrEqual(60);
    expect(found.choices('copyFrom')).toEqual(['copy79: Copy 79 – copy79@contoso.example']);
    expect(found.inputs).toMatchObject(typed);
  });

  it('refuses a user of another customer, and says of one who is gone that it is', async () => {
    await addUser(world, source);
    const id = await idOf('anna');
    const form = await openForm(chat);
    const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
    await world.database.connection.collection('users').updateMany({}, { $set: { customerId } });

    const foreign = await chat.press(form, 'add-user.copy', { copyFrom: id });
    await addUser(world, { ...source, username: 'other' });
    const gone = await chat.press(form, 'add-user.copy', { ...typed, copyFrom: 'nobody' });

    expect(foreign.name).toBe('stale');
    expect(await world.rows('audit', { outcome: 'denied' })).toMatchObject([
      { action: 'create_customer_user', target: id },
    ]);
    expect(gone.fault('copyFrom')).toMatch(/not there any more/);
    expect(gone.inputs).toMatchObject(typed);
  });
});

describe('Starting from a template', () => {
  it('is offered only where there is a template of this customer', async () => {
    const before = await openForm(chat);
    await saveTemplate({ name: 'Baker' });

    const after = await openForm(chat);
    const elsewhere = await openForm(chat, 'fabrikam');

    expect(before.choices('template')).toEqual([]);
    expect(after.choices('template').map((choice) => choice.split(': ')[1])).toEqual(['Baker']);
    expect(elsewhere.choices('template')).toEqual([]);
  });

  it('takes over what the template says and keeps what was typed', async () => {
    await saveTemplate({
      name: 'Baker',
      usageLocation: 'BE',
      department: 'Shops',
      licenses: 'ENTERPRISEPACK',
    });
    const french = world.chat(undefined, { locale: { language: 'fr', timeZone: 'Europe/Paris' } });
    const [template] = await world.rows('templates');

    const form = await french.press(await openForm(french), 'add-user.template', {
      ...typed,
      template: String(template?._id),
    });

    expect(form.inputs).toMatchObject({
      ...typed,
      usageLocation: 'BE',
      department: 'Shops',
      licenses: 'ENTERPRISEPACK',
    });
    expect(form.text).toContain('Repris de Baker\u202f: emplacement, service, licences et rôles.');
  });

  it('says so when the template is gone, or none was chosen', async () => {
    await saveTemplate({ name: 'Baker' });
    const form = await openForm(chat);

    const none = await chat.press(form, 'add-user.template');
    const gone = await chat.press(form, 'add-user.template', { template: 'nothing' });

    expect(none.fault('template')).toBe('This field is required.');
    expect(gone.fault('template')).toMatch(/not there any more/);
  });
});
