import { isChangedSince, type ImportFault } from '../domain/import-fault';
import type { ImportStore, RowOutcome, Uploads, WaitingRow } from '../ports/import-store';
import type { Imports, ReportedRow } from '../ports/imports';

export interface ImportReportsDeps {
  readonly uploads: Pick<Uploads, 'read'>;
  readonly store: Pick<ImportStore, 'reached' | 'outcomes'>;
}

const start = { row: 0, offset: 0 };
const partSize = 500;
const notReached: readonly ImportFault[] = [{ field: 'row', reason: 'not-reached' }];

/** Rows of a file with what became of them, streamed beside what was noted while it ran. */
export function createImportReports({
  uploads,
  store,
}: ImportReportsDeps): Pick<Imports, 'problems' | 'failedRows'> {
  async function* rowsOf(importId: string): AsyncGenerator<WaitingRow> {
    for await (const { rows } of uploads.read(importId, start, partSize)) yield* rows;
  }

  return {
    async *problems(importId) {
      for await (const row of rowsOf(importId)) if (row.kind === 'failed') yield reported(row, row.faults);
    },

    async *failedRows(importId) {
      const reached = await store.reached(importId);
      const outcomes = store.outcomes(importId)[Symbol.asyncIterator]();
      let next = await outcomes.next();
      let place = 0;
      for await (const row of rowsOf(importId)) {
        let noted: RowOutcome | null = null;
        if (next.done !== true && next.value.line === row.line) {
          noted = next.value;
          next = await outcomes.next();
        }
        const faults = faultsOf(row, noted, place < reached);
        place += 1;
        if (faults) yield reported(row, faults);
      }
    },
  };
}

/** Why a row was not done; null for one that is as it should be, or was skipped as the dry run said. */
function faultsOf(
  row: WaitingRow,
  noted: RowOutcome | null,
  reached: boolean,
): readonly ImportFault[] | null {
  if (row.kind === 'failed') return row.faults;
  if (!reached) return notReached;
  return noted && isChangedSince(noted.faults) ? noted.faults : null;
}

function reported({ line, raw }: WaitingRow, faults: readonly ImportFault[]): ReportedRow {
  return { line, raw, faults };
}
