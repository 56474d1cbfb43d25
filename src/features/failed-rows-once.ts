import type { Entropy } from '../domain/entropy';
import { newFormId } from '../domain/hand-over';
import type { ImportRecord } from '../ports/imports';
import type { ImportFiles } from './import-files';
import type { FailedRowsLink } from './import-result-card';
import { isKept } from './import-show';

/** Milliseconds in which a file is good for another attempt to show the same result. */
const goodFor = 60 * 60_000;

interface Deps {
  readonly files: Pick<ImportFiles, 'failedRows'>;
  readonly entropy: Entropy;
}

/** The file of rows that were not done, not written anew for each attempt while a chat is away: it may be large. */
export function createFailedRowsOnce({ files, entropy }: Deps) {
  const written = new Map<string, { readonly at: Date; readonly link: FailedRowsLink | null }>();

  return async (record: ImportRecord, now: Date): Promise<FailedRowsLink | null> => {
    for (const [id, { at }] of written) if (now.getTime() - at.getTime() > goodFor) written.delete(id);
    if (!isKept(record, now)) return null;
    const known = written.get(record.id);
    if (known) return known.link;
    const link = await files.failedRows(record, newFormId(entropy), now);
    written.set(record.id, { at: now, link });
    return link;
  };
}
