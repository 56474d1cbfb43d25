export type CsvSeparator = ',' | ';';

/** A leading sign that makes a spreadsheet take a cell for a formula, stray blanks before it included. */
const formula = String.raw`(?:\s*[=+\-@\t\r\n＝＋－＠]|[\t\r\n])`;
const needsGuard = new RegExp(`^'*${formula}`);
const hasGuard = new RegExp(`^'+${formula}`);

/**
 * A table as text that a spreadsheet opens as it stands: a byte order mark, every cell quoted, CRLF at the end of
 * each row, and an apostrophe before whatever could run as a formula.
 */
export function renderCsv(rows: readonly (readonly string[])[], separator: CsvSeparator): string {
  return '\ufeff' + rows.map((row) => renderCsvRow(row, separator) + '\r\n').join('');
}

/** One row, without its end. */
export function renderCsvRow(cells: readonly string[], separator: string): string {
  return cells.map((cell) => `"${guardCell(cell).replaceAll('"', '""')}"`).join(separator);
}

/** An apostrophe before what could run as a formula, and before what looks as if it had one already. */
function guardCell(text: string): string {
  return needsGuard.test(text) ? `'${text}` : text;
}

/** Takes off the apostrophe that `renderCsvRow` put before a cell, so that a cell read again is what it was. */
export function unguardCell(text: string): string {
  return hasGuard.test(text) ? text.slice(1) : text;
}
