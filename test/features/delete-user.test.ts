import { atContoso, deleteBy, updatesOf, usersOf } from '../support/deleted-scenes';
import { addUser, emptied, customerIdOf, hire, verbsOn } from '../support/scenes';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';

const day = 24 * 60 * 60 * 1000;
const second = 1000;
const start = Date.parse('2026-11-22T09:00:00Z');

let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.pass(start - world.clock.now().getTime());
  await emptied(world, ['users', 'audit', 'auditDetails', 'effects', 'liveCards', 'operators']);
  await world.database.connection.collection('subscriptions').updateMany({}, { $set: { consumed: 0 } });
  chat = await atContoso(world);
});

const states = async () =>
  (await world.rows('users'))
    .map(({ displayName, state }) => `${String(displayName)} ${String(state)}`)
    .sort();
const deletions = () => world.rows('audit', { action: 'delete_customer_user' });
const consumed = async (skuPartNumber: string) =>
  (
    await world.rows('subscriptions', {
      skuPartNumber,
      customerId: await customerIdOf(world, 'Contoso Bakery'),
    })
  )[0]?.consumed;
const stand = (shown: Shown, message: string) => shown.answer.delivered({ conversation: 'demo:x', message });

describe('Before a user is deleted', () => {
  it('the question names the user, the UPN, the customer, the seats and the last moment to restore', async () => {
    await usersOf(world, ['ann'], { licenses: ['ENTERPRISEPACK'] });

    const asked = await chat.type('/delete-user ann@contoso.example');

    expect(asked.name).toBe('delete-user');
    expect(asked.text).toMatch(/^Contoso Bakery {2}contoso\.example/);
    expect(asked.text).toContain('Delete this user?');
    expect(asked.text).toContain('ann  ann@contoso.example');
    expect(asked.text).toContain('Office 365 E3: 1 seat');
    expect(asked.text).toContain('22 December 2026 at 09:00');
    expect(verbsOn(asked)).toEqual(['delete-user.confirm', 'users.view']);
    expect(await states()).toEqual(['ann active']);
  });

  it('fifty can be named at once, and each is named', async () => {
    const names = Array.from({ length: 50 }, (_, place) => `user${place}`);
    await usersOf(world, names);
    const asked = await chat.type(`/delete-user ${names.map((name) => `${name}@contoso.example`).join(' ')}`);

    for (const name of names) expect(asked.text).toContain(`${name}@contoso.example`);
    await chat.press(asked, 'delete-user.confirm');
    expect(await world.rows('users', { state: 'deleted' })).toHaveLength(50);
    expect(await deletions()).toHaveLength(50);
  });

  it('a part of a name only offers who it may be', async () => {
    await usersOf(world, ['ann', 'anna']);

    const offered = await chat.type('/delete-user ann');

    expect(offered.name).toBe('matches');
    expect((await chat.press(offered, 'delete-user.ask')).name).toBe('delete-user');
  });
});

