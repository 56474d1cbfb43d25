import { createSeal } from '../../src/chat/seal';
import { hashToken, newFormId, openAccounts } from '../../src/domain/hand-over';
import { matchesPassword, type PasswordDigest } from '../../src/domain/password';
import { sealKey } from '../../src/storage/setting';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { addUser, customerIdOf, linkOn, tokenOn, verbsOn } from '../support/scenes';

let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  chat = world.chat();
});
beforeEach(async () => {
  for (const name of ['users', 'audit', 'effects', 'secrets'])
    await world.database.connection.collection(name).deleteMany({});
});
afterAll(() => world.close());

const upn = (name: string) => `${name}@contoso.example`;
const add = (name: string, values: Readonly<Record<string, string>> = {}) =>
  addUser(world, { username: name, ...values });
const ask = (...names: readonly string[]) => chat.type(`/reset-password ${names.map(upn).join(' ')}`);
const resets = () => world.rows('audit', { action: 'reset_customer_user_password' });
const passwords = async () => (await world.rows('users')).map(({ password }) => password);

async function accountsBehind(shown: Shown) {
  const token = tokenOn(shown);
  const record = await world.house.handOvers.findByToken(hashToken(token));
  return openAccounts(record!.sealed!, token, record!);
}

describe('/reset-password', () => {
  it('asks first, naming the customer, the user, the UPN and what it means, and changes nothing yet', async () => {
    await add('ana');
    const before = await passwords();

    const asked = await ask('ana');

    expect(asked.name).toBe('reset-password');
    expect(asked.text).toMatch(/^Contoso Bakery {2}contoso\.example/);
    expect(asked.text).toContain('Zoé Durand  ana@contoso.example');
    expect(asked.text).toMatch(/stops working at once.*link.*must choose a new password/);
    expect(verbsOn(asked)).toEqual(['reset-password.confirm', 'users.view']);
    expect(await passwords()).toEqual(before);
    expect(await resets()).toEqual([]);
  });

  it('hands a new password over by a new link, ends the old one, and is audited', async () => {
    const created = await add('ana');
    world.clock.pass(60_000);

    const reset = await chat.press(await ask('ana'), 'reset-password.confirm');

    expect(reset.name).toBe('hand-over');
    expect(reset.text).toContain('Password reset');
    expect(linkOn(reset)).not.toBe(linkOn(created));
    const [account] = await accountsBehind(reset);
    const [user] = await world.rows('users');
    expect(matchesPassword(account!.password, user!.password as PasswordDigest)).toBe(true);
    expect(user).toMatchObject({ mustChangePassword: true, passwordSetAt: world.clock.now() });
    expect(await world.rows('secrets', { state: 'replaced' })).toMatchObject([
      { tokenHash: hashToken(tokenOn(created)), sealed: null },
    ]);
    expect(await resets()).toMatchObject([{ target: upn('ana'), userId: user!._id, outcome: 'success' }]);
    expect(await world.rows('audit', { action: 'create_customer_user' })).toMatchObject([
      { userId: user!._id },
    ]);
    expect(reset.text).not.toContain(account!.password);
  });

  it('makes one sheet for many', async () => {
    await add('ana');
    await add('ben');
    await add('cleo');

    const reset = await chat.press(await ask('ana', 'cleo'), 'reset-password.confirm');

    expect(reset.text).toContain('Passwords reset for 2 users');
    const accounts = await accountsBehind(reset);
    expect(accounts.map(({ userPrincipalName }) => userPrincipalName)).toEqual([upn('ana'), upn('cleo')]);
    expect(await resets()).toHaveLength(2);
    expect(await world.rows('secrets', { state: 'waiting' })).toHaveLength(2);
  });

  it('resets once, however often and wherever it is pressed', async () => {
    await add('ana');
    const asked = await ask('ana');
    const first = await chat.press(asked, 'reset-password.confirm');
    const stored = await passwords();

    const other = world.chat('web:ada', { house: await world.another() });
    const second = await other.press(asked, 'reset-password.confirm');

    expect(linkOn(second)).toBe(linkOn(first));
    expect(await passwords()).toEqual(stored);
    expect(await resets()).toHaveLength(1);
  });

  it('is refused to a helpdesk agent for a Global Administrator, in both steps', async () => {
    await add('ana', { roles: 'Global Administrator' });
    const before = await passwords();
    const asked = await ask('ana');
    const hugo = world.chat('web:hugo');
    await hugo.press(await hugo.type('/customers contoso'), 'customers.pick');

    const refused = [
      await hugo.type(`/reset-password ${upn('ana')}`),
      await hugo.press(asked, 'reset-password.confirm'),
    ];

    for (const shown of refused) {
      expect(shown.name).toBe('denied');
      expect(shown.text.match(/^– .*/gm)).toEqual(['– Admin agent', '– Global admin']);
    }
    expect(await passwords()).toEqual(before);
    expect(await resets()).toMatchObject(
      Array(2).fill({ operator: 'web:hugo', outcome: 'denied', target: upn('ana') }),
    );
  });

  it('shows the link again to nobody who could not have reset the password', async () => {
    await add('ana', { roles: 'Global Administrator' });
    const asked = await ask('ana');
    const reset = await chat.press(asked, 'reset-password.confirm');
    const again = await chat.press(reset, 'hand-over.ask');
    await chat.press(again, 'hand-over.issue');
    const hugo = world.chat('web:hugo');

    const refused = [
      await hugo.press(asked, 'reset-password.confirm'),
      await hugo.press(again, 'hand-over.issue'),
    ];

    expect(refused.map(({ name }) => name)).toEqual(['denied', 'denied']);
    expect(refused.map(linkOn)).toEqual([null, null]);
    expect((await resets()).filter(({ outcome }) => outcome === 'denied')).toHaveLength(2);
  });

  it('acts on the customer it was opened for, and on no user of another one', async () => {
    await add('ana');
    const asked = await ask('ana');
    await chat.press(await chat.type('/customers fabrikam'), 'customers.pick');
    expect((await chat.press(asked, 'reset-password.confirm')).text).toContain('Contoso Bakery');

    const before = await passwords();
    const [user] = await world.rows('users');
    const seal = createSeal(await sealKey(world.house.records, realEntropy));
    const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
    const payload = { customerId, userIds: String(user!._id), form: newFormId(realEntropy) };
    const verb = 'reset-password.confirm';
    const shown = await chat.send({
      kind: 'pressed',
      verb,
      data: { frozen: seal.close(verb, payload) },
    });
    expect(shown.name).toBe('stale');
    expect(await passwords()).toEqual(before);
    expect((await resets()).map(({ outcome }) => outcome)).toEqual(['success', 'denied']);
  });

  it('says so when a user is gone meanwhile, and resets nobody', async () => {
    await add('ana');
    await add('ben');
    const asked = await ask('ana', 'ben');
    await world.database.connection
      .collection('users')
      .updateOne({ upnLower: upn('ben') }, { $set: { state: 'deleted' } });
    const before = await passwords();

    expect((await chat.press(asked, 'reset-password.confirm')).name).toBe('user-gone');
    expect(await passwords()).toEqual(before);
  });

  it('is said in French', async () => {
    await add('ana');
    const french = world.chat('web:ada', { locale: { language: 'fr', timeZone: 'Europe/Paris' } });
    const asked = await french.type(`/reset-password ${upn('ana')}`);
    expect(asked.text).toMatch(/Réinitialiser le mot de passe de cet utilisateur\s\?/);
    expect((await french.press(asked, 'reset-password.confirm')).text).toContain('Mot de passe réinitialisé');
  });
});
