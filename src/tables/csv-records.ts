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
    info: true,
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
  const noteLine = <R>(record: R, { lines }: { readonly lines: number }): R => {
    parsedLines = lines;
    return record;
  };
  try {
    const parser = parse({ ...optionsFor(separator), on_record: noteLine });
    // What goes wrong before the parser comes out of it.
    const parsed: AsyncIterable<unknown> = pipeline(Readable.from(text), parser, () => undefined);
    for await (const one of parsed) {
      if (!isParsed(one)) continue;
      if (one.info.bytes - bytes > longestRecord) throw new TableBroken('line-too-long', line);
      if (one.record.length > mostColumns) throw new TableBroken('too-many-columns', line);
      yield { line, cells: one.record.map(cellOf) };
      line = firstLine + one.info.lines;
      bytes = one.info.bytes;
    }
  } catch (error) {
    const fault = faultOf(error);
    throw fault === null ? error : new TableBroken(fault, firstLine + parsedLines);
  }
}

/** The cells of a single record. */
export function csvCells(record: string, separator: TableSeparator): string[] {
  try {
    const parsed: unknown[] = parseAtOnce(record, { ...optionsFor(separator), to: 1 });
    const [first] = parsed;
    return isParsed(first) ? first.record.map(cellOf) : [];
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

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number; readonly bytes: number };
}

function isParsed(one: unknown): one is Parsed {
  return typeof one === 'object' && one !== null && 'record' in one && 'info' in one;
}
