import { renderCsv, type CsvSeparator } from '../domain/csv';
import type { AuditQuery, AuditRecord, AuditTrail } from '../ports/audit';
import { mostFileBytes } from '../ports/files';
import type { People } from '../ports/people';

/** Rows; more than that is no reading for people. */
const mostExported = 50_000;
const atOnce = 1_000;

const columns = ['at', 'operator', 'name', 'action', 'target', 'outcome', 'before', 'after'];

interface Deps {
  readonly trail: AuditTrail;
  readonly people: Pick<People, 'names'>;
}

export interface AuditTable {
  readonly csv: Buffer;
  readonly entries: number;
  /** There are older entries for which there was no room. */
  readonly cut: boolean;
}

/** What a query finds as CSV, the newest first, as far as there is room in one file. */
export async function auditTable(
  query: AuditQuery,
  separator: CsvSeparator,
  { trail, people }: Deps,
): Promise<AuditTable> {
  const names = new Map<string, string>();
  const learn = async (entries: readonly AuditRecord[]): Promise<void> => {
    const unknown = [...new Set(entries.map(({ operator }) => operator))].filter((id) => !names.has(id));
    if (unknown.length === 0) return;
    for (const [id, name] of await people.names(unknown)) names.set(id, name);
  };

  const lines = [Buffer.from(renderCsv([columns], separator))];
  let bytes = lengthOf(lines);
  let after: string | undefined;
  for (;;) {
    const page = await trail.search({ ...query, after, limit: atOnce });
    await learn(page.items);
    for (const entry of page.items) {
      const line = Buffer.from(renderCsv([cellsOf(entry, names)], separator).slice(1));
      bytes += line.length;
      if (lines.length > mostExported || bytes > mostFileBytes) return tableOf(lines, true);
      lines.push(line);
    }
    if (page.next === null) return tableOf(lines, false);
    after = page.next;
  }
}

function tableOf(lines: readonly Buffer[], cut: boolean): AuditTable {
  return { csv: Buffer.concat(lines), entries: lines.length - 1, cut };
}

function lengthOf(lines: readonly Buffer[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

function cellsOf(entry: AuditRecord, names: ReadonlyMap<string, string>): string[] {
  const { at, operator, action, target, outcome, details } = entry;
  const name = operator === 'system' ? '' : (names.get(operator) ?? '');
  const [before, after] = [details?.before, details?.after].map((side) => (side ? JSON.stringify(side) : ''));
  return [at.toISOString(), operator, name, action, target, outcome, before ?? '', after ?? ''];
}
