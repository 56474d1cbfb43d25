import { mongo } from 'mongoose';
import { hashToken } from '../../src/domain/hand-over';
import { encodeText } from '../../src/tables/encoding';
import { startHttpServer } from '../support/http-server';
import { openImportChat, type ImportScene } from '../support/import-scenes';
import { type Chat, type TestHouse } from '../support/house';

let world: TestHouse;
let scene: ImportScene;
let chat: Chat;
beforeAll(async () => {
  ({ world, scene, chat } = await openImportChat());
});
afterAll(() => world.close());

/** Every byte that the database holds. */
async function everything(): Promise<Buffer> {
  const { connection } = world.database;
  const collections = (await connection.db?.collections()) ?? [];
  const documents = await Promise.all(collections.map((one) => one.find().toArray()));
  return Buffer.concat(documents.flat().map((document) => Buffer.from(mongo.BSON.serialize(document))));
}

async function imported(content: string | Buffer, name?: string) {
  const checked = await scene.send(chat, content, name);
  return { checked, result: await scene.imported(chat, checked, {}, name) };
}

/** The text blocks of a card: a chat reads these as Markdown. */
function markdownOf(json: unknown): string {
  if (Array.isArray(json)) return json.map(markdownOf).join('\n');
  if (typeof json !== 'object' || json === null) return '';
  const own = 'type' in json && json.type === 'TextBlock' && 'text' in json ? String(json.text) : '';
  return [own, ...Object.values(json).map(markdownOf)].join('\n');
}

describe('A file', () => {
  it('of Excel in French loses its passwords before it is written anywhere', async () => {
    const text = [
      'Prénom;Nom;Nom complet;Courrier;Mot de passe;Locaton',
      'Zoé;Durand;Zoé Durand;zoe@contoso.example;Secret-Un-1!;FR',
      'Éric;Noël;Éric Noël;eric@ailleurs.example;Secret-Deux-2!;FR',
      'Luc;Petit;Luc Petit;luc@contoso.example;Secret-Trois-3!;FR;de trop',
      '',
    ].join('\r\n');

    const { checked, result } = await imported(encodeText(text, 'windows-1252'), 'équipe.csv');

    expect(checked.text).toContain('1 user can be imported');
    expect(checked.text).toContain('The column “Locaton” is ignored');
    expect(result.text).toContain('2 rows failed');
    const stored = await everything();
    expect(stored.includes('zoe@contoso.example')).toBe(true);
    for (const secret of ['Secret-Un', 'Secret-Deux', 'Secret-Trois']) {
      expect(stored.includes(secret)).toBe(false);
      expect(world.log.lines.join()).not.toContain(secret);
    }
    const [file] = await world.rows('files');
    expect(String(file?.['name'])).toContain('équipe');
    expect(stored.includes(Buffer.from('"\xc9ric";"No\xebl"', 'latin1'))).toBe(true);
  });

  it('with markup in its names and a path in its own shows them as they are', async () => {
    const evil = '[click](https://evil.example) **now**';
    const rows = [`${evil},evil@contoso.example,${evil}`, `${evil},${evil},${evil}`];

    const { checked, result } = await imported(
      ['Display name,Email,Department', ...rows, ''].join('\n'),
      `../../\u202e${evil}.csv`,
    );

    const card = world.house.cards.render(checked.answer.card, checked.answer.locale);
    expect(result.text).toContain('click');
    expect(markdownOf(card)).toContain('1 user can be imported');
    expect(markdownOf(card)).not.toContain('](https://evil');
    const [file] = await world.rows('files', { name: /evil/ });
    expect(String(file?.['name'])).not.toMatch(/[/\\\u202e]/);
  });

  it('of two customers puts each password that is seen on record with its own', async () => {
    const { result } = await imported(
      [
        'Display name,Email,Customer',
        'Ann,ann@contoso.example,contoso.example',
        'Bob,bob@fabrikam.example,fabrikam.example',
        '',
      ].join('\n'),
      'two.csv',
    );
    const [, token = ''] = /\/s\/([\w-]{43})/.exec(result.text) ?? [];
    const { server, url } = await startHttpServer({ handOvers: world.house.handOvers, clock: world.clock });
    const page = await (await fetch(`${url}/s/${token}`, { method: 'POST' })).text();
    await server.close();

    expect(page).toContain('bob@fabrikam.example');
    expect(await world.rows('secrets', { tokenHash: hashToken(token) })).toMatchObject([{ state: 'opened' }]);
    const [fabrikam] = await world.rows('customers', { defaultDomain: 'fabrikam.example' });
    const revealed = { action: 'reveal_hand_over', target: 'bob@fabrikam.example' };
    expect(await world.rows('audit', revealed)).toMatchObject([{ customerId: fabrikam?.['_id'] }]);
  });
});
