import { directoryRoles } from '../../src/domain/role';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { addUser, customerIdOf, emptied, hire, verbsOn } from '../support/scenes';

let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  chat = world.chat();
});
beforeEach(async () => {
  await emptied(world, ['users', 'secrets', 'effects', 'audit', 'auditDetails', 'operators']);
});
afterAll(() => world.close());

type Values = Readonly<Record<string, string>>;

/** The only user there is. */
async function stored(): Promise<Record<string, unknown>> {
  const [user] = await world.rows('users');
  return user!;
}

/** The form for the user that was added last, as its card opens it. */
async function openEdit(by: Chat = chat): Promise<Shown> {
  const { userPrincipalName } = await stored();
  return by.press(await by.type(`/user ${String(userPrincipalName)}`), 'edit-user.open');
}

async function pickContoso(by: Chat): Promise<Chat> {
  await by.press(await by.type('/customers contoso'), 'customers.pick');
  return by;
}

async function edit(values: Values, by: Chat = chat): Promise<Shown> {
  return by.press(await by.press(await openEdit(by), 'edit-user.save', values), 'edit-user.confirm');
}

const edits = () => world.rows('audit', { action: /^update_customer_user/, outcome: 'success' });

describe('The form of an existing user', () => {
  it('shows the user as it is stored', async () => {
    await addUser(world, { licenses: 'ENTERPRISEPACK', roles: 'Reports Reader', jobTitle: 'Baker' });

    const form = await openEdit();

    expect(form.text).toMatch(/^Contoso Bakery {2}contoso.example/);
    expect(form.inputs).toEqual({
      givenName: 'Zoé',
      surname: 'Durand',
      displayName: 'Zoé Durand',
      username: 'zoe.durand',
      domain: 'contoso.example',
      usageLocation: 'FR',
      jobTitle: 'Baker',
      accountEnabled: 'true',
      roles: 'Reports Reader',
    });
  });

  it('holds what is typed to the rules of a new user, and a location for as long as there is a license', async () => {
    await addUser(world, { licenses: 'ENTERPRISEPACK' });

    const again = await chat.press(await openEdit(), 'edit-user.save', {
      username: 'zoé.',
      usageLocation: '',
      jobTitle: 'x'.repeat(129),
    });

    expect(again.name).toBe('edit-user');
    expect(again.fault('username')).toMatch(/letters without accents/);
    expect(again.fault('usageLocation')).toMatch(/needs a location/);
    expect(again.fault('jobTitle')).toBe('At most 128 characters.');
    expect(again.inputs.username).toBe('zoé.');
  });

  it('says so when nothing differs, and has no effect', async () => {
    await addUser(world);

    const again = await chat.press(await openEdit(), 'edit-user.save', { displayName: ' Zoé Durand ' });

    expect(again.name).toBe('edit-user');
    expect(again.text).toContain('Nothing differs from what is stored');
    expect(await edits()).toEqual([]);
  });

  it('refuses a user name that another user has, and takes one that differs in case alone', async () => {
    await addUser(world, { username: 'anna' });
    await addUser(world);
    const open = async () =>
      chat.press(await chat.type('/user zoe.durand@contoso.example'), 'edit-user.open');

    const again = await chat.press(await open(), 'edit-user.save', { username: 'ANNA' });
    const shown = await chat.press(await open(), 'edit-user.save', { username: 'Zoe.Durand' });

    expect(again.fault('username')).toMatch(/already has this name/);
    expect((await chat.press(shown, 'edit-user.confirm')).name).toBe('edit-user-saved');
  });
});

