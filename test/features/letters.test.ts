import { openTestHouse } from '../support/house';
import { hire, openForm, tokenOn, verbsOn, zoe } from '../support/scenes';
import { home, openLetterScene, passwordIn, type LetterScene } from '../support/letter-scene';

let scene: LetterScene;
beforeAll(async () => {
  scene = await openLetterScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

describe('A letter', () => {
  it.each([
    ['en', 'Your sign-in details are ready', /Only the newest letter/],
    ['fr', 'Vos identifiants sont prêts', /Seul l’e-mail le plus récent/],
  ])('in %s brings a link that shows the password once', async (language, subject, sentence) => {
    await scene.mailed(await scene.newcomer(), { language });
    await scene.run();

    const [letter, ...others] = scene.server.letters;
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ from: 'rollcall@partner.example', to: [home] });
    expect(letter!.headers.get('subject')).toBe(subject);
    expect(letter!.headers.get('auto-submitted')).toBe('auto-generated');
    for (const part of [letter!.text, letter!.html]) {
      expect(part).toMatch(sentence);
      expect(part).toContain('Zoé Durand');
      expect(part).toContain(`http://127.0.0.1:3978/s/${letter!.token}`);
    }
    const password = passwordIn((await scene.page(letter!.token, 'POST')).text);
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/);
    expect(letter!.raw).not.toContain(password);
    expect((await scene.page(letter!.token, 'POST')).status).toBe(410);
  });

  it('is told of on the card from the queue to the opened link, with half of its address', async () => {
    const queued = await scene.mailed(await scene.newcomer());
    expect(queued.text).toContain('a new link to z…@home.example is about to be sent');

    await scene.run();
    await scene.updateCards();
    await scene.page(scene.server.letters[0]!.token, 'POST');
    await scene.updateCards();

    expect(scene.shownLater[0]).toContain('A letter with the link was sent to z…@home.example');
    expect(scene.shownLater[0]).toContain('Waiting');
    expect(scene.shownLater[1]).toContain('Opened on');
    expect(scene.shownLater.join()).not.toContain(home);
  });

  it('ends the link of the card as it leaves, not before, and is audited with the reset', async () => {
    const shown = await scene.newcomer();
    await scene.mailed(shown);
    expect((await scene.page(tokenOn(shown), 'GET')).status).toBe(200);

    await scene.run();

    expect((await scene.page(tokenOn(shown), 'POST')).status).toBe(410);
    expect(await scene.auditOf('reset_customer_user_password')).toEqual(['success']);
    expect(await scene.auditOf('send_hand_over')).toEqual(['success']);
  });

  it('is one, however often its form is sent', async () => {
    const chat = scene.world.chat();
    const form = await chat.press(await scene.newcomer(), 'hand-over.mail');
    const press = () => chat.press(form, 'hand-over.mail', { email: home });

    await Promise.all([press(), press()]);
    await scene.run();
    const again = await press();
    await scene.run();

    expect(scene.server.letters).toHaveLength(1);
    expect(again.text).toContain('was sent to z…@home.example');
  });

  it('leaves once, though two processes look for it', async () => {
    for (let user = 0; user < 4; user += 1) await scene.mailed(await scene.newcomer());
    const other = await scene.world.another();

    await Promise.all([scene.run(), scene.run(scene.mail, other), scene.run(), scene.run(scene.mail, other)]);

    expect(scene.server.letters).toHaveLength(4);
  });

  it('is not sent after the link was issued again', async () => {
    const queued = await scene.mailed(await scene.newcomer());
    const chat = scene.world.chat();
    const issued = await chat.press(await chat.press(queued, 'Issue again'), 'hand-over.issue');

    await scene.run();

    expect(scene.server.letters).toEqual([]);
    expect((await scene.page(tokenOn(issued), 'POST')).status).toBe(200);
  });

  it('is not sent after the link was opened', async () => {
    const shown = await scene.newcomer();
    await scene.mailed(shown);
    await scene.page(tokenOn(shown), 'POST');

    await scene.run();
    await scene.updateCards();

    expect(scene.server.letters).toEqual([]);
    expect(scene.shownLater.at(-1)).toContain('Opened on');
  });

  it('is not sent to a user who was deleted, and nothing is left of it after the purge', async () => {
    await scene.mailed(await scene.newcomer());
    const { house, database, clock } = scene.world;
    const chat = scene.world.chat();
    const [user] = await scene.world.rows('users', { upnLower: scene.upn() });
    const letters = { userId: user!._id };
    await chat.press(await chat.type(`/delete-user ${scene.upn()}`), 'delete-user.confirm');

    await scene.run();

    expect(scene.server.letters).toEqual([]);
    expect(await scene.world.rows('letters', letters)).toMatchObject([{ state: 'ended', email: null }]);
    const users = database.connection.collection('users');
    await users.updateOne({ upnLower: scene.upn() }, { $set: { restoreBy: new Date(0) } });
    await house.directory.purgeUsers(clock.now(), clock.now(), 10);
    expect(await scene.world.rows('letters', letters)).toEqual([]);
  });

  it('is not sent in the name of an operator who may not reset the password any more', async () => {
    await hire(scene.world, 'web:bob', 'helpdesk_agent');
    await scene.newcomer();
    const bob = scene.world.chat('web:bob');
    await bob.press(await bob.type('/customers contoso'), 'customers.pick');
    const card = await bob.type(`/reset-password ${scene.upn()}`);
    const reset = await bob.press(card, 'reset-password.confirm');
    const form = await bob.press(reset, 'hand-over.mail');
    await bob.press(form, 'hand-over.mail', { email: home });
    const operators = scene.world.database.connection.collection('operators');
    await operators.updateOne({ operator: 'web:bob' }, { $set: { partnerRole: 'billing_admin' } });

    await scene.run();

    expect(scene.server.letters).toEqual([]);
    expect(await scene.auditOf('send_hand_over')).toEqual(['denied']);
  });
});

