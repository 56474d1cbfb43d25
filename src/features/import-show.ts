import type { Entropy } from '../domain/entropy';
import { handOverState, newFormId } from '../domain/hand-over';
import { word } from '../ports/card';
import type { HandOvers } from '../ports/hand-overs';
import { rowsKept, type ImportRecord } from '../ports/imports';
import type { Reply } from './feature';
import { checkedCard } from './import-checked-card';
import { goneCard } from './import-denied';
import type { ImportFiles } from './import-files';
import { issuingCard } from './import-issue-cards';
import { progressCard } from './import-progress-card';
import { resultCard, type ResultView } from './import-result-card';
import { undoneCard } from './import-undo-cards';

/** Milliseconds until a card is looked at that its worker has stopped to change. */
const lookAfter = 60_000;

export interface ShowDeps {
  readonly handOvers: Pick<HandOvers, 'find'>;
  readonly files: ImportFiles;
  readonly entropy: Entropy;
  readonly publicUrl: string;
}

/** What the reader of a card knows already, besides the record. */
export interface Known {
  /** Of the link to the sheet of passwords. */
  readonly token?: string | undefined;
  /** The form of a file of failed rows; `new` makes one. */
  readonly file?: string | undefined;
  /** The form of the dry run that is drawn again, and what was typed into it. */
  readonly form?: string | undefined;
  readonly values?: Readonly<Record<string, string>>;
  readonly notice?: ResultView['notice'];
}

export function importSubject(importId: string): string {
  return `import:${importId}`;
}

export function resultSubject(importId: string): string {
  return `result:${importId}`;
}

/** Shows an import as it stands: its dry run, its progress, its result, new passwords, its undo. */
export function createShowImport({ handOvers, files, entropy, publicUrl }: ShowDeps) {
  const checked = async (record: ImportRecord, now: Date, { form, values = {} }: Known): Promise<Reply> => {
    if (!isKept(record, now)) return { audience: 'operator', card: goneCard(record.customerId ?? '') };
    const own = form ?? newFormId(entropy);
    const reportUrl = form ? files.reportLink(record, form) : await files.report(record, own, now);
    const card = checkedCard(record, { form: own, values, faults: [], reportUrl });
    return { audience: 'operator', card };
  };

  const running = (record: ImportRecord, now: Date, isSame: boolean): Reply => {
    const card = progressCard(record, now, isSame ? [word('import-running.same')] : []);
    const dueAt = new Date(now.getTime() + lookAfter);
    return { audience: 'operator', card, live: { subject: importSubject(record.id), card, dueAt } };
  };

  const ended = async (
    record: ImportRecord,
    now: Date,
    { token, file, notice = [] }: Known,
  ): Promise<Reply> => {
    const handOver = record.handOverId === null ? null : await handOvers.find(record.handOverId);
    const own = file === 'new' && isKept(record, now) ? newFormId(entropy) : undefined;
    const failedRows = own
      ? await files.failedRows(record, own, now)
      : file === undefined || file === 'new'
        ? null
        : files.failedRowsLink(file);
    const view = { now, publicUrl, handOver, token: token ?? null, failedRows, notice };
    const card = resultCard(record, view);
    if (!handOver || handOverState(handOver, now) !== 'waiting') return { audience: 'operator', card };
    const live = {
      subject: resultSubject(record.id),
      card: resultCard(record, { ...view, token: null, failedRows: null }),
      dueAt: now,
    };
    return { audience: 'operator', card, live };
  };

  const issuing = (
    record: ImportRecord,
    issue: NonNullable<ImportRecord['issue']>,
    now: Date,
    notice: Known['notice'],
  ): Reply => {
    const card = issuingCard(record, issue, notice);
    const dueAt = new Date(now.getTime() + lookAfter);
    return { audience: 'operator', card, live: { subject: importSubject(record.id), card, dueAt } };
  };

  const undone = (record: ImportRecord, undo: NonNullable<ImportRecord['undo']>, now: Date): Reply => {
    const card = undoneCard(record, undo);
    if (undo.finished) return { audience: 'operator', card };
    const dueAt = new Date(now.getTime() + lookAfter);
    return { audience: 'operator', card, live: { subject: importSubject(record.id), card, dueAt } };
  };

  return {
    async now(record: ImportRecord, now: Date, known: Known = {}): Promise<Reply> {
      if (record.undo) return undone(record, record.undo, now);
      if (record.state === 'checked') return checked(record, now, known);
      if (record.state === 'running') return running(record, now, false);
      if (record.issue && !record.issue.finished) return issuing(record, record.issue, now, known.notice);
      return ended(record, now, known);
    },

    /** The progress of another import of the very same file. */
    same: (record: ImportRecord, now: Date): Reply => running(record, now, true),
  };
}

export type ShowImport = ReturnType<typeof createShowImport>;

/** Its rows are there still. */
export function isKept({ checkedAt }: ImportRecord, now: Date): boolean {
  return now.getTime() - checkedAt.getTime() < rowsKept;
}
