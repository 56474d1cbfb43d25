import { longestRecord, mostColumns, TableBroken } from '../../src/ports/tables';
import {
  collect,
  each,
  open,
  openContent,
  opened,
  readRows,
  rowsOf,
  sourceOf,
} from '../support/tables/reading';

const headings = 'Display name;Email';

describe('The line of a row', () => {
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('is the physical one on which it begins, with %s', async (_, newline) => {
    const lines = [
      'sep=;',
      '',
      headings,
      'A;a@a.example',
      '"B',
      '',
      'b";b@a.example',
      '',
      ';',
      'C;c@a.example',
      '',
    ];

    const table = await opened(lines.join(newline));
    const rows = await rowsOf(table);

    expect(table.dialect).toMatchObject({ newline, separator: ';', sepLine: true });
    expect(rows.map(({ line, raw }) => [line, raw[0]])).toEqual([
      [4, 'A'],
      [5, 'B\n\nb'],
      [10, 'C'],
    ]);
  });

  it('counts mixed ends of lines, and lines within headings', async () => {
    const rows = await readRows('"Display\r\nname";Email\rA;a\nB;b\r\nC;c\r\rD;d');

    expect(rows.map(({ line, raw }) => [line, raw[0]])).toEqual([
      [3, 'A'],
      [4, 'B'],
      [5, 'C'],
      [7, 'D'],
    ]);
  });
});

describe('A separator', () => {
  it.each([',', ';', '\t', '|'])('%j is found by the headings it makes', async (separator) => {
    const others = [',', ';', '|'].filter((one) => one !== separator).join('');
    const rows = await readRows(
      `Display name${separator}Email${separator}"Notes ${others}"\nA${separator}a${separator}x`,
    );

    expect(rows).toMatchObject([{ raw: ['A', 'a', 'x'] }]);
  });

  it.each(['sep=;', 'SEP=;', '"sep=;"', 'sep=;;;'])('is what %j says', async (line) => {
    const table = await opened(`${line}\n${headings}\n`);

    expect(table.dialect).toMatchObject({ separator: ';', sepLine: true, guessed: { separator: false } });
  });

  it('is a guess where there is one column only', async () => {
    expect((await opened('Courrier\n')).dialect).toMatchObject({
      separator: ';',
      guessed: { separator: true },
    });
    expect((await opened('Email\n')).dialect).toMatchObject({ separator: ',', guessed: { separator: true } });
  });
});

describe('A cell', () => {
  it.each([
    ['  A  ', 'A'],
    ['\u00a0A\u00a0', 'A'],
    [' "A;B" ', 'A;B'],
    ['"A"\t', 'A'],
    ['"A ""B"" C"', 'A "B" C'],
    ['A "B" C', 'A "B" C'],
    ['"A" B', '"A" B'],
    ['A\u0000\u0007B', 'AB'],
    [`'=1+1`, '=1+1'],
    [`''=1+1`, `'=1+1`],
    [`'Neill`, `'Neill`],
    ['__proto__', '__proto__'],
  ])('%j is read as %j', async (cell, text) => {
    expect(await readRows(`${headings}\n${cell};a@a.example\n`)).toMatchObject([
      { raw: [text, 'a@a.example'] },
    ]);
  });
});

describe('A ragged row', () => {
  it.each([
    ['A', true],
    ['A;a@a.example', false],
    ['A;a@a.example;', true],
    ['A;a@a.example;x', true],
  ])('%j: %s', async (line, ragged) => {
    expect(await readRows(`${headings}\n${line}\n`)).toMatchObject([{ ragged, raw: line.split(';') }]);
  });
});

