import type { ImportStore } from '../ports/import-store';
import type { Imports } from '../ports/imports';
import { createImportCheck, type ImportCheckDeps } from './import-check';
import { createImportReports, type ImportReportsDeps } from './import-reports';
import { createImportStart, type ImportStartDeps } from './import-start';

export type ImportsDeps = ImportCheckDeps &
  ImportStartDeps &
  ImportReportsDeps & { readonly store: Pick<ImportStore, 'latest'> };

/** Files of users and licenses: checked, started, stopped, reported. */
export function createImports(deps: ImportsDeps): Omit<Imports, 'undo'> {
  return {
    ...createImportCheck(deps),
    ...createImportStart(deps),
    ...createImportReports(deps),
    find: (importId) => deps.store.find(importId),
    latest: (operator, limit) => deps.store.latest(operator, limit),
  };
}
