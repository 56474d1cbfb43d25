import { matchesPassword, type PasswordDigest } from '../../src/domain/password';
import { hashToken, openAccounts } from '../../src/domain/hand-over';
import { openTestHouse, type TestHouse } from '../support/house';
import { addUser, hire, linkOn, openForm, tokenOn, verbsOn, zoe } from '../support/scenes';

const day = 24 * 60 * 60 * 1000;

let world: TestHouse;
beforeEach(async () => {
  world = await openTestHouse();
});
afterEach(() => world.close());

const resets = () => world.rows('audit', { action: 'reset_customer_user_password' });
const passwords = async () => (await world.rows('users')).map(({ password }) => password);
const reveal = (token: string) => world.house.handOvers.reveal(hashToken(token), world.clock.now(), ['x']);

/** The password behind a link, as its page would show it. */
async function passwordBehind(token: string): Promise<string | undefined> {
  const record = await world.house.handOvers.findByToken(hashToken(token));
  if (!record?.sealed) return undefined;
  return openAccounts(record.sealed, token, record)[0]?.password;
}

describe('Issue again', () => {
  it('asks first, naming the user, the UPN, the customer and the consequence, and changes nothing yet', async () => {
    const created = await addUser(world);
    const before = await passwords();

    const asked = await world.chat().press(created, 'Issue again');

    expect(asked.name).toBe('hand-over-ask');
    expect(asked.text).toMatch(/^Contoso Bakery {2}contoso\.example/);
    expect(asked.text).toContain('Zoé Durand\nzoe.durand@contoso.example');
    expect(asked.text).toMatch(/temporary password.* stops? working at once.* must change it/);
    expect(await passwords()).toEqual(before);
    expect(await resets()).toEqual([]);
  });

  it('brings the link back when it is cancelled', async () => {
    const chat = world.chat();
    const created = await addUser(world);

    const back = await chat.press(await chat.press(created, 'Issue again'), 'Cancel');

    expect(linkOn(back)).toBe(linkOn(created));
    expect(back.text).toContain('Account created');
    expect(back.buttons.map(({ verb }) => verb)).toContain('add-user.again');
    expect(back.text).toContain('Waiting: nobody has opened the link yet.');
    expect(await world.rows('secrets')).toMatchObject([{ state: 'waiting' }]);
  });

  it('makes a new password under a new link, ends the old link, and is audited as a reset', async () => {
    const chat = world.chat();
    const created = await addUser(world);
    const old = await passwordBehind(tokenOn(created));

    const issued = await chat.press(await chat.press(created, 'Issue again'), 'hand-over.issue');

    expect(linkOn(issued)).not.toBe(linkOn(created));
    const fresh = await passwordBehind(tokenOn(issued));
    expect(fresh).not.toBe(old);
    expect(await reveal(tokenOn(created))).toBeNull();
    expect(await world.rows('secrets', { state: 'replaced' })).toMatchObject([
      { tokenHash: hashToken(tokenOn(created)), sealed: null },
    ]);
    expect(await resets()).toMatchObject([
      { operator: 'web:ada', target: 'zoe.durand@contoso.example', outcome: 'success' },
    ]);
  });

  it('stores only a salted digest of the new password, which must be changed at the first sign-in', async () => {
    const chat = world.chat();
    const created = await addUser(world);
    world.clock.pass(day);

    const issued = await chat.press(await chat.press(created, 'Issue again'), 'hand-over.issue');

    const [user] = await world.rows('users');
    const password = await passwordBehind(tokenOn(issued));
    expect(matchesPassword(password ?? '', user?.password as PasswordDigest)).toBe(true);
    expect(user).toMatchObject({ mustChangePassword: true, passwordSetAt: world.clock.now() });
  });

  it('pressed twice, through two processes at once too, has one effect and gives the same link', async () => {
    const chat = world.chat();
    const elsewhere = world.chat(undefined, { house: await world.another() });
    const asked = await chat.press(await addUser(world), 'Issue again');

    const first = await chat.press(asked, 'hand-over.issue');
    const again = await Promise.all(
      [chat, elsewhere, chat].map((one) => one.press(asked, 'hand-over.issue')),
    );

    expect(linkOn(first)).not.toBeNull();
    expect(again.map(linkOn)).toEqual([linkOn(first), linkOn(first), linkOn(first)]);
    expect(await resets()).toHaveLength(1);
    expect(await world.rows('secrets')).toHaveLength(2);
  });

  it('issues anew for a user whose link was opened, and for one whose link ran out', async () => {
    const chat = world.chat();
    const created = await addUser(world);
    await reveal(tokenOn(created));

    const opened = await chat.press(created, 'Refresh');
    const issued = await chat.press(await chat.press(opened, 'Issue again'), 'hand-over.issue');
    world.clock.pass(7 * day);
    const expired = await chat.press(issued, 'Refresh');
    const last = await chat.press(await chat.press(expired, 'Issue again'), 'hand-over.issue');

    expect(opened.text).toMatch(/Opened on 22 November 2026/);
    expect(expired.text).toMatch(/Expired on 29 November 2026/);
    expect(last.text).toContain('Waiting');
    expect(await resets()).toHaveLength(2);
  });

  it('keeps its user on the one sheet for all, as long as nobody opened the new link', async () => {
    const chat = world.chat();
    const first = await addUser(world);
    await chat.press(await chat.press(first, 'Issue again'), 'hand-over.issue');
    const second = await chat.press(await chat.press(first, 'add-user.again'), 'add-user.save', {
      username: 'anna',
      displayName: 'Anna',
    });

    const sheet = await chat.press(second, 'add-user.sheet');

    expect(sheet.text).toContain('zoe.durand@contoso.example');
    expect(sheet.text).toContain('anna@contoso.example');
  });

  it('does not make one user look like a row of several', async () => {
    const chat = world.chat();
    const form = await openForm(chat);
    const created = await chat.press(form, 'add-user.save', zoe);
    await chat.press(await chat.press(created, 'Issue again'), 'hand-over.issue');

    const repeated = await chat.press(form, 'add-user.save', zoe);

    expect(repeated.text).toContain('Account created');
    expect(verbsOn(repeated)).not.toContain('add-user.sheet');
  });
});