describe('A deletion', () => {
  it('frees the seats, kills waiting links and says until when it can be undone', async () => {
    await usersOf(world, ['ann', 'ben'], { licenses: ['ENTERPRISEPACK'] });
    expect(await consumed('ENTERPRISEPACK')).toBe(2);

    const done = await deleteBy(chat, ['ann', 'ben']);

    expect(done.name).toBe('user-deleted');
    expect(done.text).toContain('2 users deleted');
    expect(done.text).toContain('can be restored until 22 December 2026 at 09:00');
    expect(verbsOn(done)).toEqual(['delete-user.undo', 'deleted-users.page']);
    expect(await consumed('ENTERPRISEPACK')).toBe(0);
    expect(await states()).toEqual(['ann deleted', 'ben deleted']);
    expect(await deletions()).toMatchObject([
      {
        target: 'ann@contoso.example',
        outcome: 'success',
        operator: 'web:ada',
        userId: expect.any(String) as string,
      },
      { target: 'ben@contoso.example', outcome: 'success' },
    ]);
    expect(await world.rows('auditDetails', { target: 'ann@contoso.example' })).toMatchObject([
      { before: { licenses: ['ENTERPRISEPACK'], roles: [], accountEnabled: true } },
    ]);
  });

  it('kills the link that was waiting to be opened', async () => {
    await addUser(world);
    await chat.press(await chat.type('/delete-user zoe.durand@contoso.example'), 'delete-user.confirm');

    expect(await world.rows('secrets')).toMatchObject([{ state: 'replaced', sealed: null }]);
  });

  it('takes effect once, pressed twice at once and in two processes', async () => {
    await usersOf(world, ['ann']);
    const asked = await chat.type('/delete-user ann@contoso.example');
    const other = world.chat(undefined, { house: await world.another() });

    const answers = await Promise.all([
      chat.press(asked, 'delete-user.confirm'),
      other.press(asked, 'delete-user.confirm'),
      chat.press(asked, 'delete-user.confirm'),
    ]);
    answers.push(await chat.press(asked, 'delete-user.confirm'));

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0].name).toBe('user-deleted');
    expect(await deletions()).toHaveLength(1);
  });

  it('of a user who is gone already changes nothing', async () => {
    await usersOf(world, ['ann', 'ben']);
    const asked = await chat.type('/delete-user ann@contoso.example ben@contoso.example');
    await deleteBy(chat, ['ann']);

    expect((await chat.press(asked, 'delete-user.confirm')).name).toBe('user-gone');
    expect(await states()).toEqual(['ann deleted', 'ben active']);
  });

  it('acts on the customer it was asked for, whatever is picked meanwhile', async () => {
    await usersOf(world, ['ann']);
    const asked = await chat.type('/delete-user ann@contoso.example');
    await chat.press(await chat.type('/customers fabrikam'), 'customers.pick');

    const done = await chat.press(asked, 'delete-user.confirm');

    expect(done.text).toMatch(/^Contoso Bakery/);
    expect(await states()).toEqual(['ann deleted']);
  });

  it('is refused above the operator’s reach, with the roles that could, and audited', async () => {
    await usersOf(world, ['ann'], { roles: ['Global Administrator'] });
    await hire(world, 'web:uma', 'user_management_admin');
    const uma = await atContoso(world, 'web:uma');
    const asked = await chat.type('/delete-user ann@contoso.example');

    for (const refused of [
      await uma.type('/delete-user ann@contoso.example'),
      await uma.press(asked, 'delete-user.confirm'),
    ]) {
      expect(refused.name).toBe('denied');
      expect(refused.text.match(/^– .*/gm)).toEqual(['– Admin agent', '– Global admin']);
    }
    expect(await states()).toEqual(['ann active']);
    expect((await deletions()).map(({ outcome }) => outcome)).toEqual(['denied', 'denied']);
  });

  it('of another customer’s user has no effect and is audited as denied', async () => {
    const [stranger = ''] = await usersOf(world, ['ann'], {}, 'Ateliers Fabrikam');
    await usersOf(world, ['ben']);
    const asked = await chat.type('/delete-user ben@contoso.example');
    const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
    await world.database.connection.collection('users').updateMany({}, { $set: { customerId } });

    const [tampered, moved] = [
      await chat.send({ kind: 'pressed', verb: 'delete-user.ask', data: { userIds: stranger } }),
      await chat.press(asked, 'delete-user.confirm'),
    ];

    expect(moved.name).toBe('stale');
    expect(tampered.name).not.toBe('delete-user');
    expect(await states()).toEqual(['ann active', 'ben active']);
    expect((await deletions()).map(({ outcome }) => outcome)).toContain('denied');
  });

  it('is told in French', async () => {
    await usersOf(world, ['ann'], { licenses: ['ENTERPRISEPACK'] });
    const french = await atContoso(world, 'web:ada', {
      locale: { language: 'fr', timeZone: 'Europe/Paris' },
    });

    const asked = await french.type('/delete-user ann@contoso.example');
    const done = await french.press(asked, 'delete-user.confirm');

    expect(asked.text).toContain('Supprimer cet utilisateur');
    expect(done.text).toContain('Restauration possible jusqu’au 22 décembre 2026 à 10:00');
  });
});

