import { createSeal } from '../../src/chat/seal';
import { sealKey } from '../../src/storage/setting';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type Chat, type TestHouse } from '../support/house';
import { contosoProducts, many } from '../support/sample-data';
import { addUser, customerIdOf, hire, verbsOn } from '../support/scenes';
import { storeUsers } from '../support/store-users';

let world: TestHouse;
let chat: Chat;
let contoso: string;
beforeAll(async () => {
  world = await openTestHouse();
  chat = world.chat();
  contoso = await customerIdOf(world, 'Contoso Bakery');
  await chat.press(await chat.type('/customers contoso'), 'customers.pick');
});
afterEach(() => world.database.connection.collection('users').deleteMany({}));
afterAll(() => world.close());

const hilda = {
  displayName: 'Hélène Durand',
  userPrincipalName: 'helene.durand@contoso.example',
  jobTitle: 'Baker',
};

describe('The card of one user', () => {
  it('says who it is, whether it may sign in, and what it has', async () => {
    const licenses = many(12, (place) => contosoProducts[place]?.skuPartNumber ?? `PRODUCT_${place}`);
    await storeUsers(world, contoso, [
      { ...hilda, accountEnabled: false, roles: ['Reports Reader'], licenses },
    ]);

    const { name, text } = await chat.type('/user HELENE.durand@CONTOSO.example');

    expect(name).toBe('user');
    for (const said of [
      'Hélène Durand',
      'Sign-in blocked',
      'Baker',
      'Germany',
      'Office 365 E3',
      'Reports Reader',
    ])
      expect(text).toContain(said);
    expect(text).toContain('PRODUCT_9\nand 2 more');
    expect(text).not.toContain('Surname');
  });

  it('speaks French, and names the location in it', async () => {
    await storeUsers(world, contoso, [{ ...hilda, licenses: [] }]);
    const french = world.chat('web:ada', { locale: { language: 'fr', timeZone: 'UTC' } });

    const { text } = await french.type('/user helene.durand@contoso.example');

    for (const said of ['Allemagne', 'Aucune licence', 'Connexion autorisée', '1 novembre 2026'])
      expect(text).toContain(said);
  });

  it('shows what was last done to the user, by whom and when, newest first', async () => {
    const created = await addUser(world);
    await chat.press(await chat.press(created, 'hand-over.ask'), 'hand-over.issue');

    const { text } = await chat.type('/user zoe.durand@contoso.example');

    expect(text).toContain(
      'Reset password\n22 November 2026 at 09:00, Ada\nAdd user\n22 November 2026 at 09:00, Ada',
    );
  });

  it('offers what the operator may do, and nothing else', async () => {
    await storeUsers(world, contoso, [hilda]);
    const offered = async (operator: string, role: Parameters<typeof hire>[2]) => {
      const theirs = await hire(world, operator, role);
      await theirs.press(await theirs.type('/customers contoso'), 'customers.pick');
      return verbsOn(await theirs.type('/user helene.durand@contoso.example'));
    };

    expect(await offered('web:sal', 'sales_agent')).toEqual(['licenses.open', 'users.search']);
    expect(await offered('web:uma', 'user_management_admin')).toEqual([
      'edit-user.open',
      'licenses.open',
      'reset-password.ask',
      'delete-user.ask',
      'users.search',
    ]);
  });

  it("is not shown for another customer's user, which is audited as denied", async () => {
    const [foreign] = await storeUsers(world, await customerIdOf(world, 'Ateliers Fabrikam'), [{}]);
    const seal = createSeal(await sealKey(world.house.records, realEntropy));
    const frozen = seal.close('users.view', { customerId: contoso, userIds: foreign!.id });

    const shown = await chat.send({ kind: 'pressed', verb: 'users.view', data: { frozen } });

    expect(shown.name).toBe('stale');
    expect(await world.rows('audit', { outcome: 'denied', customerId: contoso })).toHaveLength(1);
  });

  it('says so when the user is gone', async () => {
    await storeUsers(world, contoso, [hilda]);
    const list = await chat.type('/users');
    await world.database.connection.collection('users').deleteMany({});

    expect((await chat.press(list, 'users.view')).name).toBe('user-gone');
  });
});

describe('A user who is not named exactly', () => {
  it.each(['dur', 'helene durand', 'HÉLÈNE', 'helene.durand@contoso'])('is offered for %j', async (typed) => {
    await storeUsers(world, contoso, [hilda, { displayName: 'Adam Okoye' }]);

    const offered = await chat.type(`/user ${typed}`);

    expect(offered.name).toBe('matches');
    expect(offered.text).toContain('Nothing was done yet.');
    expect(offered.text).not.toContain('Adam');
    expect((await chat.press(offered, 'Choose')).text).toContain('Hélène Durand');
  });

  it('is chosen among the first of the list when nothing was typed', async () => {
    await storeUsers(
      world,
      contoso,
      many(12, () => ({})),
    );

    const offered = await chat.type('/user');

    expect(offered.text).toContain('Which user?');
    expect(offered.text).toContain('There are more.');
    expect(verbsOn(offered).filter((verb) => verb === 'users.view')).toHaveLength(8);
    expect((await chat.press(offered, 'users.search')).text).toContain('Users (12)');
  });

  it.each(['zeo', '.*', '$where', 'zeo@contoso.example'])(
    'is not found for %j, with a way to the list',
    async (typed) => {
      const none = await chat.type(`/user ${typed}`);

      expect(none.text).toContain(typed);
      expect(none.text).toContain('No such user');
      expect((await chat.press(none, 'users.search')).name).toBe('users');
    },
  );

  it('is one of several that were typed', async () => {
    await storeUsers(
      world,
      contoso,
      many(3, () => ({})),
    );

    const two = await chat.type('/user user00000@contoso.example, USER00001@contoso.example');
    const wrong = await chat.type('/user user00000@contoso.example zeo@contoso.example');

    expect(verbsOn(two).filter((verb) => verb === 'users.view')).toHaveLength(2);
    expect(wrong.text).toContain('Nothing was done yet');
    expect(wrong.text).toContain('zeo@contoso.example');
    expect(wrong.text).not.toContain('user00000');
  });

  it('is cut short when somebody pasted a whole text', async () => {
    const long = await chat.type(`/user ${'x'.repeat(20_000)}`);
    const many51 = await chat.type(`/user ${many(51, (place) => `u${place}@contoso.example`).join(' ')}`);

    expect(JSON.stringify(long.json).length).toBeLessThan(8_000);
    expect(many51.text).toContain('You named 51 users. At most 50');
  });
});
