import { openImportChat, type ImportScene } from '../support/import-scenes';
import { type Chat, type TestHouse } from '../support/house';
import { addUser } from '../support/scenes';

const headings = 'Display name,Email,Location,Licenses';
const rowOf = (name: string, licenses = '') => `${name},${name}@contoso.example,FR,${licenses}`;
const file = (...rows: string[]) => [headings, ...rows, ''].join('\n');

let world: TestHouse;
let scene: ImportScene;
let chat: Chat;
beforeEach(async () => {
  ({ world, scene, chat } = await openImportChat());
});
afterEach(() => world.close());

/** So many seats of Office 365 E3 are left to be given. */
async function leave(seats: number): Promise<void> {
  const subscriptions = world.database.connection.collection('subscriptions');
  await subscriptions.updateMany({ skuPartNumber: 'ENTERPRISEPACK' }, [
    { $set: { consumed: { $subtract: ['$total', seats] } } },
  ]);
}

describe('What has changed since the dry run', () => {
  it('is named by row: whose name somebody else has taken, and who gets no seat any more', async () => {
    const checked = await scene.send(
      chat,
      file(rowOf('ann'), rowOf('bo'), rowOf('cy', 'Office 365 E3'), rowOf('di', 'Office 365 E3')),
    );
    expect(checked.text).toContain('4 users can be imported');
    await addUser(world, { username: 'bo' }, 'web:ada');
    await leave(1);

    const result = await scene.imported(chat, checked);

    expect(result.text).toContain('2 users created');
    expect(result.text).toContain('Changed since the check: 2 rows that were ready were not done');
    expect(result.text).toMatch(/Line 3 · bo@contoso\.example · skipped · [^\n]*already/);
    expect(result.text).toMatch(/Line 5 · di@contoso\.example · failed · [^\n]*Office 365 E3/);
    expect(result.text).not.toContain('more row');
    const seats = await world.rows('subscriptions', { skuPartNumber: 'ENTERPRISEPACK' });
    expect(seats.every(({ consumed, total }) => Number(consumed) <= Number(total))).toBe(true);
  });

  it('comes back as a file with the reason of each row, to be corrected and sent again', async () => {
    const checked = await scene.send(chat, file(rowOf('ann'), rowOf('bo')));
    await addUser(world, { username: 'bo' });

    const result = await scene.imported(chat, checked);

    expect(result.text).toContain('The file has the row that was not done, with its reason.');
    const [, token = ''] = /\/f\/([\w-]{43})/.exec(JSON.stringify(result.json)) ?? [];
    const text = String((await world.house.files.find(token, world.clock.now()))?.bytes);
    expect(text).toContain('bo@contoso.example');
    expect(text).not.toContain('ann@');
    const corrected = await scene.send(chat, text.replace('bo@', 'bob@'));
    expect(corrected.text).toContain('1 user can be imported');
  });

  it('is named for the first ten rows, and counted for the others', async () => {
    const names = Array.from({ length: 13 }, (_, place) => `user${place}`);
    const checked = await scene.send(chat, file(...names.map((name) => rowOf(name, 'Office 365 E3'))));
    await leave(1);

    const result = await scene.imported(chat, checked);

    expect(result.text).toContain('Changed since the check: 12 rows');
    expect(result.text.match(/Line \d+ · user\d+@contoso\.example · failed/g)).toHaveLength(10);
    expect(result.text).toContain('user10@');
    expect(result.text).not.toContain('user11@');
    expect(result.text).toContain('and 2 more rows, with their reasons in the file');
  });

  it('is named of a licenses file, too', async () => {
    await addUser(world, { username: 'bo' });
    const checked = await scene.send(
      chat,
      'User Principal Name,License,Action\nbo@contoso.example,Office 365 E3,assign\n',
    );
    await leave(0);

    const result = await scene.imported(chat, checked);

    expect(result.text).toContain('Changed since the check: 1 row that was ready was not done');
    expect(result.text).toMatch(/Line 2 · bo@contoso\.example · failed · [^\n]*Office 365 E3/);
    expect(await world.rows('users', { licenses: 'ENTERPRISEPACK' })).toEqual([]);
  });

  it('is not said of a row that the dry run had shown as there already', async () => {
    await addUser(world, { username: 'bo' });

    const result = await scene.imported(chat, await scene.send(chat, file(rowOf('ann'), rowOf('bo'))));

    expect(result.text).toContain('1 user created');
    expect(result.text).not.toContain('Changed since the check');
    expect(result.text).not.toContain('The file has');
  });
});
