import type { Chat, TestHouse } from '../support/house';
import { openImportLetters, type ImportLettersScene } from '../support/import-letters-scene';
import type { ImportScene } from '../support/import-scenes';
import { passwordIn, type LetterScene } from '../support/letter-scene';
import { hire, linkOn, tokenOn, verbsOn } from '../support/scenes';

const zoe = 'Zoé Durand,zoe@contoso.example,zoe@home.example';
const ines = 'Inès Roy,ines@contoso.example,ines@home.example';
const adam = 'Adam Okoye,adam@contoso.example,';
const bo = 'Bo Li,bo@contoso.example,';
const minute = 60_000;

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

const imported = (...rows: string[]) => all.imported(rows);
const onLetters = () => all.onLetters();

/** The users on the sheet behind a card's link, which is used up. */
async function usersBehind(shown: { readonly text: string; readonly name: string }): Promise<string[]> {
  const { text } = await letters.page(tokenOn(shown), 'POST');
  return [...text.matchAll(/data-field="userPrincipalName">([^<]+)</g)].map(([, name]) => name ?? '');
}

describe('Issue again on the result of an import', () => {
  it('asks first, naming the customer, how many it is about and what it means, and leads back to the link', async () => {
    const result = await imported(adam, bo);
    const asked = await chat.press(result, 'Issue again');

    expect(asked.name).toBe('import-sheet');
    expect(asked.text).toMatch(/^Contoso Bakery/);
    expect(asked.text).toContain('Make new temporary passwords for 2 users?');
    expect(asked.text).toContain('present temporary passwords of these users stop working');
    const back = await chat.press(asked, 'import.refresh');
    expect(tokenOn(back)).toBe(tokenOn(result));
    expect(await world.rows('audit', { action: 'reset_customer_user_password' })).toEqual([]);
  });

  it('shows how it goes, then the new link in the same message; the former link is dead', async () => {
    const result = await imported(adam, bo);
    const issuing = await chat.press(await chat.press(result, 'Issue again'), 'import.sheet');
    await scene.stand(issuing);
    expect(issuing.text).toContain('0 of 2 passwords');

    await scene.run();

    const after = scene.standing();
    expect(after.name).toBe('import-result');
    expect(after.text).toContain('Issued again on 22 November 2026');
    expect(tokenOn(after)).not.toBe(tokenOn(result));
    expect((await letters.page(tokenOn(result), 'POST')).status).toBe(410);
    expect((await usersBehind(after)).sort()).toEqual(['adam@contoso.example', 'bo@contoso.example']);
  });

  it('takes the dead link off the other messages that show the result', async () => {
    await imported(adam, bo);
    await scene.stand(await chat.press(await chat.type('/import'), 'import.refresh'), 'm2');
    await scene.stand(
      await chat.press(await chat.press(scene.standing('m1'), 'Issue again'), 'import.sheet'),
      'm2',
    );
    await scene.run();
    world.clock.pass(minute);
    await scene.look();

    expect(linkOn(scene.standing('m2'))).not.toBeNull();
    expect(scene.standing('m1').text).toContain('Issued again on');
    expect(linkOn(scene.standing('m1'))).toBeNull();
    world.clock.pass(minute);
    await scene.look();
    expect(linkOn(scene.standing('m2'))).not.toBeNull();
  });

  it('says so where somebody else was faster, and where nobody is left', async () => {
    const result = await imported(adam);
    const [mine, theirs] = [await chat.press(result, 'Issue again'), await chat.press(result, 'Issue again')];
    await scene.stand(await chat.press(mine, 'import.sheet'));
    await scene.run();

    const late = await chat.press(theirs, 'import.sheet');
    expect(late.text).toContain('Somebody else was faster');
    await world.database.connection
      .collection('users')
      .updateMany({}, { $set: { mustChangePassword: false } });
    const nobody = await chat.press(scene.standing(), 'Issue again');
    expect(nobody.text).toContain('Nobody is left who could get a new password here');
    expect(tokenOn(nobody)).toBe(tokenOn(scene.standing()));
    expect(await world.rows('audit', { action: 'reset_customer_user_password' })).toHaveLength(1);
  });

  it('is refused to who may not, with no effect, on record', async () => {
    const result = await imported(adam);
    const asked = await chat.press(result, 'Issue again');
    const sam = await hire(world, 'web:sam', 'sales_agent');

    for (const card of [result, asked]) expect((await sam.press(card, 'import.sheet')).name).toBe('denied');
    await scene.run();

    expect(await world.rows('audit', { operator: 'web:sam', outcome: 'denied' })).toHaveLength(2);
    expect((await letters.page(tokenOn(result), 'GET')).status).toBe(200);
  });
});

describe('Those whose letter could not be sent', () => {
  beforeEach(() => letters.server.refuseRecipients(550, 'zoe'));

  it('are put on a sheet of their own where the sheet of the others was opened', async () => {
    const result = await imported(zoe, ines, adam);
    await letters.runImports();
    await usersBehind(result);
    await scene.look();
    const asked = await chat.press(onLetters(), 'Put them on a sheet');
    expect(asked.answer.place).toBe('below');
    expect(asked.text).toContain('Make a new temporary password for 1 user?');

    await scene.stand(await chat.press(asked, 'import.sheet'), 'm3');
    await scene.run();
    world.clock.pass(minute);
    await scene.look();

    expect(await usersBehind(scene.standing('m3'))).toEqual(['zoe@contoso.example']);
    expect(onLetters().text).toContain('1 letter was sent');
    expect(onLetters().text).toContain('1 letter is no longer needed');
    expect(verbsOn(onLetters())).not.toContain('import.sheet');
  });

  it('come onto one sheet with the others where that of the others waits', async () => {
    const result = await imported(zoe, ines, adam);
    await letters.runImports();
    await scene.look();
    const asked = await chat.press(onLetters(), 'Put them on a sheet');
    expect(asked.text).toContain('Make new temporary passwords for 2 users?');
    await scene.stand(await chat.press(asked, 'import.sheet'), 'm3');
    await scene.run();

    expect((await letters.page(tokenOn(result), 'POST')).status).toBe(410);
    expect((await usersBehind(scene.standing('m3'))).sort()).toEqual([
      'adam@contoso.example',
      'zoe@contoso.example',
    ]);
    expect(passwordIn((await letters.page(letters.server.letters[0]!.token, 'POST')).text)).not.toBe('');
  });

  it('need not wait for a server that takes nothing: all of them can be put on a sheet', async () => {
    letters.server.refuseRecipients(451);
    await imported(zoe, ines);
    await letters.runImports();
    await scene.look();
    const asked = await chat.press(onLetters(), 'Put all unsent on a sheet');
    expect(asked.text).toContain('Make new temporary passwords for 2 users?');
    await scene.stand(await chat.press(asked, 'import.sheet'), 'm3');
    await scene.run();
    letters.server.refuseRecipients(null);
    world.clock.pass(24 * 60 * minute);
    await letters.runImports();

    expect(letters.server.letters).toEqual([]);
    expect(await usersBehind(scene.standing('m3'))).toHaveLength(2);
    expect((await world.rows('letters')).map(({ state }) => state)).toEqual(['ended', 'ended']);
  });
});