describe('Undo', () => {
  it('brings everything back at once where nothing stands in the way', async () => {
    await usersOf(world, ['ann'], { licenses: ['ENTERPRISEPACK'], roles: ['Directory Readers'] });
    const done = await deleteBy(chat, ['ann']);

    const back = await chat.press(done, 'delete-user.undo');

    expect(back.name).toBe('user-restored');
    expect(back.text).toContain('Came back: Office 365 E3');
    expect(back.text).toContain('Roles that came back: Directory Readers');
    expect(await states()).toEqual(['ann active']);
    expect(await consumed('ENTERPRISEPACK')).toBe(1);
    expect((await chat.press(done, 'delete-user.undo')).text).toBe(back.text);
    expect(await world.rows('audit', { action: 'restore_customer_user' })).toHaveLength(1);
  });

  it('asks first where the name was taken, and changes nothing until then', async () => {
    await usersOf(world, ['ann']);
    const done = await deleteBy(chat, ['ann']);
    await usersOf(world, ['ann']);

    const asked = await chat.press(done, 'delete-user.undo');

    expect(asked.name).toBe('restore-user');
    expect(asked.inputs).toMatchObject({ username: 'ann2@contoso.example' });
    expect(await states()).toEqual(['ann active', 'ann deleted']);
    expect((await chat.press(asked, 'restore-user.confirm')).text).toContain('ann2@contoso.example');
    expect(await states()).toEqual(['ann active', 'ann active']);
  });

  it('works until the last millisecond and not one later', async () => {
    await usersOf(world, ['ann', 'ben']);
    const [ann, ben] = [await deleteBy(chat, ['ann']), await deleteBy(chat, ['ben'])];

    world.clock.pass(30 * day);
    const back = await chat.press(ann, 'delete-user.undo');
    world.clock.pass(1);
    const late = await chat.press(ben, 'delete-user.undo');

    expect(back.text).toContain('User restored');
    expect(late.text).toContain('Not restored: the time for it was over on 22 December 2026 at 09:00.');
    expect(await states()).toEqual(['ann active', 'ben deleted']);
  });

  it('is refused to who may not restore a user with these roles', async () => {
    await usersOf(world, ['ann'], { roles: ['Global Administrator'] });
    const done = await deleteBy(chat, ['ann']);
    await hire(world, 'web:uma', 'user_management_admin');

    expect((await world.chat('web:uma').press(done, 'delete-user.undo')).name).toBe('denied');
    expect(await states()).toEqual(['ann deleted']);
  });
});

describe('The card of a deletion', () => {
  it('stays as it is while nothing happens', async () => {
    await usersOf(world, ['ann']);
    await stand(await deleteBy(chat, ['ann']), 'm1');

    expect(await updatesOf(world)).toEqual([]);
    world.clock.pass(30 * day);
    expect(await updatesOf(world)).toEqual([]);
  });

  it('loses Undo as soon as the time is up', async () => {
    await usersOf(world, ['ann']);
    await stand(await deleteBy(chat, ['ann']), 'm1');
    await updatesOf(world);

    world.clock.pass(30 * day + 1);
    const sent = await updatesOf(world);

    expect(sent).toMatchObject([{ message: 'm1', verbs: ['deleted-users.page'] }]);
    expect(sent[0]?.text).toContain('The time to restore 1 user is over.');
  });

  it('says who restored whom, and offers Undo for the others', async () => {
    await usersOf(world, ['ann', 'ben']);
    const done = await deleteBy(chat, ['ann', 'ben']);
    await stand(done, 'm1');
    await hire(world, 'web:gil', 'global_admin');
    const gil = await atContoso(world, 'web:gil');
    await gil.press(await gil.type('/restore-user ann@contoso.example'), 'restore-user.confirm');

    world.clock.pass(11 * second);
    const sent = await updatesOf(world);

    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toContain('Restored by Gil on 22 November 2026 at 09:00');
    expect(sent[0]?.verbs).toContain('delete-user.undo');
    await chat.press(done, 'delete-user.undo');
    expect(await states()).toEqual(['ann active', 'ben active']);
    world.clock.pass(11 * second);
    expect((await updatesOf(world))[0]?.verbs).toEqual(['deleted-users.page']);
  });
});
