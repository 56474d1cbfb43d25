import { longestRecord, mostColumns } from '../ports/tables';
import type { TableRecord } from './csv-records';
import { cleanText, tidyCell } from './text';
import { WorkbookFault, type Archive } from './xlsx-archive';
import { createCollector, unescape, type Workbook } from './xlsx-workbook';
import { readXml } from './xlsx-xml';

/** The rows of the sheet that hold anything, each as far as its last cell that does. */
export function sheetRecords(archive: Archive, { sheet, strings }: Workbook): AsyncIterable<TableRecord> {
  const text = createCollector();
  let line = 0;
  let column = -1;
  let type = '';
  let cells: string[] = [];

  function put(value: string): void {
    const cell = tidyCell(cleanText(value));
    if (cell === '') return;
    if (column >= mostColumns) throw new WorkbookFault('too-many-columns', line);
    while (cells.length < column) cells.push('');
    cells[column] = cell;
  }

  return readXml<TableRecord>(archive.read(sheet), {
    open(element, attributes) {
      if (element === 'row') {
        line = rowNumber(attributes['r'], line);
        column = -1;
        cells = [];
      }
      if (element === 'c') {
        column = columnNumber(attributes['r'], column);
        type = attributes['t'] ?? 'n';
        text.clear();
      }
      text.open(element);
    },
    text: text.add,
    close(element, emit) {
      text.close(element);
      if (element === 'c') put(valueOf(text.all(), type, strings));
      if (element !== 'row' || cells.length === 0) return;
      const length = cells.reduce((sum, cell) => sum + cell.length, 0);
      if (length > longestRecord) throw new WorkbookFault('line-too-long', line);
      emit({ line, cells });
    },
  });
}

function valueOf(text: string, type: string, strings: readonly string[]): string {
  if (text.trim() === '') return '';
  if (type === 's') return strings[Number(text)] ?? '';
  if (type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return unescape(text);
  const number = Number(text);
  return Math.abs(number) < Number.MAX_SAFE_INTEGER ? String(number) : text;
}

/** A row that does not say its number, or says a wrong one, is the next. */
function rowNumber(said: string | undefined, last: number): number {
  const number = Number(said);
  return Number.isSafeInteger(number) && number > last ? number : last + 1;
}

/** Of `AB12`, from 0. */
function columnNumber(said: string | undefined, last: number): number {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(said ?? '')?.[0];
  if (letters === undefined) return last + 1;
  const number = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return number > last ? number : last + 1;
}
