import { hashToken } from '../../src/domain/hand-over';
import { openImportScene, type ImportScene } from '../support/import-scenes';
import { openTestHouse, type Chat, type TestHouse } from '../support/house';
import { atContoso, emptied, verbsOn } from '../support/scenes';

const headings = 'First name,Last name,Display name,Email,Location,Licenses';
const file = (...rows: string[]) => [headings, ...rows, ''].join('\n');
const zoe = 'Zoé,Durand,Zoé Durand,zoe@contoso.example,FR,Office 365 E3';
const adam = 'Adam,Okoye,Adam Okoye,adam@contoso.example,,';

let world: TestHouse;
let scene: ImportScene;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  scene = openImportScene(world);
});
beforeEach(async () => {
  chat = await atContoso(world);
});
afterEach(async () => {
  const used = [
    'users',
    'audit',
    'effects',
    'secrets',
    'choices',
    'imports',
    'importRows',
    'liveCards',
    'files',
  ];
  await emptied(world, used);
  await world.database.connection.collection('subscriptions').updateMany({}, { $set: { consumed: 0 } });
});
afterAll(() => world.close());

/** The file, imported to its end; what stands in the chat by now. */
async function imported(content: string, values: Readonly<Record<string, string>> = {}) {
  return scene.imported(chat, await scene.send(chat, content), values);
}

describe('A file that is sent', () => {
  it('is checked and answered with what it would do, and writes nobody', async () => {
    const shown = await scene.send(chat, file(zoe, adam, 'Bo,,Bo,bo@other.example,FR,', zoe));

    expect(shown.name).toBe('import-checked');
    expect(shown.answer).toMatchObject({ audience: 'operator', place: 'below' });
    expect(shown.text).toContain('Contoso Bakery');
    expect(shown.text).toContain('2 users can be imported');
    expect(shown.text).toContain('1 row repeats a row above it');
    expect(shown.text).toMatch(/Line 4 · Email[^]*The domain is not one of the customer’s/);
    expect(shown.text).toMatch(/Office 365 E3 {2}1 needed, \d+ free/);
    expect(verbsOn(shown)).toEqual(['import.start']);
    expect(await world.rows('users')).toEqual([]);
  });

  it('is imported as it was shown, and ends with a sheet of passwords behind a link', async () => {
    const result = await imported(file(zoe, adam));

    expect(result.name).toBe('import-result');
    expect(result.text).toContain('2 users created');
    expect(result.text).toMatch(/http:\/\/127\.0\.0\.1:3978\/s\/[\w-]{43}/);
    const users = await world.rows('users');
    expect(users.map(({ userPrincipalName }) => userPrincipalName).sort()).toEqual([
      'adam@contoso.example',
      'zoe@contoso.example',
    ]);
    expect(await world.rows('imports')).toMatchObject([{ state: 'done', created: 2, skipped: 0, failed: 0 }]);
  });

  it('takes the location and the licenses that were chosen for rows that name none', async () => {
    await imported(file(zoe, adam), { usageLocation: 'BE', licenses: 'POWER_BI_PRO' });

    const [user] = await world.rows('users', { userPrincipalName: 'adam@contoso.example' });
    expect(user).toMatchObject({ usageLocation: 'BE', licenses: ['POWER_BI_PRO'] });
    const [other] = await world.rows('users', { userPrincipalName: 'zoe@contoso.example' });
    expect(other).toMatchObject({ usageLocation: 'FR', licenses: ['ENTERPRISEPACK'] });
  });

  it('says at its field what was chosen wrongly, keeps the rest, and starts nothing', async () => {
    const checked = await scene.send(chat, file(adam));

    const again = await chat.press(checked, 'import.start', { licenses: 'POWER_BI_PRO' });

    expect(again.name).toBe('import-checked');
    expect(again.text).toContain('A license needs a location');
    expect(again.inputs['licenses']).toBe('POWER_BI_PRO');
    expect(await world.rows('imports')).toMatchObject([{ state: 'checked' }]);
    const started = await chat.press(again, 'import.start', { usageLocation: 'FR' });
    expect(started.name).toBe('import-running');
  });

  it('pressed twice is imported once', async () => {
    const checked = await scene.send(chat, file(zoe));

    const shown = [await chat.press(checked, 'import.start'), await chat.press(checked, 'import.start')];
    await scene.stand(shown[0]!);
    await scene.run();
    const late = await chat.press(checked, 'import.start');

    expect(shown.map(({ name }) => name)).toEqual(['import-running', 'import-running']);
    expect(late.name).toBe('import-result');
    expect(await world.rows('users')).toHaveLength(1);
  });
});

describe('The result', () => {
  it('offers the rows that failed as a file that can be corrected and sent again', async () => {
    const result = await imported(file(zoe, 'Bo,,Bo,bo@other.example,FR,'));

    expect(result.text).toContain('1 row failed');
    const [, token = ''] = /\/f\/([\w-]{43})/.exec(JSON.stringify(result.json)) ?? [];
    const kept = await world.house.files.find(token, world.clock.now());
    expect(kept?.name).toBe('users - failed rows.csv');
    const text = kept?.bytes.toString() ?? '';
    expect(text).toContain('bo@other.example');
    expect(text).toContain('The domain is not one of the customer’s.');
    expect(text).not.toContain('zoe@');
    const corrected = await scene.send(chat, text.replace('other.example', 'contoso.example'));
    expect(corrected.text).toContain('1 user can be imported');
  });

  it('changes by itself when the sheet was opened', async () => {
    const result = await imported(file(zoe));
    const token = /\/s\/([\w-]{43})/.exec(result.text)![1]!;
    await world.house.handOvers.reveal(hashToken(token), world.clock.now(), ['zoe@contoso.example']);

    world.clock.pass(60_000);
    await scene.look();

    expect(scene.standing().name).toBe('import-result');
    expect(scene.standing().text).toContain('Opened on');
    expect(scene.standing().text).not.toContain('/s/');
  });

  it('says with the press that a large undo is under way, and how it ended', async () => {
    const people = Array.from({ length: 501 }, (_, place) => `A,B,C ${place},c${place}@contoso.example,,`);
    const asked = await chat.press(await imported(file(...people)), 'import.undo');

    const undoing = await chat.press(asked, 'import.undo');
    await scene.stand(undoing);

    expect(undoing.text).toContain('The import is being undone: 500 users deleted so far');
    expect(verbsOn(undoing)).toContain('import.refresh');
    await scene.run();
    const { text } = await chat.press(undoing, 'import.refresh');
    expect(text).toContain('Import undone: 501 users deleted');
  });

  it('can be undone after a confirmation, once', async () => {
    const result = await imported(file(zoe, adam));

    const asked = await chat.press(result, 'import.undo');
    expect(asked.name).toBe('import-undo');
    expect(asked.text).toContain('Undo the import of 2 users?');
    expect(await world.rows('users', { state: 'active' })).toHaveLength(2);
    const undone = await chat.press(asked, 'import.undo');
    const again = await chat.press(asked, 'import.undo');

    expect(undone.name).toBe('import-undone');
    expect(undone.text).toContain('2 users were deleted');
    expect(again.text).toBe(undone.text);
    expect(await world.rows('users', { state: 'active' })).toEqual([]);
    expect(await world.rows('audit', { action: 'undo_customer_user_import' })).toHaveLength(1);
  });
});
