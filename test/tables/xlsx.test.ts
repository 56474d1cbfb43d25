import { mostColumns, mostSheetRows, mostUnpackedBytes } from '../../src/ports/tables';
import { openContent, opened, rowsOf, written } from '../support/tables/reading';
import { sheetXml, workbook, type SheetCell } from '../support/tables/workbook';

const headings = ['Prénom', 'Nom complet', 'Courrier', 'Fonction'];
const name = 'users.xlsx';
const raw = async (content: Buffer) => (await rowsOf(await opened(content, name))).map((row) => row.raw);
const refusal = (content: Buffer, file = name) => openContent(content, { name: file });
const inline = (text: string): SheetCell => ({ xml: `<c t="inlineStr"><is><t>${text}</t></is></c>` });

describe('A workbook', () => {
  it('is read from its first sheet, with the numbers of its rows', async () => {
    const table = await opened(
      workbook([
        [],
        headings,
        ['Zoé', 'Zoé Brûlé', 'zoe@contoso.example', ''],
        [],
        ['', 'B', 'b@contoso.example'],
      ]),
    );
    const rows = await rowsOf(table);

    expect(table.dialect).toMatchObject({
      ...{ format: 'xlsx', language: 'fr', separator: ';', encoding: 'utf-8', bom: true },
      ...{ headings, guessed: { encoding: false, separator: false } },
    });
    expect(rows).toMatchObject([
      { line: 3, ragged: false, raw: ['Zoé', 'Zoé Brûlé', 'zoe@contoso.example', ''] },
      { line: 5, ragged: false, cells: { givenName: '', displayName: 'B', jobTitle: '' } },
    ]);
  });

  it('may begin with the version of Entra, and holds back passwords', async () => {
    const table = await opened(
      workbook([
        ['version:v1.0'],
        ['Name [displayName]', 'User name [userPrincipalName]', 'Initial password [passwordProfile]'],
        ['A', 'a@a.example', 'hunter2'],
      ]),
    );

    expect(table.dialect).toMatchObject({ family: 'entra', versionLine: true });
    expect(await rowsOf(table)).toMatchObject([{ line: 3, raw: ['A', 'a@a.example', ''] }]);
  });

  it('is read whatever its cells are', async () => {
    const cells: readonly SheetCell[] = [
      42,
      { xml: '<c><v>3.3612345678E10</v></c>' },
      { xml: '<c><v>0.30000000000000004</v></c>' },
      true,
      inline('a &amp; b'),
      { xml: '<c t="inlineStr"><is><r><t>Zo</t></r><r><rPr/><t>é</t></r><rPh><t>aid</t></rPh></is></c>' },
      { xml: '<c t="str"><f>A1&amp;"x"</f><v>result</v></c>' },
      { xml: '<c t="e"><v>#N/A</v></c>' },
      inline('a_x000D__x000A_b_x0007_'),
      inline('<![CDATA[<b>]]>'),
      inline("'=1+1"),
      { xml: '<c t="s"><v>999</v></c>' },
      { xml: '<c t="s"/>' },
      'last',
    ];

    const [row] = await raw(workbook([[...headings, ...Array.from('123456789X')], cells]));

    expect(row).toEqual([
      ...['42', '33612345678', '0.30000000000000004', 'TRUE', 'a & b', 'Zoé', 'result', '#N/A'],
      ...['a\nb', '<b>', '=1+1', '', '', 'last'],
    ]);
  });

  it('may leave out the places of its cells', async () => {
    const sheet = sheetXml(
      '<row><c t="str"><v>Display name</v></c><c t="str"><v>Email</v></c></row>' +
        '<row r="7"><c t="str"><v>A</v></c><c r="B7" t="str"><v>a</v></c><c r="D7" t="str"><v>x</v></c></row>' +
        '<row r="5"><c r="ZZZZ1" t="str"><v>B</v></c></row>',
    );

    const rows = await rowsOf(await opened(workbook([], { 'xl/worksheets/sheet1.xml': sheet }), name));

    expect(rows).toMatchObject([
      { line: 7, raw: ['A', 'a', '', 'x'], ragged: true },
      { line: 8, raw: ['B', ''], ragged: false },
    ]);
  });

  it('shows its first sheet that is not hidden, under prefixes and absolute paths too', async () => {
    const relations = (all: string) => `<p:Relationships xmlns:p="p">${all}</p:Relationships>`;
    const sheet = sheetXml(
      '<row><c t="str"><v>Courrier</v></c></row><row><c t="str"><v>a@a.example</v></c></row>',
    );
    const content = workbook([], {
      'xl/workbook.xml':
        '<x:workbook xmlns:x="x" xmlns:rel="r"><x:sheets><x:sheet state="hidden" rel:id="r1"/><x:sheet rel:id="r2"/></x:sheets></x:workbook>',
      'xl/_rels/workbook.xml.rels': relations(
        '<p:Relationship Id="r1" Target="worksheets/sheet1.xml"/><p:Relationship Id="r2" Target="/other/second.xml"/>',
      ),
      'other/second.xml': sheet.replaceAll(/<(\/?)(?=[a-z])/g, '<$1y:').replace('xmlns=', 'xmlns:y='),
    });

    expect(await opened(content, name)).toMatchObject({ content: 'names' });
  });

  it('comes back as a CSV that French Excel opens', async () => {
    const table = await opened(workbook([headings, ['Zoé', '=1', 'zoe@contoso.example', '']]), name);
    const [row] = await rowsOf(table);

    const file = await written(table, [{ raw: row!.raw, status: 'Déjà pris' }]);

    expect(file.toString()).toBe(
      `\ufeff"Prénom";"Nom complet";"Courrier";"Fonction";"Mise à jour de l'état"\r\n` +
        `"Zoé";"'=1";"zoe@contoso.example";"";"Déjà pris"\r\n`,
    );
    expect(await rowsOf(await opened(file))).toMatchObject([{ cells: { displayName: '=1' } }]);
  });
});

