import type { Mail } from '../../src/ports/mail';
import { openTestHouse } from '../support/house';
import { home, openLetterScene, passwordIn, type LetterScene } from '../support/letter-scene';

const second = 1_000;
const lease = 120 * second;
const boss = 'boss@partner.example';
const never = new AbortController().signal;

let scene: LetterScene;
beforeAll(async () => {
  scene = await openLetterScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

const lettersTo = (address: string) => scene.server.letters.filter(({ to }) => to[0] === address);
const receivers = () => scene.server.letters.map(({ to }) => to[0]).sort();
const asked = async (values = {}) => scene.mailed(await scene.newcomer(), { userNameEmail: boss, ...values });

describe('The user name', () => {
  it.each([
    ['en', 'A user name to sign in with', 'This letter holds none'],
    ['fr', 'Un nom d’utilisateur pour se connecter', 'Cet e-mail n’en contient pas'],
  ])('in %s goes by a letter of its own, and the link by another', async (language, subject, says) => {
    await asked({ language });
    await scene.run();

    expect(receivers()).toEqual([boss, home]);
    const [link, name] = [home, boss].map((to) => lettersTo(to)[0]!);
    expect(name!.headers.get('subject')).toBe(subject);
    for (const part of [name!.text, name!.html]) {
      expect(part).toContain(scene.upn());
      expect(part).toContain(says);
      expect(part).not.toContain('/s/');
    }
    const password = passwordIn((await scene.page(link!.token, 'POST')).text);
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
    for (const { raw } of scene.server.letters) expect(raw).not.toContain(password);
    expect(name!.raw).not.toContain(link!.token);
    expect(link!.raw + link!.text + link!.html).not.toContain(scene.upn());
  });

  it('resets nothing, and each letter is audited and told of on the card', async () => {
    const queued = await asked();
    expect(queued.text).toContain('A letter of its own with the user name to b…@partner.example is about');

    await scene.run();
    await scene.updateCards();

    expect(scene.shownLater.at(-1)).toContain('A letter with the link was sent to z…@home.example');
    expect(scene.shownLater.at(-1)).toContain('The user name was sent to b…@partner.example');
    expect(scene.shownLater.join()).not.toContain(boss);
    expect(await scene.auditOf('reset_customer_user_password')).toEqual(['success']);
    expect(await scene.auditOf('send_hand_over')).toEqual(['success', 'success']);
    expect(await scene.world.rows('letters', { email: { $ne: null } })).toEqual([]);
    expect(scene.world.log.lines.join()).not.toContain(boss);
  });

  it('needs no letter of its own to the address that gets the link', async () => {
    const queued = await asked({ userNameEmail: ` ${home.toUpperCase()} ` });
    expect(queued.name).toBe('hand-over');
    await scene.run();

    expect(receivers()).toEqual([home]);
    expect((await scene.page(lettersTo(home)[0]!.token, 'POST')).text).toContain(scene.upn());
  });

  it.each([
    [boss, 'refused the letter with the user name to b…@partner.example', 'with the link was sent to z…@'],
    [home, 'The user name was sent to b…@partner.example', 'does not accept the address z…@home.example'],
  ])('and the link do not wait for one another: %s is refused', async (refused, ...told) => {
    scene.server.refuseRecipients(550, refused);
    await asked();
    await scene.run();
    await scene.updateCards();

    expect(receivers()).toEqual([refused === boss ? home : boss]);
    for (const one of told) expect(scene.shownLater.at(-1)).toContain(one);
    expect((await scene.auditOf('send_hand_over')).sort()).toEqual(['failure', 'success']);
  });

  it('is sent again when the server was busy, and the link, which it took, is not', async () => {
    scene.server.refuseRecipients(451, boss);
    await asked();
    await scene.run();
    await scene.updateCards();
    expect(scene.shownLater.at(-1)).toContain('has not taken the letter with the user name to b…@');

    scene.server.refuseRecipients(null);
    scene.world.clock.pass(10 * second);
    await scene.run();
    await scene.updateCards();

    expect(receivers()).toEqual([boss, home]);
    expect(scene.shownLater.at(-1)).toContain('The user name was sent to b…@partner.example');
    expect((await scene.page(lettersTo(home)[0]!.token, 'POST')).status).toBe(200);
  });

  it('is told of on the card though the link was opened long before', async () => {
    scene.server.refuseRecipients(451, boss);
    await asked();
    await scene.run();
    await scene.page(lettersTo(home)[0]!.token, 'POST');
    await scene.updateCards();
    scene.server.refuseRecipients(null);
    scene.world.clock.pass(10 * second);
    await scene.run();
    await scene.updateCards();

    expect(scene.shownLater.at(-1)).toContain('Opened on');
    expect(scene.shownLater.at(-1)).toContain('The user name was sent to b…@partner.example');
  });

  it.each(['link', 'user-name'] as const)(
    'and the link arrive though a process dies before it sends the %s, and one link works',
    async (unsent) => {
      const dying: Mail = {
        send: (letter) =>
          letter.says === unsent ? Promise.reject(new Error('SIGKILL')) : scene.mail.send(letter, never),
      };
      await asked();
      await scene.run(dying);
      expect(receivers()).toEqual([unsent === 'link' ? boss : home]);

      scene.world.clock.pass(lease);
      await scene.run(scene.mail, await scene.world.another());
      scene.world.clock.pass(lease);
      await scene.run();

      expect(receivers()).toEqual([boss, home]);
      expect((await scene.page(lettersTo(home)[0]!.token, 'POST')).status).toBe(200);
    },
  );

  it('is sent once, however often the form is', async () => {
    const chat = scene.world.chat();
    const form = await chat.press(await scene.newcomer(), 'hand-over.mail');
    const press = () => chat.press(form, 'hand-over.mail', { email: home, userNameEmail: boss });

    await Promise.all([press(), press()]);
    await scene.run();
    const again = await press();
    await scene.run();

    expect(receivers()).toEqual([boss, home]);
    expect(again.text).toContain('The user name was sent to b…@partner.example');
  });

  it('still goes to whom it was to go when the link is sent elsewhere, or issued again', async () => {
    const queued = await asked();
    const chat = scene.world.chat();
    const elsewhere = await scene.mailed(queued, { email: 'zoe@other.example', userNameEmail: '' });
    await chat.press(await chat.press(elsewhere, 'Issue again'), 'hand-over.issue');
    await scene.run();

    expect(receivers()).toEqual([boss]);
  });

  it('goes to the newest address alone', async () => {
    const queued = await asked();
    await scene.mailed(queued, { userNameEmail: 'chief@partner.example' });
    await scene.run();

    expect(receivers()).toEqual(['chief@partner.example', home]);
  });

  it('of a user who was deleted is sent to nobody', async () => {
    await asked();
    const chat = scene.world.chat();
    await chat.press(await chat.type(`/delete-user ${scene.upn()}`), 'delete-user.confirm');
    const [user] = await scene.world.rows('users', { upnLower: scene.upn() });
    await scene.run();

    expect(scene.server.letters).toEqual([]);
    const ended = { state: 'ended', email: null };
    expect(await scene.world.rows('letters', { userId: user!._id })).toMatchObject([ended, ended]);
  });
});

describe('The form', () => {
  it.each([
    ['the boss', 'one e-mail address'],
    [`${boss},eve@evil.example`, 'one e-mail address'],
    ['', 'the account itself'],
  ])('refuses %j as the address for the user name, and queues neither letter', async (typed, reason) => {
    const chat = scene.world.chat();
    const form = await chat.press(await scene.newcomer(), 'hand-over.mail');
    const given = { email: home, userNameEmail: typed || scene.upn() };
    const faulty = await chat.press(form, 'hand-over.mail', given);
    await scene.run();

    expect(faulty.name).toBe('hand-over-mail');
    expect(faulty.text).toContain(reason);
    expect(faulty.inputs).toMatchObject(given);
    expect(scene.server.letters).toEqual([]);
  });

  it('queues nothing where no mail server is configured any more', async () => {
    const form = await scene.world.chat().press(await scene.newcomer(), 'hand-over.mail');
    const without = await openTestHouse({ database: scene.world.database });
    const before = await scene.world.rows('letters');

    const answer = await without.chat().press(form, 'hand-over.mail', { email: home, userNameEmail: boss });

    expect(answer.name).toBe('hand-over');
    expect(await scene.world.rows('letters')).toHaveLength(before.length);
  });
});