describe('A broken table', () => {
  const good = `${headings}\nA;a@a.example\n`;

  it.each([
    ['a quote that is not closed', 'B;"b@a.example\nC;c@a.example\n', 'quote-not-closed'],
    ['the same in a long file', 'B;"b@a.example\n' + 'C;c@a.example\n'.repeat(10_000), 'line-too-long'],
    ['a line that is too long', 'B;' + 'b'.repeat(longestRecord) + '\n', 'line-too-long'],
    ['a line of separators', ';'.repeat(4 * longestRecord) + '\n', 'line-too-long'],
    ['a line of blanks', 'B;' + ' '.repeat(4 * longestRecord) + 'b\n', 'line-too-long'],
    ['a line of quotes', 'B;' + '"'.repeat(4 * longestRecord) + '\n', 'line-too-long'],
    ['a line without an end', 'B;' + 'b'.repeat(40 * longestRecord), 'line-too-long'],
    ['too many columns', ';'.repeat(mostColumns) + '\n', 'too-many-columns'],
  ])('says where: %s', async (_, text, reason) => {
    const error: unknown = await readRows(good + text).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(TableBroken);
    expect(error).toMatchObject({ reason, line: 3 });
  });

  it('says where it grew too large', async () => {
    const text = good.repeat(10_000);
    const table = await openContent([Buffer.from(text.slice(0, 100_000)), Buffer.from(text.slice(100_000))], {
      maxBytes: 200_000,
    });

    const rows = table.kind === 'opened' ? rowsOf(table) : Promise.resolve([]);

    await expect(rows).rejects.toMatchObject({ name: 'TableBroken', reason: 'too-large' });
    expect(await openContent(text, { maxBytes: 200_000 })).toMatchObject({ reason: 'too-large' });
  });

  it.each([
    ['too many headings', 'Email;'.repeat(mostColumns + 1), 'too-many-columns'],
    ['headings that are too long', 'E'.repeat(longestRecord + 1), 'line-too-long'],
    ['headings without an end', 'E'.repeat(4 * longestRecord), 'line-too-long'],
  ])('is refused for %s', async (_, text, reason) => {
    expect(await openContent(`${text}\n`)).toEqual({ kind: 'refused', reason, line: 1 });
  });

  it('is read on when a quote among the headings is not closed', async () => {
    const rows = readRows(`${headings};Size 5"\nA;a@a.example;x\n`);

    await expect(rows).resolves.toMatchObject([{ line: 2, cells: { displayName: 'A' } }]);
  });
});

describe('The source', () => {
  const content = `${headings}\n` + 'A;a@a.example\n'.repeat(20_000);

  it('is let go of when it is read, refused, closed, broken or left', async () => {
    const ways: readonly (readonly [string, (source: AsyncIterable<Uint8Array>) => Promise<unknown>])[] = [
      [content, async (source) => rowsOf(await openedSource(source))],
      ['x' + content, (source) => open(source, { name: 'x.csv', maxBytes: 1_000_000 })],
      [content, async (source) => (await openedSource(source)).close()],
      [`${headings}\n"`, async (source) => rowsOf(await openedSource(source)).catch(() => null)],
      [
        content,
        async (source) => {
          for await (const row of (await openedSource(source)).rows()) if (row.line > 1) break;
        },
      ],
    ];

    for (const [text, way] of ways) {
      const { source, state } = sourceOf(text);
      await way(source);
      expect(state).toEqual({ isClosed: true });
    }
  });

  it('may fail, and its own error comes through', async () => {
    async function* failing() {
      yield await Promise.resolve(Buffer.from(content));
      throw new Error('The network is away');
    }

    const table = await openedSource(failing());

    await expect(collect(table.rows())).rejects.toThrow('The network is away');
  });

  it('is read once', async () => {
    const table = await openedSource(each([Buffer.from(content)]));
    await rowsOf(table);

    expect(() => table.rows()).toThrow('once');
  });
});

async function openedSource(source: AsyncIterable<Uint8Array>) {
  const table = await open(source, { name: 'users.csv', maxBytes: 10_000_000 });
  if (table.kind === 'refused') throw new Error(table.reason);
  return table;
}
