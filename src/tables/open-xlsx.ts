import {
  mostSheetRows,
  mostUnpackedBytes,
  TableBroken,
  type Dialect,
  type TableOpened,
  type TableRefused,
} from '../ports/tables';
import type { Bytes } from './bytes';
import { recogniseColumns, type Columns } from './columns';
import type { TableRecord } from './csv-records';
import { usualSeparator } from './open-csv';
import { openedTable } from './rows';
import { openArchive, WorkbookFault } from './xlsx-archive';
import { sheetRecords } from './xlsx-sheet';
import { readWorkbook } from './xlsx-workbook';

/** Reads the first sheet twice: once for its limits, so that it is refused as a whole, and once for its rows. */
export async function openXlsx(bytes: Bytes): Promise<TableOpened | TableRefused> {
  try {
    const archive = await openArchive(await readAll(bytes));
    const workbook = await readWorkbook(archive);
    const found = await survey(sheetRecords(archive, workbook));
    if (found === null) return { kind: 'refused', reason: 'empty' };
    const columns = recogniseColumns(found.headings.cells);
    const { line } = found.headings;
    if (columns.kind === 'refused') return { ...columns, line };
    const records = () => recordsAfter(line, sheetRecords(archive, workbook), columns);
    return openedTable(columns, dialectOf(columns, found.hasVersion), records, () => bytes.close());
  } catch (error) {
    if (!(error instanceof WorkbookFault)) throw error;
    const { reason, line } = error;
    return { kind: 'refused', reason, ...(line === undefined ? {} : { line }) };
  }
}

async function readAll(bytes: Bytes): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes.all()) {
    length += piece.length;
    if (length > mostUnpackedBytes) throw new WorkbookFault('xlsx-too-large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

interface Survey {
  readonly headings: TableRecord;
  readonly hasVersion: boolean;
}

async function survey(records: AsyncIterable<TableRecord>): Promise<Survey | null> {
  let found: Survey | null = null;
  let hasVersion = false;
  let rows = 0;
  for await (const record of records) {
    if (found !== null) rows += 1;
    else if (record.cells.length === 1 && /^version:v?[\d.]+$/i.test(record.cells[0] ?? ''))
      hasVersion = true;
    else found = { headings: record, hasVersion };
    if (rows > mostSheetRows) throw new WorkbookFault('xlsx-too-large', record.line);
  }
  return found;
}

async function* recordsAfter(
  line: number,
  records: AsyncIterable<TableRecord>,
  { headings }: Columns,
): AsyncGenerator<TableRecord, void, undefined> {
  try {
    for await (const record of records) {
      if (record.line <= line) continue;
      const missing = Math.max(0, headings.length - record.cells.length);
      yield { line: record.line, cells: [...record.cells, ...Array<string>(missing).fill('')] };
    }
  } catch (error) {
    throw error instanceof WorkbookFault ? new TableBroken(error.reason, error.line ?? line) : error;
  }
}

function dialectOf({ family, language, headings }: Columns, versionLine: boolean): Dialect {
  return {
    ...{ family, language, format: 'xlsx', encoding: 'utf-8', bom: true, newline: '\r\n' },
    ...{ separator: usualSeparator(language), sepLine: false, versionLine, headings },
    guessed: { encoding: false, separator: false },
  };
}
