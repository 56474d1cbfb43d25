import { effect, entry } from '../support/directory';
import { manyUsers, openImports, type ImportWorld } from '../support/imports';

let world: ImportWorld;
beforeEach(async () => void (world = await openImports()));
afterEach(() => world.close());

async function imported(text: string) {
  const record = await world.start(await world.check(text), { usageLocation: 'FR' });
  await world.run();
  return world.now(record);
}

const undo = async (id: string, request = world.request()) => world.imports.undo(request, id, '');
const states = async () => (await world.rows('users')).map((user) => user['state']);

describe('The undo of an import', () => {
  test('removes exactly the users whom nobody has touched since, and frees their seats', async () => {
    const record = await imported(manyUsers(600, () => 'ENTERPRISEPACK'));
    const [first, second] = await world.rows('users');
    const changed = String(first?.['_id']);
    const deletion = {
      ...{ customerId: world.customer.id, userIds: [String(second?.['_id'])], deletedBy: 'web:bo' },
      ...{ deletedAt: world.clock.now(), restoreBy: world.clock.now() },
    };
    const { id, ...rest } = effect();
    await world.directory.deleteUsers(deletion, { id, of: () => rest });
    await world.records.audit.create([entry({ action: 'update_customer_user', userId: changed })]);

    const outcome = await undo(record.id);
    await world.run();

    expect(outcome.kind).toBe('undone');
    const now = await world.now(record);
    expect(now).toMatchObject({ state: 'done', created: 600, undo: { finished: true, by: 'web:ada' } });
    expect(now.undo).toMatchObject({ removed: 598, changed: 2, guarded: 0 });
    expect(now.undo?.left).toEqual([
      { userPrincipalName: 'user0@contoso.example', why: 'changed' },
      { userPrincipalName: 'user1@contoso.example', why: 'changed' },
    ]);
    expect((await states()).filter((state) => state === 'active')).toHaveLength(1);
    const [seats] = await world.rows('subscriptions', { skuPartNumber: 'ENTERPRISEPACK' });
    expect(seats?.['consumed']).toBe(1);
    const [removed] = await world.rows('users', { upnLower: 'user5@contoso.example' });
    expect(removed).toMatchObject({ deletedBy: 'web:ada', deletion: `undo:${record.id}` });
    expect(await world.rows('audit', { action: 'undo_customer_user_import' })).toHaveLength(1);
    expect(await world.rows('audit', { action: 'delete_customer_user' })).toHaveLength(598);
  });

  test('is done once, also when it is asked for twice at the same moment', async () => {
    const record = await imported(manyUsers(300, () => 'ENTERPRISEPACK'));

    await Promise.all([undo(record.id), undo(record.id), world.run()]);
    await world.run();

    expect((await world.now(record)).undo).toMatchObject({ finished: true, removed: 300 });
    expect(await world.rows('audit', { action: 'delete_customer_user' })).toHaveLength(300);
    expect(await world.rows('audit', { action: 'undo_customer_user_import' })).toHaveLength(1);
  });

  test('ends the sheet of passwords when nobody of it is left', async () => {
    const record = await imported(manyUsers(3));
    expect(await world.rows('secretChunks')).toHaveLength(1);

    await undo(record.id);

    expect(await world.rows('secretChunks')).toHaveLength(0);
    expect(await world.rows('secrets')).toEqual([expect.objectContaining({ state: 'replaced' })]);
  });

  test('leaves a user alone who has signed in with a password of its own', async () => {
    const record = await imported(manyUsers(3));
    const users = world.database.connection.collection('users');
    const first = { upnLower: 'user0@contoso.example' };
    await users.updateOne(first, { $set: { mustChangePassword: false } });

    const outcome = await undo(record.id);

    expect(outcome).toMatchObject({ kind: 'undone', record: { undo: { removed: 2, changed: 1 } } });
    expect(await world.rows('users', first)).toEqual([expect.objectContaining({ state: 'active' })]);
  });

  test('leaves users alone whose roles are above the operator', async () => {
    const text =
      'Display name,Email,Roles\nAnn,ann@contoso.example,Global Administrator\nBo,bo@contoso.example,\n';
    const record = await imported(text);
    const manager = { id: 'web:uma', partnerRole: 'user_management_admin', customers: 'all' } as const;

    const outcome = await undo(record.id, world.request({ operator: manager }));

    expect(outcome).toMatchObject({ kind: 'undone', record: { undo: { removed: 1, guarded: 1 } } });
  });

  test('is refused without the rights, after a day, and where there is nothing to undo', async () => {
    const record = await imported(manyUsers(2));
    const checked = await world.check(manyUsers(1));
    const helpdesk = { id: 'web:hal', partnerRole: 'helpdesk_agent', customers: 'all' } as const;

    expect(await undo('0'.repeat(24))).toEqual({ kind: 'gone' });
    expect(await undo(checked.id)).toMatchObject({ kind: 'nothing-to-undo' });
    expect(await undo(record.id, world.request({ operator: helpdesk }))).toMatchObject({
      ...{ kind: 'not-allowed', action: 'bulk_create' },
    });
    world.clock.pass(24 * 60 * 60 * 1000 + 1);
    expect(await undo(record.id)).toMatchObject({ kind: 'too-late' });
    expect(await states()).toEqual(['active', 'active']);
  });
});