describe('The state of a link', () => {
  it('is waiting until the last millisecond of seven days, and expired from then on', async () => {
    const chat = world.chat();
    const created = await addUser(world);
    const token = tokenOn(created);

    world.clock.pass(7 * day - 1);
    const waiting = await chat.press(created, 'Refresh');
    world.clock.pass(1);
    const expired = await chat.press(created, 'Refresh');

    expect(waiting.text).toContain('Waiting');
    expect(linkOn(waiting)).toContain(token);
    expect(expired.text).toContain('Expired on 29 November 2026');
    expect(linkOn(expired)).toBeNull();
    expect(await reveal(token)).toBeNull();
  });

  it('lets the link be revealed in its last millisecond', async () => {
    const token = tokenOn(await addUser(world));

    world.clock.pass(7 * day - 1);

    expect(await reveal(token)).not.toBeNull();
  });

  it('shows no link any more once it was opened, and no password ever', async () => {
    const created = await addUser(world);
    const password = await passwordBehind(tokenOn(created));
    await reveal(tokenOn(created));

    const opened = await world.chat().press(created, 'Refresh');

    expect(linkOn(opened)).toBeNull();
    expect(JSON.stringify([created.json, opened.json])).not.toContain(password);
    expect(await world.rows('secrets')).toMatchObject([{ state: 'opened', sealed: null }]);
  });

  it('is shown to those who may see users, without Issue again for those who may not reset', async () => {
    const created = await addUser(world);
    const sales = await hire(world, 'web:sam', 'sales_agent');

    const shown = await sales.press(created, 'Refresh');

    expect(shown.text).toContain('Waiting');
    expect(verbsOn(shown)).not.toContain('hand-over.ask');
  });
});
