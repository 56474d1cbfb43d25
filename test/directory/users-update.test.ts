import { userFingerprint, type EditableFields } from '../../src/domain/user';
import type { NewUser } from '../../src/ports/directory';
import { effect, entry, newUser, openTestDirectory, type TestDirectory } from '../support/directory';
import { storeUsers } from '../support/many-users';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
});
afterAll(() => world.close());

const zoe = newUser({ givenName: 'Zoé', licenses: ['EMS'], roles: ['Global Reader'] });
const fieldsOf = (user: NewUser, changes: Partial<EditableFields> = {}): EditableFields => ({
  ...user,
  ...changes,
});
const update = (changes: Partial<EditableFields>, seen = userFingerprint(zoe)) => ({
  ...{ customerId: zoe.customerId, userId: zoe.id, seen },
  fields: fieldsOf(zoe, changes),
});

describe('Editing a user', () => {
  it('writes what can be edited and nothing else, and finds the user by the new name', async () => {
    await storeUsers(world.connection, [zoe]);
    const edited = { displayName: 'Élodie Roux', userPrincipalName: 'E.Roux@contoso.example', roles: [] };

    const outcome = await world.directory.updateUser(
      update({ ...edited, jobTitle: 'Chef', accountEnabled: false }),
      effect(),
    );

    const { password: _, ...unchanged } = zoe;
    expect(outcome).toEqual({ kind: 'updated' });
    expect(await world.directory.findUsers('c1', [zoe.id])).toEqual([
      { ...unchanged, ...edited, jobTitle: 'Chef', accountEnabled: false },
    ]);
    const found = (text: string) =>
      world.directory.searchUsers({ customerId: 'c1', text, filter: null, limit: 8 });
    expect((await found('elodie roux')).items).toHaveLength(1);
    expect((await found('zoe')).items).toEqual([]);
    expect(await world.directory.takenUpns('c1', ['e.roux@contoso.example'])).toHaveLength(1);
    expect(await world.rows('audit')).toHaveLength(1);
  });

  it('overwrites nothing that was changed since it was seen', async () => {
    await storeUsers(world.connection, [zoe]);
    await world.directory.updateUser(update({ jobTitle: 'Chef' }), effect());
    const before = await world.rows('users');

    expect(await world.directory.updateUser(update({ department: 'Kitchen' }), effect())).toEqual({
      kind: 'changed-meanwhile',
    });
    expect(await world.rows('users')).toEqual(before);
    expect(await world.rows('effects')).toHaveLength(1);
  });

  it('is not stopped by a license that was given meanwhile, nor takes it away', async () => {
    await storeUsers(world.connection, [zoe]);
    await world.accounts.users.updateOne({}, { $set: { licenses: ['EMS', 'E5'] } });

    expect(await world.directory.updateUser(update({ jobTitle: 'Chef' }), effect())).toEqual({
      kind: 'updated',
    });
    expect(await world.rows('users')).toMatchObject([{ licenses: ['EMS', 'E5'], jobTitle: 'Chef' }]);
  });

  it('has one winner of many at once over two connections', async () => {
    await storeUsers(world.connection, [zoe]);
    const other = await world.another();

    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, place) =>
        (place % 2 === 0 ? world.directory : other).updateUser(
          update({ jobTitle: `Job ${place}` }),
          effect(),
        ),
      ),
    );

    expect(outcomes.filter(({ kind }) => kind === 'updated')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'changed-meanwhile')).toHaveLength(9);
  });

  it('refuses a name that somebody has, in any case, and takes one of somebody deleted or its own', async () => {
    const anna = newUser({ userPrincipalName: 'anna@contoso.example' });
    const gone = newUser({ userPrincipalName: 'gone@contoso.example' });
    await storeUsers(world.connection, [zoe, anna, gone]);
    await world.accounts.users.updateOne({ _id: gone.id }, { $set: { state: 'deleted' } });
    const rename = (userPrincipalName: string, seen = zoe) =>
      world.directory.updateUser(update({ userPrincipalName }, userFingerprint(seen)), effect());

    expect(await rename('ANNA@contoso.example')).toEqual({ kind: 'user-principal-name-taken' });
    expect(await rename('ZOE@contoso.example')).toEqual({ kind: 'updated' });
    const shouting = { ...zoe, userPrincipalName: 'ZOE@contoso.example' };
    expect(await rename('gone@contoso.example', shouting)).toEqual({ kind: 'updated' });
  });

  it.each([
    ['deleted', { state: 'deleted' }],
    ['of another customer', { customerId: 'c2' }],
  ] as const)('does nothing for a user who is %s by now', async (_, changes) => {
    await storeUsers(world.connection, [zoe]);
    await world.accounts.users.updateOne({}, { $set: changes });

    expect(await world.directory.updateUser(update({ jobTitle: 'Chef' }), effect())).toEqual({
      kind: 'missing',
    });
    expect(await world.rows('users')).toMatchObject([{ jobTitle: '' }]);
  });

  it('answers a form sent again with its first result', async () => {
    await storeUsers(world.connection, [zoe]);
    const form = effect({ result: { userId: zoe.id } });

    await world.directory.updateUser(update({ jobTitle: 'Chef' }), form);

    const again = await world.directory.updateUser(update({ jobTitle: 'Chef' }), form);
    expect(again).toEqual({ kind: 'repeated', result: { userId: zoe.id } });
    expect(await world.rows('audit')).toHaveLength(1);
  });

  it('leaves nothing behind when it cannot be recorded', async () => {
    await storeUsers(world.connection, [zoe]);
    const before = await world.rows('users');
    const bad = effect({ audit: [entry({ outcome: 'nonsense' as 'success' })] });

    await expect(world.directory.updateUser(update({ jobTitle: 'Chef' }), bad)).rejects.toThrow();

    expect(await world.rows('users')).toEqual(before);
  });
});
