import type { DeletedUserQuery } from '../../src/ports/directory';
import { userDocument } from '../../src/directory/mongo/users';
import { day, later } from '../support/deletions';
import { newUser, now, openTestDirectory, type TestDirectory } from '../support/directory';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(() => world.accounts.users.deleteMany({}));
afterAll(() => world.close());

/** Deleted users of a customer, each with the milliseconds it has left. */
async function deleted(left: Readonly<Record<string, number>>, customerId = 'c1'): Promise<void> {
  const rows = Object.entries(left).map(([displayName, milliseconds]) => ({
    ...userDocument(
      newUser({
        customerId,
        displayName,
        userPrincipalName: `${displayName.toLowerCase().replace(/[^a-z0-9]/g, '.')}@contoso.example`,
      }),
    ),
    ...{
      state: 'deleted',
      deletedAt: now,
      deletedBy: 'web:ada',
      deletion: 'd',
      restoreBy: later(milliseconds),
    },
  }));
  await world.connection.collection<{ _id: string }>('users').insertMany(rows);
}

const search = (query: Partial<DeletedUserQuery> = {}) =>
  world.directory.searchDeletedUsers({ customerId: 'c1', text: '', now, limit: 8, ...query });
const names = (page: Awaited<ReturnType<typeof search>>) => page.items.map(({ displayName }) => displayName);

describe('The list of deleted users', () => {
  it('is empty where there are none', async () => {
    await deleted({ Ann: day }, 'c2');

    expect(await search()).toEqual({ items: [], previous: null, next: null, found: 0 });
  });

  it('shows the most urgent first, and nobody who is lost', async () => {
    await deleted({ Late: 9 * day, Lost: -1, Soon: 1, Last: 0, Middle: day });

    const page = await search();

    expect(names(page)).toEqual(['Last', 'Soon', 'Middle', 'Late']);
    expect(page).toMatchObject({ found: 4, previous: null, next: null });
    expect(JSON.stringify(page)).not.toContain('hash');
  });

  it('is paged forth and back, with many who have the same deadline', async () => {
    const all = Array.from(
      { length: 50 },
      (_, place) => [`User ${place}`, Math.floor(place / 20) * day] as const,
    );
    await deleted(Object.fromEntries(all));

    const forth = [await search()];
    for (let next = forth[0]!.next; next !== null; next = forth.at(-1)!.next) {
      forth.push(await search({ after: next }));
    }
    const back = [forth.at(-1)!];
    for (let previous = back[0]!.previous; previous !== null; previous = back[0]!.previous) {
      back.unshift(await search({ before: previous }));
    }

    expect(forth.map(({ items }) => items.length)).toEqual([8, 8, 8, 8, 8, 8, 2]);
    expect(new Set(forth.flatMap(names)).size).toBe(50);
    expect(forth.flatMap(({ items }) => items.map((user) => user.restoreBy.getTime()))).toEqual(
      all.map(([, left]) => now.getTime() + left).sort((a, b) => a - b),
    );
    expect(back.map(names)).toEqual(forth.map(names));
    expect(forth.every(({ found }) => found === 50)).toBe(true);
  });

  it('shows the first page when the page asked for has emptied, or its key is none', async () => {
    await deleted({ Ann: 1, Bob: 2, Carl: 3 });
    const { next } = await search({ limit: 2 });
    await world.accounts.users.deleteOne({ displayName: 'Carl' });

    expect(names(await search({ limit: 2, after: next! }))).toEqual(['Ann', 'Bob']);
    for (const after of ['', 'nonsense', Buffer.from('["x","y"]').toString('base64url')]) {
      expect(names(await search({ after }))).toEqual(['Ann', 'Bob']);
    }
  });

  it('begins anew when the place it is to go on from has passed', async () => {
    await deleted({ Ann: 1, Bob: 2, Carl: 3, Dora: 4, Emil: 5 });
    const first = await search({ limit: 2 });
    const second = await search({ limit: 2, after: first.next! });

    expect(names(await search({ limit: 2, after: first.next!, now: later(3) }))).toEqual(['Carl', 'Dora']);
    expect(names(await search({ limit: 2, before: second.previous!, now: later(4) }))).toEqual([
      'Dora',
      'Emil',
    ]);
  });

  it('is searched by the start of any word, of the name or of the UPN', async () => {
    await deleted({ 'Hélène Roy': 3, 'Ann Helms': 2, 'Bob Ray': 1 });

    expect(names(await search({ text: 'hel' }))).toEqual(['Ann Helms', 'Hélène Roy']);
    expect(names(await search({ text: 'helene ro' }))).toEqual(['Hélène Roy']);
    expect(names(await search({ text: 'bob.ray@contoso.example' }))).toEqual(['Bob Ray']);
    expect(await search({ text: 'el' })).toMatchObject({ items: [], found: 0 });
    expect(names(await search({ text: 'r.*y' }))).toEqual([]);
  });

  it('counts no further than is told', async () => {
    await deleted(Object.fromEntries(Array.from({ length: 1_005 }, (_, place) => [`User ${place}`, place])));

    expect((await search()).found).toBe(1_001);
  });

  it('follows a deadline that was changed in the database', async () => {
    await deleted({ Ann: 5 * day, Bob: 6 * day });
    await world.connection
      .collection('users')
      .updateOne({ displayName: 'Bob' }, { $set: { restoreBy: later(day) } });

    expect(names(await search())).toEqual(['Bob', 'Ann']);
    const days = Array.from({ length: 7 }, (_, place) => later(place * day));
    expect(await world.directory.countDeadlines('c1', days)).toEqual([0, 1, 0, 0, 0, 1]);
    expect(names(await search({ now: later(2 * day) }))).toEqual(['Ann']);
  });
});

