import {
  longestRecord,
  type Dialect,
  type HeadingLanguage,
  type TableOpened,
  type TableRefused,
  type TableSeparator,
} from '../ports/tables';
import { readBeginning, type Beginning } from './beginning';
import type { Bytes } from './bytes';
import { recogniseColumns, type Columns } from './columns';
import { csvCells, csvRecords } from './csv-records';
import { decodeBytes, type FoundEncoding } from './encoding';
import { openedTable } from './rows';
import { cleanPieces } from './text';
import { isPasswordHeading, knownHeading } from './vocabulary';

const separators: readonly TableSeparator[] = [',', ';', '\t', '|'];
const longestBeginning = 2 * longestRecord;

/** Reads as far as the headings; the rest when the rows are asked for. */
export async function openCsv(bytes: Bytes, found: FoundEncoding): Promise<TableOpened | TableRefused> {
  const text = decodeBytes(bytes.all(), found);
  const beginning = await readAsFarAsHeadings(text);
  if (beginning === null) return { kind: 'refused', reason: 'line-too-long', line: 1 };
  const { headings, line } = beginning;
  if (headings === null) return { kind: 'refused', reason: 'empty' };
  if (headings.length > longestRecord) return { kind: 'refused', reason: 'line-too-long', line };

  const { columns, separator, guessed } = chooseSeparator(headings, beginning.separator);
  if (columns.kind === 'refused') return { ...columns, line };
  const { encoding, certainty } = found;
  const dialect: Dialect = {
    ...{ family: columns.family, language: columns.language, headings: columns.headings },
    ...{ format: 'csv', encoding, bom: found.bom || certainty === 'ascii', separator },
    ...{
      sepLine: beginning.separator !== null,
      versionLine: beginning.versionLine,
      newline: beginning.newline,
    },
    guessed: { encoding: encoding === 'windows-1252', separator: guessed },
  };
  const rest = cleanPieces(followedBy(beginning.rest, text));
  const records = () => csvRecords(rest, separator, beginning.restLine);
  return openedTable(columns, dialect, records, () => bytes.close());
}

async function readAsFarAsHeadings(pieces: AsyncGenerator<string>): Promise<Beginning | null> {
  let text = '';
  while (text.length < longestBeginning) {
    const step = await pieces.next();
    const whole = step.done === true;
    if (step.done !== true) text += step.value;
    const beginning = readBeginning(text, whole);
    if (beginning !== null) return beginning;
  }
  // A quote among the headings that is not closed is none.
  const beginning = readBeginning(text, true);
  return beginning === null || beginning.headings === null ? null : beginning;
}

async function* followedBy(
  first: string,
  others: AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  yield first;
  yield* others;
}

interface Choice {
  readonly columns: Columns | TableRefused;
  readonly separator: TableSeparator;
  /** Nothing in the headings tells: there is one column only. */
  readonly guessed: boolean;
}

/** The separator that makes the most known headings, or else the most columns. */
function chooseSeparator(headings: string, told: TableSeparator | null): Choice {
  const tried = (told === null ? separators : [told]).map((separator) => {
    const cells = csvCells(headings, separator);
    const known = cells.filter((cell) => isPasswordHeading(cell) || knownHeading(cell) !== null).length;
    return { columns: recogniseColumns(cells), separator, known, width: cells.length };
  });
  const best = tried.reduce((one, other) => (isBetter(other, one) ? other : one));
  const guessed = told === null && best.width === 1;
  const { columns } = best;
  const usual = guessed && columns.kind === 'columns' ? usualSeparator(columns.language) : best.separator;
  return { columns, separator: usual, guessed };
}

interface Tried {
  readonly known: number;
  readonly width: number;
}

function isBetter(one: Tried, other: Tried): boolean {
  return one.known === other.known ? one.width > other.width : one.known > other.known;
}

/** What a spreadsheet in that language writes, and opens without being asked. */
export function usualSeparator(language: HeadingLanguage): TableSeparator {
  return language === 'en' ? ',' : ';';
}
