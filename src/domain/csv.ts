export type CsvSeparator = ',' | ';';

/** A leading sign that makes a spreadsheet take a cell for a formula, stray blanks before it included. */
const formula = /^\s*[=+\-@\t\r\n＝＋－＠]|^[\t\r\n]/;

/**
 * A table as text that a spreadsheet opens as it stands: a byte order mark, every cell quoted, CRLF at the end of
 * each row, and an apostrophe before whatever could run as a formula.
 */
export function renderCsv(rows: readonly (readonly string[])[], separator: CsvSeparator): string {
  const lines = rows.map((row) => row.map(renderCell).join(separator) + '\r\n');
  return '\ufeff' + lines.join('');
}

function renderCell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
