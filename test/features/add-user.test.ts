import { deriveToken, hashToken } from '../../src/domain/hand-over';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { untilAnswered } from '../support/scenes';

let world: TestHouse;
beforeEach(async () => {
  world = await openTestHouse();
});
afterEach(() => world.close());

const zoe = {
  givenName: 'Zoé',
  surname: 'Durand',
  username: 'zoe.durand',
  domain: 'contoso.example',
  usageLocation: 'FR',
};

async function openForm(chat: Chat = world.chat(), customer = 'contoso'): Promise<Shown> {
  const asked = await chat.type(`/customers ${customer}`);
  await chat.press(asked, 'customers.pick');
  return chat.type('/add-user');
}

describe('The form of /add-user', () => {
  it('asks for the customer first and goes on by itself once one is picked', async () => {
    const chat = world.chat();

    const asked = await chat.type('/add-user');
    const form = await chat.press(asked, 'customers.pick');

    expect(asked.name).toBe('customers');
    expect(asked.text).toContain('Which customer is it for?');
    expect(form.name).toBe('add-user');
    expect(form.text).toMatch(/^Ateliers Fabrikam {2}fabrikam.example/);
  });

  it('shows each product with its free seats, the ones that can be given first', async () => {
    const form = await openForm();

    expect(form.choices('licenses')).toEqual([
      'ENTERPRISEPACK: Office 365 E3 (25 seats free)',
      'POWER_BI_PRO: Power BI Pro (3 seats free)',
      'Microsoft_365_Copilot: Microsoft 365 Copilot (0 seats free)',
    ]);
    expect(form.inputs.domain).toBe('contoso.example');
  });

  it('says all that is wrong at once, each at its field, and keeps what was typed', async () => {
    const chat = world.chat();
    const form = await openForm(chat);

    const again = await chat.press(form, 'add-user.save', {
      username: 'zoé.',
      jobTitle: 'x'.repeat(129),
      licenses: 'ENTERPRISEPACK',
    });

    expect(again.name).toBe('add-user');
    expect(again.fault('displayName')).toBe('This field is required.');
    expect(again.fault('username')).toMatch(/letters without accents/);
    expect(again.fault('usageLocation')).toMatch(/needs a location/);
    expect(again.fault('jobTitle')).toBe('At most 128 characters.');
    expect(again.inputs.username).toBe('zoé.');
    expect(await world.rows('users')).toHaveLength(0);
  });

  it('acts on the customer it was opened for, whatever is picked meanwhile', async () => {
    const chat = world.chat();
    const form = await openForm(chat, 'contoso');
    await chat.press(await chat.type('/customers fabrikam'), 'customers.pick');

    const done = await chat.press(form, 'add-user.save', zoe);

    expect(done.text).toContain('Contoso Bakery');
    expect(await world.rows('users')).toMatchObject([{ userPrincipalName: 'zoe.durand@contoso.example' }]);
  });
});

