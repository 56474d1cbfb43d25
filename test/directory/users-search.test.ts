import type { UserQuery } from '../../src/ports/directory';
import { effect, newUser, openTestDirectory, type TestDirectory } from '../support/directory';
import { storeUsers } from '../support/many-users';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
});
afterAll(() => world.close());

const search = (query: Partial<UserQuery> = {}) =>
  world.directory.searchUsers({ customerId: 'c1', text: '', filter: null, limit: 8, ...query });

const namesOf = async (query: Partial<UserQuery> = {}) =>
  (await search(query)).items.map(({ displayName }) => displayName);

const named = (displayName: string, upn = '') => {
  const local = upn === '' ? Buffer.from(displayName).toString('hex').slice(0, 60) : upn;
  return newUser({ displayName, userPrincipalName: `${local}@contoso.example` });
};

describe('The list of users', () => {
  it('is empty for a customer without users', async () => {
    expect(await search()).toEqual({ items: [], previous: null, next: null, found: 0 });
  });

  it('shows one user whole, without secrets', async () => {
    const { password, ...user } = newUser({ licenses: ['EMS'], roles: ['Global Reader'] });
    await world.directory.createUser({ ...user, password, licenses: [] }, effect());
    await world.accounts.users.updateOne({}, { $set: { licenses: ['EMS'] } });

    expect(await search()).toEqual({ items: [user], previous: null, next: null, found: 1 });
  });

  it('leaves out other customers and who is deleted', async () => {
    await storeUsers(world.connection, [named('Anna'), { ...named('Bob'), customerId: 'c2' }, named('Carl')]);
    await world.accounts.users.updateOne({ displayName: 'Carl' }, { $set: { state: 'deleted' } });

    expect(await search()).toMatchObject({ items: [{ displayName: 'Anna' }], found: 1 });
  });

  it('is read forwards and backwards through fifty users of few names, each once and in the same order', async () => {
    const users = Array.from({ length: 50 }, (_, place) => named(`Name ${place % 4}`, `u${place}`));
    await storeUsers(world.connection, users);

    const forwards = [];
    let page = await search();
    for (;;) {
      forwards.push(...page.items);
      if (page.next === null) break;
      page = await search({ after: page.next });
    }
    const backwards = [...page.items].reverse();
    while (page.previous !== null) {
      page = await search({ before: page.previous });
      backwards.push(...[...page.items].reverse());
    }

    expect(page.found).toBe(50);
    expect(new Set(forwards.map(({ id }) => id)).size).toBe(50);
    expect(forwards.map(({ displayName }) => displayName)).toEqual(
      forwards.map(({ displayName }) => displayName).sort(),
    );
    expect(backwards.reverse()).toEqual(forwards);
  });

  it('counts no further than one more than a thousand', async () => {
    await storeUsers(
      world.connection,
      Array.from({ length: 1_200 }, (_, place) => named('Ann', `u${place}`)),
    );

    expect((await search()).found).toBe(1_001);
    expect((await search({ text: 'ann' })).found).toBe(1_001);
    expect((await search({ text: 'ann', filter: 'unlicensed' })).found).toBe(1_001);
  });

  it('begins anew where all of a page are gone, and for a key that is none', async () => {
    await storeUsers(world.connection, [named('Anna'), named('Bob')]);
    const { next } = await search({ limit: 1 });
    await world.accounts.users.deleteOne({ displayName: 'Bob' });

    expect(await namesOf({ after: next! })).toEqual(['Anna']);
    expect(await namesOf({ after: 'no key' })).toEqual(['Anna']);
  });
});

