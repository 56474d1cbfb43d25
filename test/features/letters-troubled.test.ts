import { createSmtpMail } from '../../src/mail/smtp';
import type { Mail } from '../../src/ports/mail';
import { home, openLetterScene, passwordIn, type LetterScene } from '../support/letter-scene';

const second = 1_000;
const lease = 120 * second;
const never = new AbortController().signal;

let scene: LetterScene;
beforeAll(async () => {
  scene = await openLetterScene();
});
beforeEach(() => scene.begin());
afterAll(() => scene.close());

/** Everything that MongoDB holds, as text. */
async function everythingStored(): Promise<string> {
  const { connection } = scene.world.database;
  const names = await connection.listCollections();
  return JSON.stringify(await Promise.all(names.map(({ name }) => scene.world.rows(name))));
}

describe('A mail server that', () => {
  it('refuses a letter for now gets it again with another link', async () => {
    scene.server.treat(451);
    await scene.mailed(await scene.newcomer());
    await scene.run();
    await scene.updateCards();
    scene.world.clock.pass(10 * second);
    await scene.run();

    const [first, last] = scene.server.letters;
    expect(scene.world.log.lines.join()).toMatch(/has not taken a letter\. {.*"code":"451 DATA"/);
    expect(scene.shownLater.at(-1)).toContain('has not taken the letter to z…@home.example yet');
    expect(scene.server.letters).toHaveLength(2);
    expect((await scene.page(first!.token, 'POST')).status).toBe(410);
    expect((await scene.page(last!.token, 'POST')).status).toBe(200);
  });

  it.each([['silence' as const], ['hang up' as const]])(
    'answers with %s gets it again, and the last link works',
    async (treatment) => {
      scene.server.treat(treatment);
      await scene.mailed(await scene.newcomer());
      await scene.run();
      scene.world.clock.pass(10 * second);
      await scene.run();

      expect(scene.server.letters).toHaveLength(2);
      expect((await scene.page(scene.server.letters[0]!.token, 'POST')).status).toBe(410);
      expect((await scene.page(scene.server.letters[1]!.token, 'POST')).status).toBe(200);
    },
  );

  it('kept a letter though it hung up needs no second one once the first was opened', async () => {
    scene.server.treat('hang up');
    await scene.mailed(await scene.newcomer());
    await scene.run();
    expect(passwordIn((await scene.page(scene.server.letters[0]!.token, 'POST')).text)).not.toBe('');

    scene.world.clock.pass(10 * second);
    await scene.run();

    expect(scene.server.letters).toHaveLength(1);
  });

  it('refuses the address for good is not asked again, and the card says what to do', async () => {
    scene.server.refuseRecipients(550);
    await scene.mailed(await scene.newcomer());
    await scene.run();
    await scene.updateCards();
    scene.server.refuseRecipients(null);
    scene.world.clock.pass(3_600 * second);
    await scene.run();

    expect(scene.server.letters).toEqual([]);
    expect(scene.shownLater.at(-1)).toContain('does not accept the address z…@home.example');
    expect(await scene.auditOf('send_hand_over')).toEqual(['failure']);
    const [letter] = await scene.world.rows('letters', { state: 'refused' });
    expect(letter).toMatchObject({ email: null, refusedBecause: 'recipient' });
    expect(await scene.world.rows('secrets', { _id: letter!.handOverId })).toMatchObject([
      { state: 'replaced' },
    ]);
  });

  it('is away for a day is given up', async () => {
    const away = createSmtpMail({
      url: 'smtp://127.0.0.1:9',
      from: 'a@b.example',
      words: scene.world.house.words,
    });
    await scene.mailed(await scene.newcomer());
    for (let hour = 0; hour < 40; hour += 1) {
      await scene.run(away);
      scene.world.clock.pass(3_600 * second);
    }
    await scene.updateCards();

    expect(scene.shownLater.at(-1)).toContain('it was given up');
    expect(await scene.auditOf('send_hand_over')).toEqual(['failure']);
    await scene.run();
    expect(scene.server.letters).toEqual([]);
  });
});

describe('A process that dies', () => {
  it('between a letter and its note leaves one link that works: that of the last letter', async () => {
    await scene.mailed(await scene.newcomer());
    const dying: Mail = {
      send: (letter) => scene.mail.send(letter, never).then(() => Promise.reject(new Error('SIGKILL'))),
    };

    await scene.run(dying);
    await scene.run();
    expect(scene.server.letters).toHaveLength(1);
    scene.world.clock.pass(lease);
    await scene.run(scene.mail, await scene.world.another());
    scene.world.clock.pass(lease);
    await scene.run();

    expect(scene.server.letters).toHaveLength(2);
    expect((await scene.page(scene.server.letters[0]!.token, 'POST')).status).toBe(410);
    expect((await scene.page(scene.server.letters[1]!.token, 'POST')).status).toBe(200);
  });
});

describe('Nothing secret', () => {
  it('lies in the database or in the log, at any time', async () => {
    scene.server.treat(451);
    const states: string[] = [];
    await scene.mailed(await scene.newcomer());
    states.push(await everythingStored());
    await scene.run();
    states.push(await everythingStored());
    scene.world.clock.pass(10 * second);
    await scene.run();
    states.push(await everythingStored());
    const [first, last] = scene.server.letters.map(({ token }) => token);
    const password = passwordIn((await scene.page(last!, 'POST')).text);
    const after = await everythingStored();

    for (const secret of [first!, last!, password])
      for (const text of [...states, after, scene.world.log.lines.join('\n')])
        expect(text).not.toContain(secret);
    expect(after).not.toContain(home);
    expect(scene.world.log.lines.join('\n')).not.toContain(home);
  });
});
