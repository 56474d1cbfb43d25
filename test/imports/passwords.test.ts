import { hashToken } from '../../src/domain/hand-over';
import { matchesPassword, type PasswordDigest } from '../../src/domain/password';
import type { ImportProgress } from '../../src/ports/imports';
import { effect, handOverFor, newUser } from '../support/directory';
import { manyUsers, type ImportWorld } from '../support/imports';
import { openReadableImports, type SheetReader } from '../support/open-sheet';

let world: ImportWorld;
let reader: SheetReader;
let close: () => Promise<void>;
beforeEach(async () => void ({ world, reader, close } = await openReadableImports()));
afterEach(() => close());

const reveal = (token: string) => reader.open(token);

async function imported(count: number) {
  const record = await world.start(await world.check(manyUsers(count)));
  await world.run();
  const [result] = world.results;
  if (!result?.token) throw new Error('There is a sheet for those who were created.');
  return { record: await world.now(record), token: result.token };
}

const digestOf = (user: Record<string, unknown> | undefined) => user?.['password'] as PasswordDigest;

describe('The sheet of an import', () => {
  test('holds a good password for each user, once, and leaves no trace of it', async () => {
    const { record, token } = await imported(1_100);
    expect(record).toMatchObject({ state: 'done', phase: 'posted' });
    expect(await world.rows('secretChunks')).toHaveLength(2);
    expect(await world.rows('secrets')).toEqual([
      expect.objectContaining({ _id: record.handOverId, userIds: [], sealed: null, state: 'waiting' }),
    ]);

    const { status, page, passwords, csv } = await reveal(token);

    expect(status).toBe(200);
    expect(page).toContain('>Print</button>');
    const users = await world.rows('users');
    expect(passwords.size).toBe(1_100);
    for (const user of users)
      expect(matchesPassword(passwords.get(String(user['userPrincipalName'])) ?? '', digestOf(user))).toBe(
        true,
      );
    expect(csv).toHaveLength(1_102);
    expect(csv[0]).toBe('\ufeff"Name","User name","Temporary password"');
    expect(csv[1_100]).toBe(
      `"User 1099","user1099@contoso.example","${passwords.get('user1099@contoso.example') ?? ''}"`,
    );
    expect(await world.rows('secretChunks')).toHaveLength(0);
    const revealed = await world.rows('audit', { action: 'reveal_hand_over' });
    expect(new Set(revealed.map(({ target }) => target)).size).toBe(1_100);
    expect((await reveal(token)).status).toBe(410);
    const everything = JSON.stringify(
      await Promise.all(['users', 'imports', 'audit'].map((one) => world.rows(one))),
    );
    for (const password of passwords.values()) expect(everything).not.toContain(password);
    expect(world.log.lines.join()).not.toContain(token);
  });

  test('leaves out who was reset or deleted since, and calls others as they are called now', async () => {
    const { token } = await imported(4);
    const [reset, deleted, renamed] = await world.rows('users');
    const user = newUser({ id: String(reset?.['_id']), customerId: world.customer.id });
    const { record, digests } = handOverFor(user);
    await world.directory.setPasswords(world.customer.id, digests, effect({ handOver: record }));
    const { id, ...rest } = effect();
    const at = world.clock.now();
    await world.directory.deleteUsers(
      {
        ...{ customerId: world.customer.id, userIds: [String(deleted?.['_id'])] },
        ...{ deletedAt: at, deletedBy: 'web:ada', restoreBy: at },
      },
      { id, of: () => rest },
    );
    const name = { userPrincipalName: 'new@contoso.example', upnLower: 'new@contoso.example' };
    await world.models.users.updateOne({ _id: String(renamed?.['_id']) }, { $set: name });

    const { page, passwords, csv } = await reveal(token);

    expect([...passwords.keys()]).toEqual(['new@contoso.example', 'user3@contoso.example']);
    expect(csv).toHaveLength(4);
    expect(page).toContain('2 temporary passwords');
  });

  test('is made anew when its process dies before the post: the parts of before are discarded', async () => {
    const record = await world.start(await world.check(manyUsers(1_100)));
    const tokens: (string | null)[] = [];
    const dying: Partial<ImportProgress> = {
      result: (_, token) => {
        tokens.push(token);
        return new Promise(() => undefined);
      },
    };
    void world.process({ progress: dying }).run();
    while (tokens.length === 0) await new Promise((resolve) => setTimeout(resolve, 30));
    const [lost] = await world.rows('secrets');
    await world.expireLeases();
    await world.run();

    expect(await world.rows('secrets', { _id: lost?.['_id'] })).toEqual([]);
    expect(await world.rows('secretChunks')).toHaveLength(2);
    expect((await reveal(tokens[0] ?? '')).status).toBe(404);
    const { passwords } = await reveal(world.results[0]?.token ?? '');
    expect(passwords.size).toBe(1_100);
    expect(await world.now(record)).toMatchObject({ state: 'done', created: 1_100 });
    for (const user of await world.rows('users'))
      expect(matchesPassword(passwords.get(String(user['userPrincipalName'])) ?? '', digestOf(user))).toBe(
        true,
      );
  });

  test('is not made again when it was opened before its process could say that it was posted', async () => {
    const record = await world.start(await world.check(manyUsers(3)));
    let token = '';
    const dying: Partial<ImportProgress> = {
      async result(_, given) {
        token = given ?? '';
        await reveal(token);
        return new Promise(() => undefined);
      },
    };
    void world.process({ progress: dying }).run();
    while ((await world.rows('secrets', { state: 'opened' })).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 30));
    const before = (await world.rows('users')).map(digestOf);
    await world.expireLeases();
    await world.run();

    expect(world.results).toEqual([]);
    expect((await world.rows('users')).map(digestOf)).toEqual(before);
    const [secret] = await world.rows('secrets', { tokenHash: hashToken(token) });
    expect(await world.now(record)).toMatchObject({ state: 'done', handOverId: secret?.['_id'] });
  });

  test('is not shown where a part of it does not open, and nothing is erased', async () => {
    const { token } = await imported(2);
    const chunks = world.database.connection.collection('secretChunks');
    await chunks.updateOne({}, { $set: { 'sealed.tag': Buffer.alloc(16).toString('base64') } });

    const { status, passwords } = await reveal(token);

    expect([status, passwords.size]).toEqual([503, 0]);
    expect(await world.rows('secrets', { state: 'waiting' })).toHaveLength(1);
    expect(await world.rows('secretChunks')).toHaveLength(1);
  });

  test('is left to the next process by one that is told to end', async () => {
    const record = await world.start(await world.check(manyUsers(3)));
    const ending = world.process({
      wrap: (accounts) => ({
        ...accounts,
        async createUsers(batch) {
          const work = await accounts.createUsers(batch);
          ending.stop();
          return work;
        },
      }),
    });
    await ending.run();
    expect(await world.now(record)).toMatchObject({ state: 'running', phase: 'passwords', created: 3 });
    await world.run();

    expect(ending.results).toEqual([]);
    expect(await world.now(record)).toMatchObject({ state: 'done' });
    expect((await reveal(world.results[0]?.token ?? '')).passwords.size).toBe(3);
  });

  test('is not made where nobody was created', async () => {
    await imported(2);
    await world.start(await world.check(manyUsers(2)));
    await world.run();

    expect(world.results[1]).toMatchObject({
      token: null,
      record: { created: 0, skipped: 2, handOverId: null },
    });
    expect(await world.rows('secrets')).toHaveLength(1);
  });
});