describe('The form for a letter', () => {
  it('says what is wrong at the field, keeps what was typed, and queues nothing', async () => {
    const chat = scene.world.chat();
    const form = await chat.press(await scene.newcomer(), 'hand-over.mail');

    for (const [email, reason] of [
      ['', 'required'],
      ['zoe', 'one e-mail address'],
      [`${home}\r\nBcc: eve@evil.example`, 'one e-mail address'],
      [`${home},eve@evil.example`, 'one e-mail address'],
      [`"Zoé" <${home}>`, 'one e-mail address'],
      ['zoe@[127.0.0.1]', 'one e-mail address'],
      ['zoe@home.example>\u0000', 'one e-mail address'],
      [`${'z'.repeat(65)}@home.example`, 'one e-mail address'],
      [`zoe@${'home.'.repeat(60)}example`, 'At most 254'],
      [scene.upn().toUpperCase(), 'the account itself'],
    ] as const) {
      const faulty = await chat.press(form, 'hand-over.mail', { email });
      expect([email, faulty.name]).toEqual([email, 'hand-over-mail']);
      expect(faulty.text).toContain(reason);
      expect(faulty.inputs.email ?? '').toBe(email.slice(0, 256));
    }
    await scene.run();
    expect(scene.server.letters).toEqual([]);
  });

  it('leads back to the card with its link', async () => {
    const chat = scene.world.chat();
    const shown = await scene.newcomer();
    const back = await chat.press(await chat.press(shown, 'hand-over.mail'), 'hand-over.refresh');

    expect(tokenOn(back)).toBe(tokenOn(shown));
  });

  it('is not offered for several users at once, nor without a mail server', async () => {
    const { database } = scene.world;
    const without = await openTestHouse({ database });
    const chat = without.chat();
    const created = await chat.press(await openForm(chat), 'add-user.save', { ...zoe, username: 'adam' });
    expect(created.name).toBe('hand-over');
    expect(verbsOn(created)).not.toContain('hand-over.mail');

    const both = scene.world.chat();
    const row = await both.press(await openForm(both), 'add-user.save', { ...zoe, username: 'eve' });
    const second = await both.press(row, 'add-user.again');
    const saved = await both.press(second, 'add-user.save', { ...zoe, username: 'ines' });
    const sheet = await both.press(saved, 'add-user.sheet');
    expect(verbsOn(saved)).toContain('hand-over.mail');
    expect(verbsOn(sheet)).not.toContain('hand-over.mail');
  });

  it('is refused to whoever may not reset the password of the user', async () => {
    const { database } = scene.world;
    const chat = await hire(scene.world, 'web:helper', 'helpdesk_agent');
    const form = await scene.world.chat().press(await scene.newcomer(), 'hand-over.mail');
    const users = database.connection.collection('users');
    await users.updateOne({ upnLower: scene.upn() }, { $set: { roles: ['Global Administrator'] } });

    const denied = await chat.press(form, 'hand-over.mail', { email: home });

    expect(denied.name).toBe('denied');
    expect(await scene.auditOf('send_hand_over')).toEqual(['denied']);
  });
});
