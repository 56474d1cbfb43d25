import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { TableBroken, type Dialect, type Row, type WrittenRow } from '../../../src/ports/tables';
import { knownHeading } from '../../../src/tables/vocabulary';
import { generatedTables, hostileFiles } from './generated';
import { openContent, opened, rowsOf, written } from './reading';

/** What was written is read again as it was: the cells, the reasons, and which rows were ragged. */
export const whatIsWrittenIsRead = fc.asyncProperty(generatedTables, async ({ dialect, rows }) => {
  const file = await written({ dialect }, rows);
  const table = await opened(file);
  const { headings, guessed, bom, ...form } = dialect;

  same(
    table.dialect.headings,
    statusAt(dialect) < headings.length ? headings : [...headings, table.dialect.headings.at(-1)],
  );
  const { encoding, ...others } = form;
  same({ ...table.dialect, ...others }, table.dialect);
  if (bom || (guessed.encoding && rows.length > 0))
    same([table.dialect.encoding, table.dialect.bom], [encoding, bom]);
  same((await rowsOf(table)).map(meaning(table.dialect)), rows.map(expected(dialect)));
});

/** Whatever comes, it is refused, or read, or broken at a line; and what was read can be written and read again. */
export const nothingBreaksIt = fc.asyncProperty(hostileFiles, async (pieces) => {
  const table = await openContent(pieces);
  if (table.kind === 'refused') return;
  const rows = await rowsOf(table).catch((error: unknown) => {
    if (error instanceof TableBroken && error.line > 0) return null;
    throw error;
  });
  if (rows === null) return;
  rows.forEach((row, at) => same(row.line > (rows[at - 1]?.line ?? 0), true));

  const back = await opened(
    await written(
      table,
      rows.map(({ raw }) => ({ raw, status: 'é' })),
    ),
  );
  if (table.dialect.encoding === 'windows-1252' && back.dialect.encoding !== 'windows-1252') return;
  same(back.content, table.content);
  // Of a ragged row more is blanked at each reading where there are passwords.
  const isKept = ({ ragged }: { readonly ragged: boolean }) => !ragged || table.passwordColumns.length === 0;
  same(
    (await rowsOf(back)).map(meaning(back.dialect)).filter(isKept),
    rows.map(({ raw }) => expected(table.dialect)({ raw, status: 'é' })).filter(isKept),
  );
});

interface Meaning {
  /** The cells under the headings of the upload, the status apart; for a ragged row without blanks at its end. */
  readonly cells: readonly string[];
  readonly status: string;
  readonly ragged: boolean;
}

function meaning(dialect: Dialect): (row: Row) => Meaning {
  const at = statusAt(dialect);
  return ({ raw, ragged }) => ({ cells: cut(raw.toSpliced(at, 1), ragged), status: raw[at] ?? '', ragged });
}

function expected(dialect: Dialect): (row: WrittenRow) => Meaning {
  const at = statusAt(dialect);
  const { headings } = dialect;
  const named = headings.findLastIndex((heading) => heading !== '') + 1;
  return ({ raw, status }) => {
    const ragged = raw.length < named || raw.length > headings.length;
    const full = [...raw, ...Array<string>(Math.max(0, headings.length - raw.length)).fill('')];
    return { cells: cut(at < headings.length ? full.toSpliced(at, 1) : full, ragged), status, ragged };
  };
}

function cut(cells: readonly string[], ragged: boolean): readonly string[] {
  return ragged ? cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1) : cells;
}

function statusAt({ headings }: Dialect): number {
  const at = headings.findIndex((heading) => knownHeading(heading)?.field === 'statusUpdate');
  return at === -1 ? headings.length : at;
}

function same(one: unknown, other: unknown): void {
  if (!isDeepStrictEqual(one, other))
    throw new Error(`${JSON.stringify(one)}\nis not\n${JSON.stringify(other)}`);
}
