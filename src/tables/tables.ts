import type { TableOpened, TableRefused, Tables, TableSource } from '../ports/tables';
import { createBytes, TooManyBytes, type Bytes } from './bytes';
import { findEncoding } from './encoding';
import { compoundFault, kindOf } from './kind';
import { openCsv } from './open-csv';
import { openXlsx } from './open-xlsx';
import { templateOf } from './templates';
import { writeTable } from './write';

export function createTables(): Tables {
  return { open: openTable, write: writeTable, templateOf };
}

async function openTable(
  source: AsyncIterable<Uint8Array>,
  { name, maxBytes }: TableSource,
): Promise<TableOpened | TableRefused> {
  const bytes = createBytes(source, maxBytes);
  let opened: TableOpened | TableRefused | null = null;
  try {
    opened = await openBytes(bytes, name);
    return opened;
  } catch (error) {
    if (error instanceof TooManyBytes) return { kind: 'refused', reason: 'too-large' };
    throw error;
  } finally {
    if (opened?.kind !== 'opened') await bytes.close();
  }
}

async function openBytes(bytes: Bytes, name: string): Promise<TableOpened | TableRefused> {
  const head = await bytes.head();
  const found = findEncoding(head);
  const kind = kindOf(head.bytes, found.encoding.startsWith('utf-16'));
  if (kind === 'text') return openCsv(bytes, found);
  if (kind === 'compound') return { kind: 'refused', reason: await compoundFault(bytes) };
  if (kind !== 'zip') return { kind: 'refused', reason: kind };
  const opened = await openXlsx(bytes);
  const isAnotherZip =
    opened.kind === 'refused' && opened.reason === 'unreadable-xlsx' && !/[.]xls[xm]$/i.test(name);
  return isAnotherZip ? { kind: 'refused', reason: 'binary' } : opened;
}
