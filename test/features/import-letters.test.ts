import { openTestHouse, type Chat, type TestHouse } from '../support/house';
import {
  addressed as file,
  openImportLetters,
  type ImportLettersScene,
} from '../support/import-letters-scene';
import { openImportScene, type ImportScene } from '../support/import-scenes';
import { passwordIn, type LetterScene } from '../support/letter-scene';
import { tokenOn, verbsOn } from '../support/scenes';

const zoe = 'Zoé Durand,zoe@contoso.example,zoe@home.example';
const adam = 'Adam Okoye,adam@contoso.example,';
const ines = 'Inès Roy,ines@contoso.example,boss@partner.example';
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => `U${n},u${n}@contoso.example,u${n}@home.example`);
const second = 1_000;

let all: ImportLettersScene;
let letters: LetterScene;
let world: TestHouse;
let scene: ImportScene;
let chat: Chat;
beforeAll(async () => {
  all = await openImportLetters();
  ({ letters, world } = all);
});
beforeEach(async () => {
  await all.begin();
  [scene, chat] = [all.scene(), all.chat()];
});
afterEach(() => all.end());
afterAll(() => letters.close());

const imported: ImportLettersScene['imported'] = (...given) => all.imported(...given);
const onLetters = () => all.onLetters();
const statesOf = async () => (await world.rows('letters')).map(({ state }) => state);
const sentTo = () => letters.server.letters.flatMap(({ to }) => to).sort();

describe('The dry run of a file with addresses', () => {
  it('says who gets a letter and who stands on the sheet, and asks for the language', async () => {
    const shown = await scene.send(chat, file(zoe, adam, ines));

    expect(shown.text).toContain('2 users get the link to their password by letter');
    expect(shown.text).toContain('1 user stands on the sheet of passwords');
    expect(shown.inputs['language']).toBe('en');
  });

  it('says that no letters can be sent where no mail server is set up, and puts everybody on the sheet', async () => {
    const { database } = world;
    const without = await openTestHouse({ database });
    const own = openImportScene(without);
    const quiet = without.chat();
    const checked = await own.send(quiet, file(zoe, adam));
    await own.stand(await quiet.press(checked, 'import.start'));
    await own.run();

    expect(checked.text).toContain('No letter can be sent from here');
    expect(checked.inputs['language']).toBeUndefined();
    expect(await world.rows('letters')).toEqual([]);
    const page = await letters.page(tokenOn(own.standing()), 'POST');
    expect(page.text.match(/data-field="password">[\w-]{19}</g)).toHaveLength(2);
  });

  it('refuses an address that no letter can go to, and that of the account itself', async () => {
    const shown = await scene.send(
      chat,
      file(zoe, 'Bo,bo@contoso.example,Bo <bo@home.example>', 'Al,al@contoso.example,AL@contoso.example'),
    );

    expect(shown.text).toContain('1 user can be imported');
    expect(shown.text).toMatch(/Line 3 · Hand-over e-mail[^]*Not an e-mail address/);
    expect(shown.text).toMatch(/Line 4 · Hand-over e-mail[^]*This is the account itself/);
  });
});