describe('What will change', () => {
  it('is shown field by field with its consequences before anything is stored', async () => {
    await addUser(world, { roles: 'Reports Reader' });
    const before = await stored();

    const shown = await chat.press(await openEdit(), 'edit-user.save', {
      username: 'zoe.martin',
      surname: 'Martin',
      accountEnabled: 'false',
      roles: 'Guest Inviter',
      usageLocation: 'BE',
    });

    expect(shown.name).toBe('edit-user-confirm');
    expect(shown.text).toMatch(
      /^Contoso Bakery {2}contoso.example\n.*\nZoé Durand\nzoe.durand@contoso.example/,
    );
    expect(shown.text).toContain('Durand  →  Martin');
    expect(shown.text).toContain('zoe.durand@contoso.example  →  zoe.martin@contoso.example');
    expect(shown.text).toContain('allowed  →  blocked');
    expect(shown.text).toContain('France  →  Belgium');
    expect(shown.text).toContain('+ Guest Inviter\n– Reports Reader');
    expect(shown.text).toContain('signs in with the new user name');
    expect(shown.text).toContain('can no longer sign in');
    expect(shown.text).not.toContain('Job title');
    expect(await stored()).toEqual(before);
    expect(await edits()).toEqual([]);
  });

  it('is said in French to those who read French', async () => {
    await addUser(world);
    const french = world.chat(undefined, { locale: { language: 'fr', timeZone: 'Europe/Paris' } });

    const shown = await french.press(await openEdit(french), 'edit-user.save', { accountEnabled: 'false' });
    const saved = await french.press(shown, 'edit-user.confirm');

    expect(shown.text).toContain('autorisée  →  bloquée');
    expect(shown.text).toContain('L’utilisateur ne peut plus se connecter.');
    expect(saved.text).toContain('Utilisateur modifié');
  });

  it('travels in few characters, however much is changed at once', async () => {
    await addUser(world);

    const shown = await chat.press(await openEdit(), 'edit-user.save', {
      givenName: 'g'.repeat(64),
      surname: 's'.repeat(64),
      displayName: 'd'.repeat(256),
      username: 'u'.repeat(64),
      usageLocation: 'BE',
      jobTitle: 'j'.repeat(128),
      department: 'd'.repeat(64),
      accountEnabled: 'false',
      roles: directoryRoles.join(','),
    });

    const sizes = shown.buttons.map(({ data }) => JSON.stringify(data).length);
    expect(Math.max(...sizes)).toBeLessThan(1_500);
    expect((await chat.press(shown, 'edit-user.confirm')).name).toBe('edit-user-saved');
    expect((await stored()).roles).toEqual(directoryRoles);
  });

  it('comes back into the form when the operator goes back', async () => {
    await addUser(world);
    const shown = await chat.press(await openEdit(), 'edit-user.save', {
      jobTitle: 'Head baker',
      roles: 'Reports Reader',
      usageLocation: '',
    });

    const form = await chat.press(shown, 'edit-user.open');

    expect(form.inputs).toMatchObject({ jobTitle: 'Head baker', roles: 'Reports Reader' });
    expect(form.inputs.usageLocation).toBeUndefined();
  });
});

describe('A confirmed edit', () => {
  it('is stored with one entry that says before and after, of the changed fields alone', async () => {
    await addUser(world, { roles: 'Reports Reader', jobTitle: 'Baker' });

    const saved = await edit({
      jobTitle: '',
      accountEnabled: 'false',
      roles: 'Reports Reader,Guest Inviter',
    });

    expect(saved.name).toBe('edit-user-saved');
    expect(saved.text).toContain('Sign-in\nblocked');
    expect(verbsOn(saved)).toContain('users.view');
    const user = await stored();
    expect(user).toMatchObject({
      jobTitle: '',
      accountEnabled: false,
      roles: ['Reports Reader', 'Guest Inviter'],
      userPrincipalName: 'zoe.durand@contoso.example',
    });
    expect(await edits()).toMatchObject([
      { action: 'update_customer_user', target: 'zoe.durand@contoso.example', userId: user._id },
    ]);
    expect(await world.rows('auditDetails', { before: { $exists: true } })).toMatchObject([
      {
        before: { jobTitle: 'Baker', accountEnabled: true, roles: ['Reports Reader'] },
        after: { jobTitle: '', accountEnabled: false, roles: ['Reports Reader', 'Guest Inviter'] },
      },
    ]);
    expect((await world.rows('secrets')).map(({ state }) => state)).toEqual(['waiting']);
  });

  it('of the user name is an entry of its own, and ends the links that nobody opened', async () => {
    await addUser(world);

    await edit({ username: 'zoe.martin' });
    await edit({ username: 'zoe', surname: 'Martin' });

    expect((await edits()).map(({ action }) => action)).toEqual([
      'update_customer_user_principal_name',
      'update_customer_user_principal_name',
      'update_customer_user',
    ]);
    expect(await stored()).toMatchObject({ upnLower: 'zoe@contoso.example', surname: 'Martin' });
    expect(await world.rows('secrets')).toMatchObject([{ state: 'replaced', sealed: null }]);
  });

  it('takes effect once, however often and through whichever process it is sent', async () => {
    await addUser(world);
    const shown = await chat.press(await openEdit(), 'edit-user.save', { username: 'zoe.martin' });
    const elsewhere = world.chat(undefined, { house: await world.another() });

    const answers = await Promise.all([
      chat.press(shown, 'edit-user.confirm'),
      elsewhere.press(shown, 'edit-user.confirm'),
    ]);
    answers.push(await chat.press(shown, 'edit-user.confirm'));

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0].name).toBe('edit-user-saved');
    expect(await edits()).toHaveLength(1);
  });

  it('is one effect for a form that was sent twice and confirmed twice', async () => {
    await addUser(world);
    const form = await openEdit();
    const [one, other] = await Promise.all(
      ['Baker', 'Head baker'].map((jobTitle) => chat.press(form, 'edit-user.save', { jobTitle })),
    );

    await chat.press(one!, 'edit-user.confirm');
    const second = await chat.press(other!, 'edit-user.confirm');

    expect(second.text).toContain('Job title\nBaker');
    expect(await stored()).toMatchObject({ jobTitle: 'Baker' });
    expect(await edits()).toHaveLength(1);
  });

  it('acts on the customer it was opened for, whatever is picked meanwhile', async () => {
    await addUser(world);
    const form = await openEdit();
    await chat.press(await chat.type('/customers fabrikam'), 'customers.pick');

    const shown = await chat.press(form, 'edit-user.save', { jobTitle: 'Baker' });
    const saved = await chat.press(shown, 'edit-user.confirm');

    expect(saved.text).toMatch(/^Contoso Bakery/);
    expect(await stored()).toMatchObject({ jobTitle: 'Baker' });
  });
});

