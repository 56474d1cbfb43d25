import type { ImportStore } from '../ports/import-store';
import type { Imports } from '../ports/imports';
import { createImportCheck, type ImportCheckDeps } from './import-check';
import { createImportIssue, type ImportIssueDeps } from './import-issue';
import { createImportReports, type ImportReportsDeps } from './import-reports';
import { createImportUndo, type ImportUndoDeps } from './import-undo';
import { createImportStart, type ImportStartDeps } from './import-start';

export type ImportsDeps = ImportCheckDeps &
  ImportStartDeps &
  ImportUndoDeps &
  ImportIssueDeps &
  ImportReportsDeps & { readonly store: Pick<ImportStore, 'latest'> };

/** Files of users and licenses: checked, started, stopped, undone, reported, their sheets issued again. */
export function createImports(deps: ImportsDeps): Imports {
  return {
    ...createImportCheck(deps),
    ...createImportStart(deps),
    ...createImportUndo(deps),
    ...createImportIssue(deps),
    ...createImportReports(deps),
    find: (importId) => deps.store.find(importId),
    latest: (operator, limit) => deps.store.latest(operator, limit),
  };
}
