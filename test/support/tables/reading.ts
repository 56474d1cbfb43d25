import type { Row, TableOpened, TableRefused, WrittenRow } from '../../../src/ports/tables';
import { createTables } from '../../../src/tables/tables';

const tables = createTables();
export const { open, write, templateOf } = tables;

type Content = string | Uint8Array | readonly Uint8Array[];

/** The bytes as a source, and whether it was let go of. */
export function sourceOf(content: Content) {
  const pieces = piecesOf(content);
  const state = { isClosed: false };
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      for (const piece of pieces) yield await Promise.resolve(piece);
    } finally {
      state.isClosed = true;
    }
  }
  return { source: source(), state };
}

function piecesOf(content: Content): readonly Uint8Array[] {
  if (typeof content === 'string') return [Buffer.from(content)];
  return content instanceof Uint8Array ? [content] : content;
}

export async function openContent(
  content: Content,
  options: { readonly name?: string; readonly maxBytes?: number } = {},
): Promise<TableOpened | TableRefused> {
  return open(sourceOf(content).source, { name: 'users.csv', maxBytes: 100_000_000, ...options });
}

export async function opened(content: Content, name = 'users.csv'): Promise<TableOpened> {
  const table = await openContent(content, { name });
  if (table.kind === 'refused') throw new Error(`refused: ${JSON.stringify(table)}`);
  return table;
}

export async function rowsOf(table: TableOpened): Promise<Row[]> {
  return collect(table.rows());
}

export async function readRows(content: Content): Promise<Row[]> {
  return rowsOf(await opened(content));
}

export async function written(
  table: Pick<TableOpened, 'dialect'>,
  rows: readonly WrittenRow[],
): Promise<Buffer> {
  return Buffer.concat(await collect(write(table.dialect, each(rows))));
}

export async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const one of all) collected.push(one);
  return collected;
}

export async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  for (const one of all) yield await Promise.resolve(one);
}
