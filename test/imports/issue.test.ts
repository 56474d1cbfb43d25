import { newFormId } from '../../src/domain/hand-over';
import { matchesPassword, type PasswordDigest } from '../../src/domain/password';
import type { ImportProgress, ImportRecord, ImportRequest } from '../../src/ports/imports';
import { realEntropy } from '../support/entropy';
import { effect, handOverFor, newUser } from '../support/directory';
import { manyUsers, type ImportWorld } from '../support/imports';
import { openReadableImports, type SheetReader } from '../support/open-sheet';

let world: ImportWorld;
let reader: SheetReader;
let close: () => Promise<void>;
beforeEach(async () => void ({ world, reader, close } = await openReadableImports()));
afterEach(() => close());

/** An import that has ended, and the link to its sheet. */
async function imported(text: string) {
  const record = await world.start(await world.check(text), { usageLocation: 'FR' });
  await world.run();
  return { record: await world.now(record), token: world.results[0]?.token ?? '' };
}

interface Asked {
  readonly form?: string;
  readonly seen?: string | null;
  readonly request?: Partial<ImportRequest>;
}

const issue = (record: ImportRecord, { form = newFormId(realEntropy), seen, request }: Asked = {}) =>
  world.imports.issue(
    world.request(request),
    record.id,
    { scope: 'everyone', seen: seen === undefined ? record.handOverId : seen },
    form,
  );

const resets = () => world.rows('audit', { action: 'reset_customer_user_password' });
const latestToken = () => world.results.at(-1)?.token ?? '';

async function areGood(passwords: ReadonlyMap<string, string>): Promise<boolean> {
  const users = await world.rows('users', { state: 'active' });
  return users.every(({ userPrincipalName, password }) =>
    matchesPassword(passwords.get(String(userPrincipalName)) ?? '', password as PasswordDigest),
  );
}