describe('The database', () => {
  /** What MongoDB did for the commands of `work`: stages, and documents read. */
  /** What was read, the page first: what counts reads no document at all. */
  async function explained(work: () => Promise<unknown>) {
    const db = world.connection.getClient().db(world.connection.name);
    await db.command({ profile: 2 });
    await work();
    await db.command({ profile: 0 });
    const done = await db
      .collection('system.profile')
      .find({ ns: `${db.databaseName}.users`, op: { $in: ['query', 'command'] } })
      .toArray();
    await db.collection('system.profile').drop();
    return done
      .map((one) => ({ plan: String(one['planSummary']), read: Number(one['docsExamined']) }))
      .sort((one, other) => other.read - one.read);
  }

  it('does not read the many who share a deadline in front of a page', async () => {
    await deleted(Object.fromEntries(Array.from({ length: 300 }, (_, place) => [`User ${place}`, day])));
    const { next } = await search({ limit: 100 });
    const page = await search({ limit: 100, after: next! });

    const forth = await explained(() => search({ after: page.next! }));
    const back = await explained(() => search({ before: page.previous! }));

    for (const [list] of [forth, back]) expect(list).toMatchObject({ read: 9 });
  });

  it('reads lists, counts and what is to be purged by an index, and no more than is shown', async () => {
    const many = Array.from({ length: 300 }, (_, place) => [`User ${place}`, place * 1000] as const);
    await deleted(Object.fromEntries(many));
    await deleted(Object.fromEntries(many), 'c2');
    const { next } = await search();

    const list = await explained(() => search({ after: next! }));
    const deadlines = await explained(() =>
      world.directory.countDeadlines('c1', [now, later(day), later(30 * day)]),
    );
    const purge = await explained(() => world.directory.purgeUsers(later(-day), now, 200));

    for (const { plan } of [...list, ...deadlines, ...purge]) expect(plan).toMatch(/^IXSCAN/);
    expect(list.map(({ read }) => read)).toEqual([9, 0]);
    expect(deadlines.map(({ read }) => read)).toEqual([0]);
    expect(purge.map(({ read }) => read)).toEqual([0]);
  });
});