describe('The letters of an import', () => {
  it('bring each user with an address a link of its own; the others stand on the sheet', async () => {
    const result = await imported([zoe, adam, ines], { language: 'fr' });
    await letters.runImports();
    await scene.look();

    expect(result.text).toContain('2 of the users get their links by letter');
    expect(sentTo()).toEqual(['boss@partner.example', 'zoe@home.example']);
    const subjects = letters.server.letters.map(({ headers }) => headers.get('subject'));
    expect(subjects).toEqual(['Vos identifiants sont prêts', 'Vos identifiants sont prêts']);
    const sheet = await letters.page(tokenOn(result), 'POST');
    expect(sheet.text).toContain('adam@contoso.example');
    expect(sheet.text).not.toContain('zoe@contoso.example');
    for (const { token } of letters.server.letters)
      expect(passwordIn((await letters.page(token, 'POST')).text)).toMatch(/^(\w{4}-){3}\w{4}$/);
    expect(await world.rows('audit', { action: 'send_hand_over', outcome: 'success' })).toHaveLength(2);
  });

  it('are counted on a card of their own, which changes by itself', async () => {
    await imported([zoe, adam, ines]);
    expect(onLetters().text).toContain('2 letters are waiting to be sent');

    letters.server.refuseRecipients(550, 'boss');
    await letters.runImports();
    await scene.look();

    expect(onLetters().text).toContain('1 letter was sent');
    expect(onLetters().text).toContain('1 letter could not be sent');
    expect(onLetters().text).toMatch(/ines@contoso\.example {2}b…@partner\.example/);
    expect(onLetters().text).toContain('the mail server does not accept the address');
    expect(scene.standing().text).toMatch(/\/s\/[\w-]{43}/);
  });

  it('need no sheet where everybody has an address', async () => {
    const result = await imported([zoe, ines]);

    expect(result.text).not.toContain('Sheet of passwords');
    expect(await world.rows('secrets')).toEqual([]);
    const shown = await chat.press(result, 'import.letters');
    expect(shown.answer.place).toBe('below');
    expect(shown.text).toContain('2 letters are waiting');
  });

  it('leave no address and no link in the database once they are sent, nor the address in the audit', async () => {
    await imported([zoe]);
    await letters.runImports();

    const stored = JSON.stringify(
      await Promise.all(
        ['users', 'letters', 'audit', 'auditDetails', 'imports'].map((one) => world.rows(one)),
      ),
    );
    expect(stored).not.toContain('zoe@home.example');
    expect(stored).not.toContain(letters.server.letters[0]!.token);
    expect(stored).toContain('z…@home.example');
  });

  it('do not keep a single letter waiting that an operator has asked for', async () => {
    await imported(many(30));
    const shown = await letters.newcomer();
    await letters.mailed(shown);

    await letters.run();

    expect(sentTo()).toEqual(['zoe@home.example']);
  });

  it('rest while the server takes none, and are all sent when it does', async () => {
    await imported(many(6));
    const worker = world.house.createLetterWorker(letters.mail);
    const run = () => worker.runDueOfImports(new AbortController().signal);
    letters.server.refuseRecipients(451);

    await run();
    await run();
    await scene.look();
    const tried = (await world.rows('letters')).filter(({ attempts }) => Number(attempts) > 0);
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.length).toBeLessThanOrEqual(2);
    expect(onLetters().text).toContain('The mail server has not taken every letter yet');

    letters.server.refuseRecipients(null);
    world.clock.pass(60 * second);
    await run();
    expect(await statesOf()).toEqual(Array.from({ length: 6 }, () => 'sent'));
  });

  it('are all given up, and said so, when no server has taken any for a day', async () => {
    await imported(many(12));
    const worker = world.house.createLetterWorker(letters.mail);
    letters.server.refuseRecipients(451);
    for (let turn = 0; turn < 12; turn += 1) {
      await worker.runDueOfImports(new AbortController().signal);
      world.clock.pass(3 * 3_600 * second);
    }
    await scene.look();

    expect(new Set(await statesOf())).toEqual(new Set(['given-up']));
    expect(onLetters().text).toContain('12 letters could not be sent');
    expect(onLetters().text).toContain('and 2 more users');
    expect(letters.server.letters).toEqual([]);
  });

  it('wait where the server does not let Rollcall send at all, instead of being lost one after the other', async () => {
    await imported([zoe, ines]);
    await letters.runImports({
      send: () => Promise.resolve({ kind: 'refused', because: 'sender', code: '550 MAIL FROM' }),
    });

    expect(await statesOf()).toEqual(['queued', 'queued']);
    world.clock.pass(60 * second);
    await letters.runImports();
    expect(sentTo()).toHaveLength(2);
  });
});

describe('A user of an import who waits for a letter', () => {
  it('gets none after the password was reset', async () => {
    await imported([zoe, ines]);
    const asked = await chat.type('/reset-password zoe@contoso.example');
    const reset = await chat.press(asked, 'reset-password.confirm');
    await letters.runImports();
    await scene.look();

    expect(sentTo()).toEqual(['boss@partner.example']);
    expect((await letters.page(tokenOn(reset), 'POST')).status).toBe(200);
    expect(onLetters().text).toContain('1 letter is no longer needed');
  });

  it('gets none after it was deleted', async () => {
    await imported([zoe, ines]);
    await chat.press(await chat.type('/delete-user zoe@contoso.example'), 'delete-user.confirm');
    await letters.runImports();

    expect(sentTo()).toEqual(['boss@partner.example']);
    expect((await statesOf()).sort()).toEqual(['ended', 'sent']);
  });

  it('gets none after the import was undone, and who got one is removed like the others', async () => {
    const result = await imported([zoe, ines, adam]);
    letters.server.refuseRecipients(451, 'boss');
    await letters.runImports();
    const undone = await chat.press(await chat.press(result, 'import.undo'), 'import.undo');
    letters.server.refuseRecipients(null);
    world.clock.pass(60 * second);
    await letters.runImports();
    await scene.look();

    expect(undone.text).toContain('3 users were deleted');
    expect(sentTo()).toEqual(['zoe@home.example']);
    expect((await letters.page(letters.server.letters[0]!.token, 'POST')).status).toBe(410);
    expect(await world.rows('users', { state: 'active' })).toEqual([]);
    expect(verbsOn(onLetters())).not.toContain('import.sheet');
  });

  it('is left by the undo when somebody has reset it since', async () => {
    const result = await imported([zoe]);
    await letters.runImports();
    await chat.press(await chat.type('/reset-password zoe@contoso.example'), 'reset-password.confirm');
    const undone = await chat.press(await chat.press(result, 'import.undo'), 'import.undo');

    expect(undone.text).toContain('1 user was left');
  });
});
