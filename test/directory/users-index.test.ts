import { createIndexUsers } from '../../src/directory/mongo/index-users';
import { newUser, openTestDirectory, type TestDirectory } from '../support/directory';
import { customer, storeCustomers } from '../support/many-customers';
import { storeUsers } from '../support/many-users';
import { createRememberingLog } from '../support/remembering-log';

let world: TestDirectory;
const contoso = customer('Contoso', 'contoso.example');
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
  await storeCustomers(world.connection, [contoso]);
});
afterAll(() => world.close());

const users = (count: number) =>
  Array.from({ length: count }, (_, place) =>
    newUser({
      customerId: contoso.id,
      displayName: `Zoé ${place}`,
      userPrincipalName: `u${place}@contoso.example`,
    }),
  );

/** As an older version or another tool wrote them. */
async function storeOldUsers(count: number): Promise<void> {
  await storeUsers(world.connection, users(count));
  await world.connection
    .collection('users')
    .updateMany({}, { $unset: { sortKey: 1, searchTokens: 1, roles: 1, jobTitle: 1 } });
}

const index = (stopping = new AbortController().signal) =>
  createIndexUsers({ accounts: world.accounts, log: createRememberingLog() })(stopping);
const found = async (text = 'zoe') =>
  (await world.directory.searchUsers({ customerId: contoso.id, text, filter: null, limit: 8 })).found;

describe('Users who were written without what a search reads', () => {
  it('are found once they were indexed, however many', async () => {
    await storeOldUsers(501);
    expect(await found()).toBe(0);

    await index();

    expect(await found()).toBe(501);
    expect(await found('u70')).toBe(1);
  });

  it('are listed also before that, empty where nothing was written', async () => {
    await storeOldUsers(1);

    const page = await world.directory.searchUsers({
      ...{ customerId: contoso.id, text: '', filter: null, limit: 8 },
    });

    expect(page.items).toMatchObject([{ displayName: 'Zoé 0', roles: [], jobTitle: '' }]);
  });

  it('are found when they are deleted, too', async () => {
    await storeOldUsers(1);
    await world.accounts.users.updateOne({}, { $set: { state: 'deleted' } });

    await index();

    expect(await world.rows('users')).toMatchObject([{ sortKey: 'zoe 0' }]);
  });

  it('are written once, others never', async () => {
    await storeOldUsers(2);
    await storeUsers(world.connection, [
      newUser({ customerId: contoso.id, displayName: 'Known', userPrincipalName: 'known@contoso.example' }),
    ]);
    await world.accounts.users.updateOne({ displayName: 'Known' }, { $set: { sortKey: 'as it was' } });

    await index();
    const once = await world.rows('users');
    await Promise.all([index(), index()]);

    expect(await world.rows('users')).toEqual(once);
    expect(once).toContainEqual(expect.objectContaining({ displayName: 'Known', sortKey: 'as it was' }));
  });

  it('wait for the next time when the process ends', async () => {
    await storeOldUsers(1);

    await index(AbortSignal.abort());

    expect(await found()).toBe(0);
  });
});