describe('A workbook that is too large', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ['', `N${at}`, `n${at}@a.example`]);

  it('has more rows than a sheet may have', async () => {
    const most = await opened(workbook([headings, ...many(mostSheetRows), ['', ' ']]), name);
    const more = await refusal(workbook([headings, ...many(mostSheetRows + 1)]));

    expect(await rowsOf(most)).toHaveLength(mostSheetRows);
    expect(more).toEqual({ kind: 'refused', reason: 'xlsx-too-large', line: mostSheetRows + 2 });
  });

  it.each([
    ['xl/sharedStrings.xml', 'declares its size'],
    ['xl/worksheets/sheet1.xml', 'declares a small one'],
  ])('is left while %s is unpacked, which %s', async (part, says) => {
    const bomb = Buffer.concat([Buffer.from('<sst>'), Buffer.alloc(mostUnpackedBytes + 1, ' ')]);
    const content = workbook([headings], { [part]: bomb });
    const size = Buffer.alloc(4);
    size.writeUInt32LE(bomb.length);
    for (
      let at = content.indexOf(size);
      at !== -1 && says.endsWith('small one');
      at = content.indexOf(size)
    ) {
      content.writeUInt32LE(7, at);
    }

    expect(await refusal(content)).toEqual({ kind: 'refused', reason: 'xlsx-too-large' });
  });

  it('has a column or a row too many characters long', async () => {
    const wide = Array<string>(mostColumns).fill('');

    expect(await refusal(workbook([headings, ['A'], [...wide, 'x']]))).toMatchObject({
      ...{ reason: 'too-many-columns', line: 3 },
    });
    expect(await refusal(workbook([headings, Array<string>(4).fill('x'.repeat(20_000))]))).toMatchObject({
      ...{ reason: 'line-too-long', line: 2 },
    });
  });
});

describe('A file that is no good workbook', () => {
  const good = workbook([headings, ['A', 'A', 'a@a.example']]);

  it.each([
    ['cut off', good.subarray(0, good.length - 30)],
    ['a bare beginning', Buffer.from('PK\u0003\u0004')],
    ['XML that is not well formed', workbook([], { 'xl/worksheets/sheet1.xml': sheetXml('<row><c></row>') })],
    ['XML that ends early', workbook([], { 'xl/worksheets/sheet1.xml': sheetXml('').slice(0, -12) })],
    ['a sheet that is not there', workbook([], { 'xl/_rels/workbook.xml.rels': '<Relationships/>' })],
    ['a document type', workbook([], { 'xl/worksheets/sheet1.xml': bomb() })],
    [
      'elements without an end',
      workbook([], { 'xl/worksheets/sheet1.xml': sheetXml('<row>'.repeat(10_000)) }),
    ],
    [
      'attributes without an end',
      workbook([], { 'xl/worksheets/sheet1.xml': sheetXml(`<row ${attributes()}/>`) }),
    ],
    ['an unknown entity', workbook([], { 'xl/worksheets/sheet1.xml': sheetXml('&lol;') })],
  ])('is refused: %s', async (_, content) => {
    expect(await refusal(content)).toEqual({ kind: 'refused', reason: 'unreadable-xlsx' });
  });

  it('is another zip', async () => {
    expect(await refusal(workbook([], { 'xl/workbook.xml': 'x' }), 'photos.zip')).toEqual({
      ...{ kind: 'refused', reason: 'binary' },
    });
  });

  it('holds nothing, or headings that are not known', async () => {
    expect(await refusal(workbook([[' ']]))).toEqual({ kind: 'refused', reason: 'empty' });
    expect(await refusal(workbook([[], ['A', 'B']]))).toMatchObject({ reason: 'no-known-heading', line: 2 });
  });
});

function bomb(): string {
  const entities = '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">';
  const row = '<row><c t="str"><v>&c;</v></c></row>';
  return `<!DOCTYPE worksheet [${entities}]><worksheet><sheetData>${row}</sheetData></worksheet>`;
}

function attributes(): string {
  return Array.from({ length: 1_000 }, (_, at) => `a${at}=""`).join(' ');
}
