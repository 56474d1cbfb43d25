import type { ActiveUser } from '../../src/domain/user';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { many } from '../support/sample-data';
import { customerIdOf, hire, verbsOn } from '../support/scenes';
import { storeUsers } from '../support/store-users';

let world: TestHouse;
let chat: Chat;
let contoso: string;
let fabrikam: string;
beforeAll(async () => {
  world = await openTestHouse();
  chat = world.chat();
  contoso = await customerIdOf(world, 'Contoso Bakery');
  fabrikam = await customerIdOf(world, 'Ateliers Fabrikam');
  await chat.press(await chat.type('/customers contoso'), 'customers.pick');
});
afterEach(() => world.database.connection.collection('users').deleteMany({}));
afterAll(() => world.close());

const store = (users: readonly Partial<ActiveUser>[]) => storeUsers(world, contoso, users);
const named = (...names: string[]) =>
  store(names.map((displayName, place) => ({ displayName, userPrincipalName: `p${place}@contoso.example` })));
/** Users in the order of the list. */
const numbered = (count: number) => store(many(count, () => ({})));

/** The UPNs on a page of the list, in its order. */
function upnsOn(shown: Shown): string[] {
  return shown.text.split('\n').filter((line) => line.endsWith('@contoso.example'));
}

function headingOf(shown: Shown): string {
  return /^(Users|Utilisateurs).*$/m.exec(shown.text)?.[0] ?? '';
}

async function walk(from: Shown, button: 'Next' | 'Previous'): Promise<string[][]> {
  const pages = [upnsOn(from)];
  let page = from;
  while (page.buttons.some(({ title }) => title === button)) {
    page = await chat.press(page, button);
    pages.push(upnsOn(page));
    if (pages.length > 100) throw new Error('The list does not end.');
  }
  return pages;
}

describe('The list of users', () => {
  it.each([0, 1, 8, 50])('shows each of %d once, forth and back, and how many there are', async (count) => {
    const users = await numbered(count);
    const first = await chat.type('/users');

    const forth = await walk(first, 'Next');

    expect(headingOf(first)).toBe(`Users (${count})`);
    expect(forth.flat()).toEqual(users.map(({ userPrincipalName }) => userPrincipalName));
    let last = first;
    while (last.buttons.some(({ title }) => title === 'Next')) last = await chat.press(last, 'Next');
    expect((await walk(last, 'Previous')).reverse()).toEqual(forth);
  });

  it('counts no further than 1,000', async () => {
    await numbered(1_100);

    const first = await chat.type('/users');

    expect(headingOf(first)).toBe('Users (more than 1,000)');
    expect(headingOf(await chat.press(first, 'users.search', { text: 'user0001' }))).toBe('Users (10)');
    expect(upnsOn(await chat.press(first, 'Next'))[0]).toBe('user00008@contoso.example');
  });

  it('says what to do where there is nobody', async () => {
    const empty = await chat.type('/users');
    const none = await chat.type('/users nobody');

    expect(empty.text).toContain('This customer has no users yet.');
    expect(verbsOn(empty)).toEqual(['users.search', 'add-user.open']);
    expect(none.text).toContain('No user matches.');
    expect(none.inputs.text).toBe('nobody');
  });

  it('shows at once who is blocked, has no license or holds roles', async () => {
    await store([{ accountEnabled: false, licenses: [] }, { roles: ['Reports Reader'] }, {}]);

    const { text } = await chat.type('/users');

    expect(text).toContain('user00000@contoso.example\nSign-in blocked · No license\nUser 00001');
    expect(text).toContain('user00001@contoso.example\nHas directory roles\nUser 00002');
  });

  it('speaks French', async () => {
    await numbered(3);
    const french = world.chat('web:ada', { locale: { language: 'fr', timeZone: 'UTC' } });

    const shown = await french.type('/users');

    expect(headingOf(shown)).toBe('Utilisateurs (3)');
    expect((await french.press(shown, 'users.select')).text).toContain('Personne n’est coché pour l’instant');
  });

  it('stays with its customer when another one is picked meanwhile', async () => {
    await numbered(20);
    const ben = await hire(world, 'web:ben', 'admin_agent');
    await ben.press(await ben.type('/customers contoso'), 'customers.pick');
    const list = await ben.type('/users');
    await ben.press(await ben.type('/customers fabrikam'), 'customers.pick');

    expect(headingOf(await ben.type('/users'))).toBe('Users (0)');
    for (const button of ['Next', 'users.search', 'users.select']) {
      const shown = await ben.press(list, button);
      expect([headingOf(shown), shown.text.includes('Contoso Bakery')]).toEqual(['Users (20)', true]);
    }
  });
});

