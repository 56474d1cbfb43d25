import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import {
  longestRecord,
  mostColumns,
  TableBroken,
  type TableFault,
  type TableSeparator,
} from '../ports/tables';
import { TooManyBytes } from './bytes';
import { tidyCell } from './text';

/** One record of a table: the line on which it begins, and its cells, tidied. */
export interface TableRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quote within a cell is a quote; one that opens a cell may have blanks before it. */
function optionsFor(separator: TableSeparator) {
  return {
    delimiter: separator,
    record_delimiter: '\n',
    ltrim: true,
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: longestRecord,
  };
}

/** The records of cleaned text whose first line has the number `firstLine`. Throws `TableBroken`. */
export async function* csvRecords(
  text: AsyncIterable<string>,
  separator: TableSeparator,
  firstLine: number,
): AsyncGenerator<TableRecord, void, undefined> {
  let line = firstLine;
  let bytes = 0;
  let parsedLines = 0;
  // Of the records that the parser has given out and nobody has taken yet: `info` would cost as much as parsing them.
  const ends: Place[] = [];
  const noteEnd = <R>(record: R, { lines, bytes }: Place): R => {
    parsedLines = lines;
    ends.push({ lines, bytes });
    return record;
  };
  try {
    const parser = parse({ ...optionsFor(separator), on_record: noteEnd });
    // What goes wrong before the parser comes out of it.
    const parsed: AsyncIterable<unknown> = pipeline(Readable.from(text), parser, () => undefined);
    for await (const record of parsed) {
      const end = ends.shift();
      if (!isRecord(record) || !end) continue;
      if (end.bytes - bytes > longestRecord) throw new TableBroken('line-too-long', line);
      if (record.length > mostColumns) throw new TableBroken('too-many-columns', line);
      yield { line, cells: record.map(cellOf) };
      line = firstLine + end.lines;
      bytes = end.bytes;
    }
  } catch (error) {
    const fault = faultOf(error);
    throw fault === null ? error : new TableBroken(fault, firstLine + parsedLines);
  }
}

/** The cells of a single record. */
export function csvCells(record: string, separator: TableSeparator): string[] {
  try {
    const [first = []] = parseAtOnce(record, { ...optionsFor(separator), to: 1 });
    return first.map(cellOf);
  } catch (error) {
    if (faultOf(error) === null) throw error;
    return [tidyCell(record)];
  }
}

function faultOf(error: unknown): TableFault | null {
  if (error instanceof TooManyBytes) return 'too-large';
  if (!(error instanceof Error && 'code' in error)) return null;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return 'line-too-long';
  return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : null;
}

/** The parser leaves a cell in its quotes when blanks stand behind them. */
function cellOf(text: string): string {
  return tidyCell(text.replace(/^"([^]*)"\s+$/, '$1'));
}

/** Where a record ends. */
interface Place {
  readonly lines: number;
  readonly bytes: number;
}

function isRecord(one: unknown): one is readonly string[] {
  return Array.isArray(one);
}
