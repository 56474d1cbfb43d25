import fc from 'fast-check';
import type {
  Dialect,
  Field,
  HeadingLanguage,
  TableEncoding,
  TableFamily,
  WrittenRow,
} from '../../../src/ports/tables';
import { headingLanguages } from '../../../src/tables/headings';
import { labelFor } from '../../../src/tables/vocabulary';
import { sheetXml, workbook } from './workbook';

export interface GeneratedTable {
  readonly dialect: Dialect;
  readonly rows: readonly WrittenRow[];
}

const families: readonly TableFamily[] = ['partner-center', 'microsoft-365', 'rollcall'];
/** What each content needs, and what it may have. */
const contents: readonly (readonly [readonly Field[], readonly Field[]])[] = [
  [['userPrincipalName'], ['customer', 'statusUpdate']],
  [
    ['userPrincipalName', 'license', 'action'],
    ['customer', 'statusUpdate'],
  ],
  [
    ['displayName', 'userPrincipalName'],
    ['givenName', 'surname', 'usageLocation', 'roles', 'customer', 'statusUpdate'],
  ],
];
const oddHeadings = ['__proto__', '=cmd|x', 'a;b,c|d', 'quote " in it', 'two\nlines', "'quoted", 'Ünbekannt'];

const danger = fc.constantFrom(
  '=1+1',
  '+1',
  '-1',
  '@A1',
  "'=1",
  "''x",
  '"',
  '""',
  ';',
  ',',
  '\n',
  '|',
  '\t',
  'sep=,',
);
/** Letters that every encoding has, and that windows-1252 does not take for UTF-8. */
const latin = fc.constantFrom(...Array.from("éÈçÿûßabcXYZ019 .-_@'"));
const anywhere = fc.oneof(latin, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }));

function cellOf(encoding: TableEncoding): fc.Arbitrary<string> {
  const letter = encoding === 'windows-1252' ? latin : anywhere;
  return fc.array(fc.oneof(letter, danger), { maxLength: 6 }).map((parts) => tidy(parts.join('')));
}

/** As a cell comes out of a file: it is the only form that has to survive. */
function tidy(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\t\n]/gu, '')
    .trim();
}

function headingsOf(language: HeadingLanguage, family: TableFamily): fc.Arbitrary<string[]> {
  const fields = fc
    .constantFrom(...contents)
    .chain(([needed, optional]) => fc.subarray([...optional]).map((others) => [...needed, ...others]))
    .map((all) => all.map((field) => labelFor(field, language, family)));
  return fc
    .tuple(fields, fc.subarray(oddHeadings, { maxLength: 2 }))
    .chain(([known, odd]) =>
      fc.shuffledSubarray([...known, ...odd], { minLength: known.length + odd.length }),
    );
}

const dialects: fc.Arbitrary<Dialect> = fc
  .record({
    family: fc.constantFrom(...families),
    language: fc.constantFrom(...headingLanguages),
    encoding: fc.constantFrom<TableEncoding[]>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
    bom: fc.boolean(),
    separator: fc.constantFrom<Dialect['separator'][]>(',', ';', '\t', '|'),
    newline: fc.constantFrom<Dialect['newline'][]>('\n', '\r\n', '\r'),
    sepLine: fc.boolean(),
    versionLine: fc.boolean(),
  })
  .chain((form) =>
    headingsOf(form.language, form.family).map((headings) => ({
      ...form,
      headings: form.encoding === 'windows-1252' ? headings.filter((one) => one !== 'Ünbekannt') : headings,
      format: 'csv' as const,
      bom: form.bom && form.encoding !== 'windows-1252',
      guessed: { encoding: form.encoding === 'windows-1252', separator: false },
    })),
  );

/** A dialect, and rows as they could have come out of a file in it: some of them ragged. */
export const generatedTables: fc.Arbitrary<GeneratedTable> = dialects.chain((dialect) => {
  const width = dialect.headings.length;
  const cell = cellOf(dialect.encoding);
  const length = fc.oneof({ weight: 8, arbitrary: fc.constant(width) }, fc.nat({ max: width + 2 }));
  const raw = length.chain((cells) => fc.array(cell, { minLength: cells, maxLength: cells }));
  const status = cell.map((text) => tidy(`é ${text}`));
  return fc.array(fc.record({ raw, status }), { maxLength: 8 }).map((rows) => ({ dialect, rows }));
});

const tokens = fc.constantFrom(
  ...['Email', 'Display name', 'Courrier', 'Nom complet', 'License', 'Action', 'Password', 'Status update'],
  ...[
    'sep=;',
    'version:v1.0',
    '"',
    '""',
    ',',
    ';',
    '\t',
    '|',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\u0085',
    "'=1",
    '=1',
  ],
  ...[' ', 'a@a.example', 'é', '漢', '\ufeff', '__proto__', 'x'.repeat(70_000)],
);
const starts = fc.constantFrom(
  '',
  '',
  'Email\n',
  'Display name;Email\n',
  'sep=|\nDisplay name|Email\r\n',
  'UPN,"License",Action\r',
);
const soups = fc
  .tuple(
    starts,
    fc.array(fc.oneof({ weight: 30, arbitrary: tokens }, fc.string({ unit: 'binary' })), { maxLength: 60 }),
  )
  .map(([start, parts]) => start + parts.filter((part, at) => part.length < 70_000 || at % 7 === 0).join(''));
const encoders: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text),
  (text) => Buffer.from(text, 'latin1'),
  (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.from(text, 'utf16le').swap16(),
];
const magic = fc.constantFrom(
  '',
  'PK\u0003\u0004',
  '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1',
  'Email\n',
  '\u00ff\u00fe',
);

const sheetTokens = fc.constantFrom(
  ...[
    '<row>',
    '<row r="3">',
    '</row>',
    '<c>',
    '<c t="s"><v>0</v></c>',
    '<c r="ZZZ1" t="str">',
    '</c>',
    '<v>',
    '</v>',
  ],
  ...[
    '<is><t>Email</t></is>',
    '<c t="inlineStr"><is><t>Email</t></is></c>',
    '</sheetData>',
    '&lt;',
    '&x;',
    '<!-- -->',
  ],
  ...['a@a.example', '_x0000_', '<![CDATA[', ']]>', '<?x?>', '\0', '\ufffe', '<!DOCTYPE x>'],
);
/** Workbooks of odd XML, or with bytes that fell over on their way. */
const oddWorkbooks = fc
  .tuple(
    fc.array(sheetTokens, { maxLength: 12 }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }),
  )
  .map(([parts, changes]) => {
    const rows = '<row><c t="str"><v>Email</v></c></row><row><c t="str"><v>a</v></c></row>';
    const bytes = workbook([['Email']], { 'xl/worksheets/sheet1.xml': sheetXml(rows + parts.join('')) });
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes;
  });

/** Bytes that nobody should upload, in pieces that a network could make of them. */
export const hostileFiles: fc.Arbitrary<Buffer[]> = fc
  .tuple(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.tuple(soups, fc.constantFrom(...encoders)).map(([text, encode]) => encode(text)),
      },
      oddWorkbooks,
      fc
        .tuple(magic, fc.uint8Array({ maxLength: 300 }))
        .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest])),
    ),
    fc.array(fc.nat({ max: 400 }), { maxLength: 4 }),
  )
  .map(([bytes, cuts]) => {
    const places = [0, ...cuts.sort((one, other) => one - other), bytes.length];
    return places.slice(1).map((end, at) => bytes.subarray(places[at], end));
  });