describe('Searching users', () => {
  it.each([
    ['helene', ['p0']],
    ['HÉLÈNE', ['p0']],
    ['dur hel', ['p0']],
    ['benali', ['p1']],
    ['p1@con', ['p1']],
    ['urand', []],
    ['.*lene', []],
    ['n(', ['p1']],
  ])('finds by the start of any word, and takes %j for characters', async (text, found) => {
    await named('Hélène Durand', "Nadia N'Benali");

    expect(upnsOn(await chat.type(`/users ${text}`))).toEqual(found.map((name) => `${name}@contoso.example`));
  });

  it.each([
    ['/users unlicensed', ['user00001']],
    ['/users blocked', ['user00002']],
    ['/users ADMINS', ['user00003']],
    ['/users sans-licence', ['user00001']],
    ['/users bloqués', ['user00002']],
    ['/users user blocked', ['user00002']],
    ['/users nobody blocked', []],
  ])('%s filters', async (line, found) => {
    await store([{}, { licenses: [] }, { accountEnabled: false }, { roles: ['Reports Reader'] }]);

    const shown = await chat.type(line);

    expect(upnsOn(shown)).toEqual(found.map((name) => `${name}@contoso.example`));
    expect(shown.inputs.filter).not.toBe('all');
  });

  it('keeps text and filter from page to page, and back from the card of a user', async () => {
    await store(many(30, (place) => ({ accountEnabled: place % 2 === 0 })));
    const sought = await chat.press(await chat.type('/users'), 'users.search', {
      text: 'user',
      filter: 'blocked',
    });

    const next = await chat.press(sought, 'Next');
    const back = await chat.press(await chat.press(next, 'users.view'), 'users.search');

    expect([headingOf(sought), headingOf(next), headingOf(back)]).toEqual(Array(3).fill('Users (15)'));
    expect(back.inputs).toMatchObject({ text: 'user', filter: 'blocked' });
    expect(upnsOn(next)[0]).toBe('user00017@contoso.example');
  });
});

describe('Ticking several users', () => {
  const idsOf = (users: readonly ActiveUser[], ...places: number[]) =>
    places.map((place) => users[place]!.id).join(',');

  it('keeps the ticks through paging and searching, and says how many', async () => {
    const users = await numbered(20);
    const first = await chat.press(await chat.type('/users'), 'users.select');

    const second = await chat.press(first, 'Next', { userIds: idsOf(users, 0, 1) });
    const found = await chat.press(second, 'users.search', { userIds: idsOf(users, 9), text: 'user00001' });
    const all = await chat.press(found, 'users.search', { userIds: '', text: '' });

    expect(first.text).toContain('Nobody is ticked yet');
    expect(second.text).toContain('2 users ticked\nOn other pages: User 00000, User 00001');
    expect(found.text).toContain('3 users ticked\nOn other pages: User 00000, User 00009');
    expect(found.inputs.userIds).toBe(idsOf(users, 1));
    expect(all.text).toContain('2 users ticked');
    expect(all.inputs.userIds).toBe(idsOf(users, 0));
  });

  it('shows the ticks again on the way back', async () => {
    const users = await numbered(20);
    const first = await chat.press(await chat.type('/users'), 'users.select');
    const second = await chat.press(first, 'Next', { userIds: idsOf(users, 2) });

    const back = await chat.press(second, 'Previous', { userIds: idsOf(users, 8, 15) });

    expect(back.inputs.userIds).toBe(idsOf(users, 2));
    expect(back.text).toContain('3 users ticked');
  });

  it('begins on the page of the list, with who is named at once', async () => {
    const users = await numbered(20);
    const page = await chat.press(await chat.type('/users'), 'Next');

    const shown = await chat.press(page, 'users.select', { userIds: idsOf(users, 8, 1) });

    expect(shown.choices('userIds')[0]).toBe(`${users[8]!.id}: User 00008 – user00008@contoso.example`);
    expect(shown.text).toContain('2 users ticked');
  });

  it('keeps 50 at most, and says so', async () => {
    const users = await numbered(60);
    const list = await chat.type('/users');

    const shown = await chat.press(list, 'users.select', { userIds: idsOf(users, ...many(60, (at) => at)) });

    expect(shown.text).toContain('At most 50 users can be ticked at once.');
    expect(shown.text).toContain('50 users ticked');
  });

  it('forgets who was deleted meanwhile, and everybody on the way back to the list', async () => {
    const users = await numbered(3);
    const first = await chat.press(await chat.type('/users'), 'users.select', {
      userIds: idsOf(users, 0, 1),
    });
    await world.database.connection.collection('users').deleteOne({ displayName: 'User 00000' });

    const again = await chat.press(first, 'users.search');
    const list = await chat.press(again, 'Back to the list');

    expect(again.text).toContain('1 user ticked');
    expect((await chat.press(list, 'users.select')).text).toContain('Nobody is ticked yet');
  });

  it("has no effect on another customer's user, and is audited as denied", async () => {
    await numbered(3);
    const [foreign] = await storeUsers(world, fabrikam, [{}]);
    const list = await chat.type('/users');
    const before = await world.rows('audit', { outcome: 'denied' });

    const shown = await chat.press(list, 'users.select', { userIds: foreign!.id });

    expect(shown.name).toBe('stale');
    expect(await world.rows('audit', { outcome: 'denied' })).toHaveLength(before.length + 1);
    const first = await chat.press(list, 'users.select');
    expect((await chat.press(first, 'users.search', { userIds: foreign!.id })).name).toBe('stale');
  });

  it('offers each action only to who has its right', async () => {
    await numbered(3);
    const offered = async (operator: string, role: Parameters<typeof hire>[2]) => {
      const theirs = await hire(world, operator, role);
      await theirs.press(await theirs.type('/customers contoso'), 'customers.pick');
      return verbsOn(await theirs.press(await theirs.type('/users'), 'users.select')).filter(
        (verb) => !verb.startsWith('users.'),
      );
    };

    expect(await offered('web:sal', 'sales_agent')).toEqual(['licenses.open']);
    expect(await offered('web:hal', 'helpdesk_agent')).toEqual(['licenses.open', 'reset-password.ask']);
    expect(await offered('web:uma', 'user_management_admin')).toEqual([
      'licenses.open',
      'reset-password.ask',
      'delete-user.ask',
    ]);
  });
});

