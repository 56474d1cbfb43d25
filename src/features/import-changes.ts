import { word, type CardData } from '../ports/card';
import type { ImportRecord } from '../ports/imports';
import { fitting } from './fitting';
import { reasonOf } from './import-rows';
import { shortened } from './shorten';

/** Bytes for the rows that are named. */
const roomForRows = 9_000;

/** Rows to be corrected and sent again: those that failed, and those whose name somebody else has taken since. */
export function notDone({ failed, changed }: ImportRecord): number {
  return failed + changed.skipped;
}

/** Rows that were not done although the dry run had said so, each with its reason. */
export function changedData({ changed: { skipped, failed, first } }: ImportRecord): CardData[] {
  if (skipped + failed === 0) return [];
  const rows = first.map(({ line, userPrincipalName, kind, fault }) => ({
    line: word('import-checked.line', { line }),
    userPrincipalName: shortened(userPrincipalName, 64),
    kind: word(`import-result.changed.${kind}`),
    color: kind === 'failed' ? 'Attention' : 'Warning',
    reason: reasonOf(fault),
  }));
  const shown = rows.slice(0, fitting(rows, roomForRows));
  const others = skipped + failed - shown.length;
  return [
    {
      title: word('import-result.changed.title', { count: skipped + failed }),
      rows: shown,
      more: others > 0 ? [{ text: word('import-result.changed.more', { count: others }) }] : [],
    },
  ];
}