describe('A user that somebody else changes meanwhile', () => {
  let bao: Chat;
  beforeEach(async () => {
    await addUser(world, { jobTitle: 'Baker' });
    bao = await pickContoso(await hire(world, 'web:bao', 'admin_agent'));
  });

  it('is not overwritten unseen when the form is sent: it says who and when, and keeps what was typed', async () => {
    const form = await openEdit();
    await edit({ jobTitle: 'Head baker', accountEnabled: 'false' }, bao);

    const again = await chat.press(form, 'edit-user.save', { jobTitle: 'Master baker', department: 'Shops' });

    expect(again.name).toBe('edit-user');
    expect(again.text).toContain('Bao changed this user on 22 November 2026');
    expect(again.inputs).toMatchObject({ jobTitle: 'Master baker', department: 'Shops' });
    expect(again.fault('jobTitle')).toContain('Changed meanwhile to: Head baker.');
    expect(again.fault('department')).toBeNull();
    expect(await stored()).toMatchObject({ jobTitle: 'Head baker', department: '' });
  });

  it('is not said to be changed by who only gave a license afterwards', async () => {
    const form = await openEdit();
    await edit({ jobTitle: 'Head baker' }, bao);
    const cleo = await pickContoso(await hire(world, 'web:cleo', 'sales_agent'));
    world.clock.pass(1000);
    const licenses = await cleo.type(`/licenses ${String((await stored()).userPrincipalName)}`);
    await cleo.press(licenses, 'licenses.save', { assign: 'ENTERPRISEPACK' });

    const again = await chat.press(form, 'edit-user.save', { department: 'Shops' });

    expect(await stored()).toMatchObject({ licenses: ['ENTERPRISEPACK'] });
    expect(again.text).toContain('Bao changed this user');
  });

  it('stays as the other one left it in all that was not touched here', async () => {
    const form = await openEdit();
    await edit({ accountEnabled: 'false' }, bao);

    const again = await chat.press(form, 'edit-user.save', { department: 'Shops' });
    const shown = await chat.press(again, 'edit-user.save');
    await chat.press(shown, 'edit-user.confirm');

    expect(again.inputs.accountEnabled).toBe('false');
    expect(again.fault('accountEnabled')).toBe('Changed meanwhile to: blocked.');
    expect(shown.text).not.toContain('can sign in again');
    expect(await stored()).toMatchObject({ accountEnabled: false, department: 'Shops' });
  });

  it('is not overwritten unseen when the change is confirmed either', async () => {
    const shown = await chat.press(await openEdit(), 'edit-user.save', { jobTitle: 'Master baker' });
    await edit({ jobTitle: 'Head baker', surname: 'Martin' }, bao);

    const again = await chat.press(shown, 'edit-user.confirm');

    expect(again.name).toBe('edit-user');
    expect(again.inputs).toMatchObject({ jobTitle: 'Master baker', surname: 'Martin' });
    expect(again.fault('jobTitle')).toContain('Head baker');
    expect(await stored()).toMatchObject({ jobTitle: 'Head baker' });
    expect(await edits()).toHaveLength(1);
  });

  it('gets one of two changes that are confirmed at once', async () => {
    const shown = await chat.press(await openEdit(), 'edit-user.save', { jobTitle: 'One' });
    const other = await bao.press(await openEdit(bao), 'edit-user.save', { jobTitle: 'Other' });

    const answers = await Promise.all([
      chat.press(shown, 'edit-user.confirm'),
      bao.press(other, 'edit-user.confirm'),
    ]);

    expect(answers.map(({ name }) => name).sort()).toEqual(['edit-user', 'edit-user-saved']);
    expect(await edits()).toHaveLength(1);
  });

  it('is gone when it was deleted: nothing is changed', async () => {
    const form = await openEdit();
    await world.database.connection.collection('users').updateMany({}, { $set: { state: 'deleted' } });

    expect((await chat.press(form, 'edit-user.save', { jobTitle: 'X' })).name).toBe('user-gone');
  });
});