describe('An action on those who are ticked', () => {
  const open = async () => chat.press(await chat.type('/users'), 'users.select');

  it('answers with the list and a hint when nobody is', async () => {
    await numbered(3);

    const shown = await chat.press(await open(), 'delete-user.ask', { text: 'user' });

    expect(shown.name).toBe('users');
    expect(shown.text).toContain('Nobody is ticked. Nothing was done.');
    expect(shown.choices('userIds')).toHaveLength(3);
    expect(shown.inputs.text).toBe('user');
  });

  it('is for all whom the card shows ticked when the button is pressed without any input', async () => {
    const users = await numbered(3);
    const list = await chat.type('/users');
    const shown = await chat.press(list, 'users.select', { userIds: `${users[0]!.id},${users[2]!.id}` });
    const { verb, data } = shown.buttons.find((button) => button.verb === 'delete-user.ask')!;

    const asked = await chat.send({ kind: 'pressed', verb, data });

    expect(asked.name).toBe('delete-user');
    expect(asked.text).toContain('Delete these 2 users?');
  });

  it('keeps the first 50 ticked when there are more', async () => {
    const users = await numbered(60);
    const list = await chat.type('/users');
    const ticked = users.slice(0, 50).map(({ id }) => id);
    let shown = await chat.press(list, 'users.select', { userIds: ticked.join(',') });
    shown = await chat.press(shown, 'users.search', {
      userIds: users
        .slice(0, 8)
        .map(({ id }) => id)
        .join(','),
      text: 'user0005',
    });

    const answer = await chat.press(shown, 'delete-user.ask', { userIds: users[55]!.id });

    expect(answer.name).toBe('users');
    expect(answer.text).toContain('At most 50 users can be ticked at once.');
  });

  it('does nothing when one is a user of another customer', async () => {
    const [own] = await numbered(3);
    const [foreign] = await storeUsers(world, fabrikam, [{}]);

    const shown = await chat.press(await open(), 'delete-user.ask', { userIds: `${own!.id},${foreign!.id}` });

    expect(shown.name).toBe('stale');
    expect(await world.rows('audit', { outcome: 'denied', action: 'delete_customer_user' })).toHaveLength(1);
  });

  it('says so when one is not there any more', async () => {
    const [own] = await numbered(3);
    const ticking = await open();
    await world.database.connection.collection('users').deleteOne({ displayName: 'User 00000' });

    const shown = await chat.press(ticking, 'delete-user.ask', { userIds: own!.id });

    expect(shown.name).toBe('user-gone');
    expect(headingOf(await chat.press(shown, 'users.search'))).toBe('Users (2)');
  });
});