describe('Searching users', () => {
  beforeEach(() =>
    storeUsers(world.connection, [
      named('Hélène Dupont', 'h.dupont'),
      named("Shaun O'Neil", 'sneil'),
      named('Łukasz Straße', 'lukasz'),
      named('Ann (extern)', 'ann.x-ray'),
      named('Five *Star*', 'five_star'),
      named('100% Øre', 'ore'),
    ]),
  );

  it.each([
    ['helene', ['Hélène Dupont']],
    ['HÉL', ['Hélène Dupont']],
    ['dup hel', ['Hélène Dupont']],
    ['h.dupont@contoso.example', ['Hélène Dupont']],
    ["o'neil", ["Shaun O'Neil"]],
    ['neil', ["Shaun O'Neil"]],
    ['lukasz stras', ['Łukasz Straße']],
    ['ray', ['Ann (extern)']],
    ['(', ['Ann (extern)']],
    ['(ext', ['Ann (extern)']],
    ['star', ['Five *Star*']],
    ['*', ['Five *Star*']],
    ['100%', ['100% Øre']],
    ['.', []],
    ['.*', []],
    ['^', []],
    ['[a-z]', []],
    ['\\w', []],
    ['elene', []],
    ['helene neil', []],
  ])('for %j finds %j', async (text, names) => {
    const page = await search({ text });

    expect(page.items.map(({ displayName }) => displayName)).toEqual(names);
    expect(page.found).toBe(names.length);
  });

  it('finds all by the domain that all have, and by nothing', async () => {
    expect(await namesOf({ text: 'contoso' })).toHaveLength(6);
    expect(await namesOf({ text: '  ' })).toHaveLength(6);
  });

  it('pages through what is found', async () => {
    const first = await search({ text: 'contoso', limit: 4 });
    const second = await search({ text: 'contoso', limit: 4, after: first.next! });
    const back = await search({ text: 'contoso', limit: 4, before: second.previous! });

    expect([first.items.length, second.items.length, second.next]).toEqual([4, 2, null]);
    expect(back.items).toEqual(first.items);
    expect(second.found).toBe(6);
  });
});

describe('The filters', () => {
  beforeEach(() =>
    storeUsers(world.connection, [
      { ...named('Plain'), licenses: ['EMS'] },
      { ...named('Bare'), licenses: [] },
      { ...named('Blocked'), licenses: ['EMS'], accountEnabled: false },
      { ...named('Admin Bare'), licenses: [], roles: ['User Administrator'] },
    ]),
  );

  it.each([
    ['unlicensed', ['Admin Bare', 'Bare']],
    ['blocked', ['Blocked']],
    ['admins', ['Admin Bare']],
  ] as const)('%s shows %j', async (filter, names) => {
    expect(await namesOf({ filter })).toEqual(names);
    expect((await search({ filter })).found).toBe(names.length);
    expect(await namesOf({ filter, text: 'contoso' })).toEqual(names);
    expect(await namesOf({ filter, text: 'plain' })).toEqual([]);
  });

  it('are paged and counted like the list', async () => {
    const first = await search({ filter: 'unlicensed', limit: 1 });
    const second = await search({ filter: 'unlicensed', limit: 1, after: first.next! });

    expect([first.found, second.found, second.next]).toEqual([2, 2, null]);
    expect(second.items).toMatchObject([{ displayName: 'Bare' }]);
  });

  it('follow a license that is taken and a sign-in that is unblocked', async () => {
    await world.accounts.users.updateOne({ displayName: 'Plain' }, { $set: { licenses: [] } });
    await world.accounts.users.updateOne({ displayName: 'Blocked' }, { $set: { accountEnabled: true } });

    expect(await namesOf({ filter: 'unlicensed' })).toEqual(['Admin Bare', 'Bare', 'Plain']);
    expect(await namesOf({ filter: 'blocked' })).toEqual([]);
  });
});

describe('Finding users by their names', () => {
  it('compares without case, keeps the order asked for, and leaves others out', async () => {
    const [anna, bob] = [named('Anna', 'anna'), named('Bob', 'Bob')];
    await storeUsers(world.connection, [anna, bob, { ...named('Eve', 'eve'), customerId: 'c2' }]);
    const asked = ['BOB@contoso.example', 'eve@contoso.example', 'anna@CONTOSO.example', 'x'];

    const found = await world.directory.findUsersByUpn('c1', asked);

    expect(found.map(({ id }) => id)).toEqual([bob.id, anna.id]);
    expect(await world.directory.takenUpns('c1', asked)).toEqual([asked[0], asked[2]]);
    expect(await world.directory.takenUpns('c1', [])).toEqual([]);
  });

  it('tells users of another customer, active or deleted, from those who are nowhere', async () => {
    const [own, foreign, gone] = [named('A'), named('B'), named('C')];
    await storeUsers(world.connection, [
      own,
      { ...foreign, customerId: 'c2' },
      { ...gone, customerId: 'c2' },
    ]);
    await world.accounts.users.updateOne({ _id: gone.id }, { $set: { state: 'deleted' } });

    const ids = ['nobody', gone.id, own.id, foreign.id];
    expect(await world.directory.foreignUsers('c1', ids)).toEqual([gone.id, foreign.id]);
  });
});
