import type { Dialect, Field, Row, TableOpened } from '../ports/tables';
import type { Columns } from './columns';
import type { TableRecord } from './csv-records';

/** What `Columns` says of every row, and the rows once. */
export function openedTable(
  columns: Columns,
  dialect: Dialect,
  records: () => AsyncIterable<TableRecord>,
  close: () => Promise<void>,
): TableOpened {
  let isRead = false;
  return {
    ...{ kind: 'opened', content: columns.content, dialect, unknown: columns.unknown, close },
    columns: columns.fields,
    missing: columns.missing,
    passwordColumns: columns.passwords.map((at) => columns.headings[at] ?? ''),
    rows() {
      if (isRead) throw new Error('The rows of a table are read once');
      isRead = true;
      return rowsOf(records(), columns, close);
    },
  };
}

async function* rowsOf(
  records: AsyncIterable<TableRecord>,
  columns: Columns,
  close: () => Promise<void>,
): AsyncGenerator<Row, void, undefined> {
  try {
    for await (const record of records) {
      if (record.cells.some((cell) => cell !== '')) yield rowOf(record, columns);
    }
  } finally {
    await close();
  }
}

function rowOf({ line, cells: given }: TableRecord, columns: Columns): Row {
  const ragged = isRagged(given.length, columns.named, columns.headings.length);
  const raw = columns.passwords.length === 0 ? given : withoutPasswords(given, columns);
  const cells: Partial<Record<Field, string>> = {};
  for (const [at, field] of columns.fields.entries()) {
    if (field !== null) cells[field] = raw[at] ?? '';
  }
  return { line, cells, raw, ragged };
}

/** `named`: columns up to the last one with a heading. Those after it may be there or not. */
export function isRagged(length: number, named: number, width: number): boolean {
  return length < named || length > width;
}

/** In a ragged row a password may have slipped by as many columns as there are too many or too few. */
function withoutPasswords(cells: readonly string[], columns: Columns): string[] {
  const few = Math.max(0, columns.named - cells.length);
  const many = Math.max(0, cells.length - columns.headings.length);
  const holds = (at: number) =>
    columns.passwords.some((password) => at >= password - few && at <= password + many);
  return cells.map((cell, at) => (holds(at) ? '' : cell));
}