describe('Who may change what', () => {
  const denied = () => world.rows('audit', { outcome: 'denied' });

  it('shows no roles to those who may not assign them, and leaves them as they are', async () => {
    await addUser(world, { roles: 'Reports Reader' });
    const uma = await pickContoso(await hire(world, 'web:uma', 'user_management_admin'));

    const form = await openEdit(uma);
    await uma.press(await uma.press(form, 'edit-user.save', { jobTitle: 'Baker' }), 'edit-user.confirm');

    expect(form.choices('roles')).toEqual([]);
    expect(await stored()).toMatchObject({ roles: ['Reports Reader'], jobTitle: 'Baker' });
  });

  it.each(['Reports Reader,Guest Inviter', '', 'Guest Inviter'])(
    'refuses roles that come back from such a form as "%s"',
    async (roles) => {
      await addUser(world, { roles: 'Reports Reader' });
      const uma = await pickContoso(await hire(world, 'web:uma', 'user_management_admin'));

      const answer = await uma.press(await openEdit(uma), 'edit-user.save', { roles });

      expect(answer.name).toBe('denied');
      expect(answer.text).toContain('Admin agent');
      expect(await denied()).toMatchObject([
        { action: 'update_customer_user', target: 'zoe.durand@contoso.example' },
      ]);
    },
  );

  it.each([{ username: 'zoe.martin' }, { accountEnabled: 'false' }])(
    'guards a global administrator of the customer against %j by a user management admin',
    async (values) => {
      await addUser(world, { roles: 'Global Administrator' });
      const uma = await pickContoso(await hire(world, 'web:uma', 'user_management_admin'));

      const answer = await uma.press(await openEdit(uma), 'edit-user.save', values);

      expect(answer.name).toBe('denied');
      expect(answer.text).toContain('– Admin agent');
      expect(await denied()).toHaveLength(1);
      expect(await stored()).toMatchObject({ accountEnabled: true, upnLower: 'zoe.durand@contoso.example' });
    },
  );

  it('guards also a user who became one between the form and its confirmation', async () => {
    await addUser(world);
    const uma = await pickContoso(await hire(world, 'web:uma', 'user_management_admin'));
    const shown = await uma.press(await openEdit(uma), 'edit-user.save', { accountEnabled: 'false' });
    await edit({ roles: 'Global Administrator' });

    const answer = await uma.press(shown, 'edit-user.confirm');

    expect(answer.name).toBe('denied');
    expect(await stored()).toMatchObject({ accountEnabled: true });
  });

  it('lets a user management admin change the job title of a global administrator', async () => {
    await addUser(world, { roles: 'Global Administrator' });
    const uma = await pickContoso(await hire(world, 'web:uma', 'user_management_admin'));

    expect((await edit({ jobTitle: 'Owner' }, uma)).name).toBe('edit-user-saved');
  });
});

describe('A payload that was tampered with', () => {
  it.each([
    ['another customer', (frozen: object, customerId: string) => ({ ...frozen, customerId })],
    ['another change', (frozen: object) => ({ ...frozen, change: { jobTitle: 'Owner' } })],
    ['another user', (frozen: object) => ({ ...frozen, userId: 'x' })],
    ['an unknown member', (frozen: object) => ({ ...frozen, extra: 1 })],
  ])('has no effect and is audited as denied: %s', async (_, change) => {
    await addUser(world);
    const shown = await chat.press(await openEdit(), 'edit-user.save', { jobTitle: 'Baker' });
    const button = shown.buttons.find(({ verb }) => verb === 'edit-user.confirm')!;
    const frozen = change(button.data.frozen as object, await customerIdOf(world, 'Ateliers Fabrikam'));

    const answer = await chat.send({ kind: 'pressed', verb: 'edit-user.confirm', data: { frozen } });

    expect(answer.name).toBe('stale');
    expect(await stored()).toMatchObject({ jobTitle: '' });
    expect(await world.rows('audit', { outcome: 'denied' })).toHaveLength(1);
  });

  it('that names a user of another customer is refused, even if the house had made it', async () => {
    await addUser(world);
    const form = await openEdit();
    const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
    await world.database.connection.collection('users').updateMany({}, { $set: { customerId } });

    const answer = await chat.press(form, 'edit-user.save', { jobTitle: 'Baker' });

    expect(answer.name).toBe('stale');
    expect(await world.rows('audit', { outcome: 'denied' })).toMatchObject([
      { action: 'update_customer_user' },
    ]);
  });
});