describe('A sheet that is issued again', () => {
  test('has new passwords behind a new link; the old link and passwords are dead, each reset on record', async () => {
    const { record, token } = await imported(manyUsers(1_100));

    expect(await issue(record)).toMatchObject({ kind: 'issuing', record: { issue: { expected: 1_100 } } });
    await world.run();

    const after = await world.now(record);
    expect(after).toMatchObject({ state: 'done', phase: 'posted', created: 1_100 });
    expect(after.issue).toMatchObject({
      finished: true,
      issued: 1_100,
      by: 'web:ada',
      signedIn: 0,
      guarded: 0,
    });
    expect(after.handOverId).not.toBe(record.handOverId);
    expect((await reader.open(token)).status).toBe(410);
    const { passwords, csv } = await reader.open(latestToken());
    expect([passwords.size, csv.length]).toEqual([1_100, 1_102]);
    expect(await areGood(passwords)).toBe(true);
    expect(await world.rows('secretChunks')).toEqual([]);
    expect(new Set((await resets()).map(({ userId }) => userId)).size).toBe(1_100);
    expect(await resets()).toHaveLength(1_100);
  });

  test('can be one that was opened, and leaves who has signed in since, was deleted or reset', async () => {
    const { record, token } = await imported(manyUsers(5));
    await reader.open(token);
    const [signedIn, reset, deleted] = await world.rows('users');
    await world.models.users.updateOne(
      { _id: String(signedIn?.['_id']) },
      { $set: { mustChangePassword: false } },
    );
    const other = handOverFor(newUser({ id: String(reset?.['_id']), customerId: world.customer.id }));
    const set = effect({ handOver: other.record });
    await world.directory.setPasswords(world.customer.id, other.digests, set);
    const { id, ...rest } = effect();
    const at = world.clock.now();
    const deletion = {
      userIds: [String(deleted?.['_id'])],
      deletedAt: at,
      deletedBy: 'web:ada',
      restoreBy: at,
    };
    await world.directory.deleteUsers({ customerId: world.customer.id, ...deletion }, { id, of: () => rest });
    const before = (await world.rows('users')).slice(0, 3);

    await issue(record);
    await world.run();

    expect((await world.now(record)).issue).toMatchObject({ issued: 2, signedIn: 1, guarded: 0, gone: 2 });
    const { passwords } = await reader.open(latestToken());
    expect([...passwords.keys()]).toEqual(['user3@contoso.example', 'user4@contoso.example']);
    expect((await world.rows('users')).slice(0, 3)).toEqual(before);
  });

  test('leaves those above the reach of whoever issues it on the sheet they are on', async () => {
    const text =
      'Display name,Email,Roles\nAnn,ann@contoso.example,Global Administrator\nBo,bo@contoso.example,\n';
    const { record, token } = await imported(text);
    const operator = { id: 'web:hal', partnerRole: 'helpdesk_agent', customers: 'all' } as const;

    await issue(record, { request: { operator } });
    await world.run();

    expect((await world.now(record)).issue).toMatchObject({ by: 'web:hal', issued: 1, guarded: 1 });
    expect([...(await reader.open(latestToken())).passwords.keys()]).toEqual(['bo@contoso.example']);
    expect([...(await reader.open(token)).passwords.keys()]).toEqual(['ann@contoso.example']);
  });

  test('is one, pressed twice or by two at the same moment, and who was slower is told', async () => {
    const { record } = await imported(manyUsers(3));
    const form = newFormId(realEntropy);

    const twice = await Promise.all([issue(record, { form }), issue(record, { form })]);
    const other = await issue(record);
    await world.run();
    const late = await issue(record);
    const again = await issue(record, { form });
    await world.run();

    expect(twice.map(({ kind }) => kind)).toEqual(['issuing', 'issuing']);
    expect([other.kind, late.kind, again.kind]).toEqual(['overtaken', 'overtaken', 'issuing']);
    expect(world.results).toHaveLength(2);
    expect(await resets()).toHaveLength(3);
  });

  test('is taken over from a process that dies over it: one link works, and every password is good', async () => {
    const { record } = await imported(manyUsers(30));
    const tokens: string[] = [];
    const dying: Partial<ImportProgress> = {
      result(_, token) {
        tokens.push(token ?? '');
        return new Promise(() => undefined);
      },
    };
    await issue(record);
    void world.process({ progress: dying }).run();
    while (tokens.length === 0) await new Promise((resolve) => setTimeout(resolve, 30));
    await world.expireLeases();
    await world.run();

    expect((await reader.open(tokens[0] ?? '')).status).toBe(404);
    const { passwords } = await reader.open(latestToken());
    expect(passwords.size).toBe(30);
    expect(await areGood(passwords)).toBe(true);
    expect((await world.now(record)).issue).toMatchObject({ finished: true, issued: 30 });
    expect(await world.rows('secretChunks')).toEqual([]);
  });

  test('is not made again when it was opened before its process could say that it was posted', async () => {
    const { record } = await imported(manyUsers(3));
    let token = '';
    const dying: Partial<ImportProgress> = {
      async result(_, given) {
        token = given ?? '';
        await reader.open(token);
        return new Promise(() => undefined);
      },
    };
    await issue(record);
    void world.process({ progress: dying }).run();
    while ((await world.rows('secrets', { state: 'opened' })).length === 0)
      await new Promise((resolve) => setTimeout(resolve, 30));
    await world.expireLeases();
    await world.run();

    expect(world.results).toHaveLength(1);
    expect(await resets()).toHaveLength(3);
    expect((await world.now(record)).issue).toMatchObject({ finished: true, issued: 3 });
  });

  test('is given up when it fails again and again, and can be issued once more', async () => {
    const { record } = await imported(manyUsers(3));
    await issue(record);
    await world.database.connection.collection('imports').updateOne({}, { $set: { failures: 10 } });
    await world.run();
    const given = await world.now(record);
    await issue(given);
    await world.run();

    expect(given.issue).toMatchObject({ finished: true, issued: 0 });
    expect((await world.now(record)).issue).toMatchObject({ finished: true, issued: 3 });
    expect(await areGood((await reader.open(latestToken())).passwords)).toBe(true);
  });

  test('needs the right to reset, and somebody to issue it for', async () => {
    const { record } = await imported(manyUsers(1));
    const sales = { id: 'web:sam', partnerRole: 'sales_agent', customers: 'all' } as const;
    const elsewhere = { id: 'web:eve', partnerRole: 'admin_agent', customers: [] } as const;

    for (const operator of [sales, elsewhere])
      expect(await issue(record, { request: { operator } })).toMatchObject({ kind: 'not-allowed' });
    await world.models.users.updateMany({}, { $set: { mustChangePassword: false } });
    expect(await issue(record)).toMatchObject({ kind: 'nobody' });
    await world.run();
    expect(await resets()).toEqual([]);
  });

  test('does not keep its users from being removed by the undo, which waits until it is made', async () => {
    const { record } = await imported(manyUsers(3));
    await issue(record);
    const busy = await world.imports.undo(world.request(), record.id, '');
    await world.run();
    const undone = await world.imports.undo(world.request(), record.id, '');

    expect(busy.kind).toBe('busy');
    expect(undone).toMatchObject({ kind: 'undone', record: { undo: { removed: 3, changed: 0 } } });
    expect(await issue(await world.now(record))).toMatchObject({ kind: 'nobody' });
    expect((await reader.open(latestToken())).status).toBe(410);
  });
});