describe('A saved form', () => {
  it('creates the account with its license, its audit entry and a waiting one-time link', async () => {
    const chat = world.chat();
    const done = await chat.press(await openForm(chat), 'add-user.save', {
      ...zoe,
      licenses: 'ENTERPRISEPACK',
    });

    expect(done.text).toContain('Account created');
    expect(done.text).toContain('Zoé Durand');
    expect(done.text).toMatch(/http:\/\/127\.0\.0\.1:3978\/s\/[\w-]{43}/);
    expect(done.text).toContain('Waiting: nobody has opened the link yet. It is good until 29 November 2026');
    const [user] = await world.rows('users');
    expect(user).toMatchObject({
      upnLower: 'zoe.durand@contoso.example',
      displayName: 'Zoé Durand',
      state: 'active',
      licenses: ['ENTERPRISEPACK'],
      mustChangePassword: true,
    });
    expect(await world.rows('subscriptions', { skuPartNumber: 'ENTERPRISEPACK' })).toMatchObject([
      { consumed: 1 },
    ]);
    expect(await world.rows('audit')).toMatchObject([
      {
        operator: 'web:ada',
        action: 'create_customer_user',
        target: 'zoe.durand@contoso.example',
        outcome: 'success',
      },
    ]);
    expect(await world.rows('secrets')).toMatchObject([{ state: 'waiting', userIds: [user?._id] }]);
  });

  it('leaves neither the token nor a password in the database or the log', async () => {
    const chat = world.chat();
    const done = await chat.press(await openForm(chat), 'add-user.save', zoe);
    const token = /\/s\/([\w-]{43})/.exec(done.text)?.[1] ?? '';

    const collections = await world.database.connection.db!.collections();
    const stored = await Promise.all(collections.map((one) => one.find().toArray()));

    expect(token).not.toBe('');
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(JSON.stringify(stored)).toContain(hashToken(token));
    expect(world.log.lines.join()).not.toContain(token);
  });

  it('answers a second press, and one through another process, with the first result and one account', async () => {
    const chat = world.chat();
    const form = await openForm(chat);
    const elsewhere = world.chat(undefined, { house: await world.another() });

    const first = await chat.press(form, 'add-user.save', zoe);
    const [second, third] = await Promise.all([
      chat.press(form, 'add-user.save', zoe),
      elsewhere.press(form, 'add-user.save', zoe),
    ]);

    const link = /\/s\/[\w-]{43}/;
    expect(link.exec(second.text)?.[0]).toBe(link.exec(first.text)?.[0]);
    expect(link.exec(third.text)?.[0]).toBe(link.exec(first.text)?.[0]);
    expect(await world.rows('users')).toHaveLength(1);
    expect(await world.rows('audit')).toHaveLength(1);
    expect(await world.rows('secrets')).toHaveLength(1);
  });

  it('answers a form sent again with the first result, whatever was typed into it meanwhile', async () => {
    const chat = world.chat();
    const form = await openForm(chat);
    const first = await chat.press(form, 'add-user.save', zoe);

    const again = await chat.press(form, 'add-user.save', { ...zoe, username: 'zoe.' });

    expect(again.text).toBe(first.text);
    expect(await world.rows('users')).toHaveLength(1);
  });

  it('refuses a user name that is taken at its field', async () => {
    const chat = world.chat();
    await chat.press(await openForm(chat), 'add-user.save', zoe);

    const again = await chat.press(await chat.type('/add-user'), 'add-user.save', {
      ...zoe,
      username: 'ZOE.Durand',
    });

    expect(again.fault('username')).toMatch(/already has this name/);
    expect(await world.rows('users')).toHaveLength(1);
  });

  it('gives one user for 50 saves of the same user name at once', async () => {
    const chat = world.chat();
    const forms = await Promise.all(Array.from({ length: 50 }, () => openForm(chat)));

    const answers = await Promise.all(
      forms.map((form) => untilAnswered(() => chat.press(form, 'add-user.save', zoe))),
    );

    expect(answers.filter(({ name }) => name === 'hand-over')).toHaveLength(1);
    expect(answers.filter((shown) => shown.fault('username') !== null)).toHaveLength(49);
    expect(await world.rows('users')).toHaveLength(1);
  });

  it('gives ten seats to ten of 50 users at once and refuses the other 40 by the product', async () => {
    const chat = world.chat();
    const forms = await Promise.all(Array.from({ length: 50 }, () => openForm(chat, 'fabrikam')));
    const values = {
      domain: 'fabrikam.example',
      usageLocation: 'FR',
      displayName: 'Somebody',
      licenses: 'EMS',
    };

    const answers = await Promise.all(
      forms.map((form, index) =>
        untilAnswered(() => chat.press(form, 'add-user.save', { ...values, username: `user${index}` })),
      ),
    );

    expect(answers.filter(({ name }) => name === 'hand-over')).toHaveLength(10);
    expect(answers.filter((shown) => shown.fault('licenses')?.includes('EMS'))).toHaveLength(40);
    expect(await world.rows('users')).toHaveLength(10);
    expect(await world.rows('subscriptions', { skuPartNumber: 'EMS' })).toMatchObject([
      { total: 10, consumed: 10 },
    ]);
  });
});

