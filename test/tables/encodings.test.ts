import { opened, openContent, readRows, rowsOf, written } from '../support/tables/reading';

const text = 'Prénom;Nom;Nom complet;Courrier\r\nZoé;Brûlé;Zoé Brûlé – 漢;zoe@contoso.example\r\n';
const name = 'Zoé Brûlé – 漢';
const utf16le = Buffer.from(text, 'utf16le');
const utf16be = Buffer.from(utf16le).swap16();
const marked = (mark: number[], bytes: Buffer) => Buffer.concat([Buffer.from(mark), bytes]);

/** A few bytes at a time: characters, line ends and marks are all cut. */
const inPieces = (bytes: Buffer, length: number) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );

const files: readonly (readonly [string, Buffer, object])[] = [
  ['UTF-8', Buffer.from(text), { encoding: 'utf-8', bom: false }],
  ['UTF-8 with a mark', marked([0xef, 0xbb, 0xbf], Buffer.from(text)), { encoding: 'utf-8', bom: true }],
  ['UTF-16 LE with a mark', marked([0xff, 0xfe], utf16le), { encoding: 'utf-16le', bom: true }],
  ['UTF-16 BE with a mark', marked([0xfe, 0xff], utf16be), { encoding: 'utf-16be', bom: true }],
  ['UTF-16 LE without a mark', utf16le, { encoding: 'utf-16le', bom: false }],
  ['UTF-16 BE without a mark', utf16be, { encoding: 'utf-16be', bom: false }],
];

describe.each(files)('A file in %s', (_, bytes, dialect) => {
  it.each([
    ['at once', [bytes]],
    ['byte by byte', inPieces(bytes, 1)],
  ])('is read %s', async (_how, pieces) => {
    const table = await opened(pieces);
    const rows = await rowsOf(table);

    expect(table.dialect).toMatchObject({ ...dialect, guessed: { encoding: false } });
    expect(rows).toMatchObject([{ line: 2, cells: { givenName: 'Zoé', displayName: name } }]);
  });
});

describe('A file without a mark', () => {
  const ascii = 'Display name,Email\r\n' + 'Ann,ann@contoso.example\r\n'.repeat(5_000);

  it('is windows-1252 when it is not UTF-8, and says that this is a guess', async () => {
    const table = await opened(Buffer.from('Display name,Email\nZo\xe9 \x80\x93,z@a.example\n', 'latin1'));

    expect(table.dialect).toMatchObject({ encoding: 'windows-1252', guessed: { encoding: true } });
    expect(await rowsOf(table)).toMatchObject([{ cells: { displayName: 'Zoé €“' } }]);
  });

  it('stays UTF-8 when a single character of many is broken, which is replaced', async () => {
    const table = await opened(
      Buffer.concat([
        Buffer.from('Display name,Email\néèàç'),
        Buffer.from([0xff]),
        Buffer.from(',z@a.example\n'),
      ]),
    );

    expect(table.dialect).toMatchObject({ encoding: 'utf-8', bom: false, guessed: { encoding: false } });
    expect(await rowsOf(table)).toMatchObject([{ cells: { displayName: 'éèàç\ufffd' } }]);
  });

  it.each([
    ['UTF-8', Buffer.from('Zoé,zoe@contoso.example')],
    ['windows-1252', Buffer.from('Zo\xe9,zoe@contoso.example', 'latin1')],
  ])('of ASCII at first is decided by its first accent, in %s', async (_, last) => {
    const bytes = Buffer.concat([Buffer.from(ascii), last]);

    const [whole, pieces] = [await readRows(bytes), await readRows(inPieces(bytes, 11))];

    expect(whole.at(-1)).toMatchObject({ line: 5_002, cells: { displayName: 'Zoé' } });
    expect(pieces).toEqual(whole);
  });

  it.each([
    ['short', ''],
    ['long', 'Ann,ann@contoso.example,Sales\n'.repeat(5_000)],
  ])('that is %s and whose only accent is its last byte is windows-1252', async (_, before) => {
    const text = `Display name,Email,Department\n${before}Ann,ann@contoso.example,Qualit\xe9`;

    const rows = await readRows(Buffer.from(text, 'latin1'));

    expect(rows.at(-1)).toMatchObject({ cells: { department: 'Qualité' } });
  });

  it('of ASCII alone is UTF-8 and gets a mark when it is written, as reasons may have accents', async () => {
    const table = await opened('Display name,Email\nAnn,ann@contoso.example\n');

    expect(table.dialect).toMatchObject({ encoding: 'utf-8', bom: true, guessed: { encoding: false } });
    expect((await written(table, [])).toString()).toMatch(/^\ufeff"Display name"/);
  });
});

describe('What is not a table', () => {
  const compound = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  const named = (word: string) =>
    Buffer.concat([compound, Buffer.alloc(100_000), Buffer.from(word, 'utf16le'), Buffer.alloc(5_000)]);
  const noise = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 167 + (at >> 3)) % 256));

  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['blank lines', Buffer.from('\r\n\r\n ;;; \r\n'), 'empty'],
    ['a mark alone', Buffer.from([0xef, 0xbb, 0xbf]), 'empty'],
    ['a PDF', Buffer.from('%PDF-1.7\nName,Email\n'), 'binary'],
    ['noise', noise, 'binary'],
    ['a workbook of before 2007', named('Workbook'), 'old-xls'],
    ['a workbook with a password', named('EncryptedPackage'), 'protected-xlsx'],
    ['another compound file', named('WordDocument'), 'binary'],
    ['prose', Buffer.from('Dear all,\nplease create these users.\n'), 'no-known-heading'],
    ['rows without headings', Buffer.from('Ann,ann@contoso.example\n'), 'no-known-heading'],
  ])('is refused: %s', async (_, bytes, reason) => {
    expect(await openContent(bytes)).toMatchObject({ kind: 'refused', reason });
  });
});