describe('Adding several users in a row', () => {
  it('keeps domain, location, licenses and roles, in a fresh form below', async () => {
    const chat = world.chat();
    const values = {
      ...zoe,
      domain: 'contoso-shop.example',
      licenses: 'ENTERPRISEPACK',
      roles: 'User Administrator',
    };
    const done = await chat.press(await openForm(chat), 'add-user.save', values);

    const next = await chat.press(done, 'add-user.again');

    expect(next.answer.place).toBe('below');
    expect(next.inputs).toEqual({
      domain: 'contoso-shop.example',
      usageLocation: 'FR',
      licenses: 'ENTERPRISEPACK',
      roles: 'User Administrator',
    });
  });

  it('offers one sheet from the second user on; it renews the unopened ones and ends their links', async () => {
    const chat = world.chat();
    const first = await chat.press(await openForm(chat), 'add-user.save', zoe);
    const second = await chat.press(await chat.press(first, 'add-user.again'), 'add-user.save', {
      ...zoe,
      username: 'anna',
    });
    const before = await world.rows('users');

    const sheet = await chat.press(second, 'add-user.sheet');
    const repeated = await chat.press(second, 'add-user.sheet');

    expect(first.buttons.map(({ verb }) => verb)).not.toContain('add-user.sheet');
    expect(sheet.text).toContain('One sheet for 2 users');
    expect(repeated.text).toBe(sheet.text);
    const after = await world.rows('users');
    expect(after.map((user) => user.password)).not.toEqual(before.map((user) => user.password));
    const states = (await world.rows('secrets')).map(({ state, sealed }) => [state, sealed === null]);
    expect(states).toEqual([
      ['replaced', true],
      ['replaced', true],
      ['waiting', false],
    ]);
    expect(await world.rows('audit', { action: 'reset_customer_user_password' })).toHaveLength(2);
  });
});

describe('A payload that was tampered with', () => {
  it.each([
    [
      'another customer',
      (frozen: Record<string, unknown>, other: string) => ({ ...frozen, customerId: other }),
    ],
    ['another form', (frozen: Record<string, unknown>) => ({ ...frozen, form: 'A'.repeat(43) })],
    ['an unknown member', (frozen: Record<string, unknown>) => ({ ...frozen, extra: 1 })],
    ['no seal', ({ seal: _, ...frozen }: Record<string, unknown>) => frozen],
    ['nothing at all', () => undefined],
  ])('has no effect and is audited as denied: %s', async (_, change) => {
    const chat = world.chat();
    const form = await openForm(chat);
    const [other] = await world.rows('customers', { name: 'Ateliers Fabrikam' });
    const save = form.buttons.find(({ verb }) => verb === 'add-user.save')!;
    const frozen = change(save.data.frozen as Record<string, unknown>, String(other?._id));

    const answer = await chat.send({ kind: 'pressed', verb: 'add-user.save', data: { ...zoe, frozen } });

    expect(answer.name).toBe('stale');
    expect(await world.rows('users')).toHaveLength(0);
    expect(await world.rows('audit')).toMatchObject([{ action: 'create_customer_user', outcome: 'denied' }]);
  });

  it('cannot be carried from one button to another', async () => {
    const chat = world.chat();
    const form = await openForm(chat);
    const save = form.buttons.find(({ verb }) => verb === 'add-user.save')!;

    const answer = await chat.send({ kind: 'pressed', verb: 'add-user.sheet', data: save.data });

    expect(answer.name).toBe('stale');
  });
});

it('derives the link from the form, so that the one who saves it twice sees the same link', async () => {
  const chat = world.chat();
  const form = await openForm(chat);
  const save = form.buttons.find(({ verb }) => verb === 'add-user.save')!;
  const frozen = save.data.frozen as { form: string };

  const done = await chat.press(form, 'add-user.save', zoe);

  expect(done.text).toContain(`/s/${deriveToken(frozen.form)}`);
});
