import { handOverState, type HandOverRecord, type HandOverState } from '../domain/hand-over';
import { word, type Card, type CardData, type Word } from '../ports/card';
import { rowsKept, undoWindow, type ImportRecord } from '../ports/imports';
import { changedData, notDone } from './import-changes';
import { fileNameOf, headOf } from './import-head';
import { leftOutData } from './import-issue-cards';

/** What the card with the result shows beside the record of the import. */
export interface ResultView {
  readonly now: Date;
  readonly publicUrl: string;
  /** The sheet of passwords, where there is one. */
  readonly handOver: HandOverRecord | null;
  /** The token of its link, where the reader may still see it. */
  readonly token: string | null;
  /** The file of failed rows, where it was made. */
  readonly failedRows: FailedRowsLink | null;
  /** What is to be said besides. */
  readonly notice: readonly Word[];
}

export interface FailedRowsLink {
  readonly url: string;
  /** Good for this file alone, to find it again. */
  readonly form: string;
  /** How many rows are in the file: not all of very many. Null where that was said before. */
  readonly rows: number | null;
}

const colors: Record<HandOverState, string> = {
  waiting: 'Accent',
  opened: 'Good',
  expired: 'Warning',
  replaced: 'Default',
};

/** Until when an import can be undone; null where there is nothing to undo. */
export function undoUntil({ content, created, finishedAt, undo }: ImportRecord): Date | null {
  if (content !== 'users' || created === 0 || finishedAt === null || undo !== null) return null;
  return new Date(finishedAt.getTime() + undoWindow);
}

/** What came of an import: how many, the sheet of passwords, the rows that failed, and a way back. */
export function resultCard(record: ImportRecord, view: ResultView): Card {
  const { content, state, created } = record;
  const ended = state === 'done' || state === 'cancelled' ? state : 'failed';
  const until = undoUntil(record);
  const { handOver, notice } = view;
  const mayIssue = content === 'users' && (handOver !== null || created > record.lettered);
  const undo = until !== null && view.now.getTime() < until.getTime() ? until : null;
  const frozen = frozenOf(record, view);
  const data: CardData = {
    ...headOf(record),
    title: word(`import-result.title.${ended}.${content === 'users' ? 'users' : 'licenses'}`, {
      count: created,
    }),
    fileName: fileNameOf(record),
    importId: record.id,
    sheetId: handOver?.id ?? '',
    notice: notice.map((text) => ({ text })),
    early: ended === 'done' ? [] : [{ text: word(`import-result.early.${ended}`) }],
    counts: countsOf(record),
    sheet: sheetData(record, view, frozen),
    changed: changedData(record),
    failedRows: notDone(record) > 0 ? failedData(record, view, frozen) : [],
    undoUntil: undo ? [{ text: word('import-result.undoUntil', { at: undo }) }] : [],
    undo: undo ? [{ frozen }] : [],
    users: { customerId: record.customerId ?? '' },
    issueAgain: mayIssue ? [{ frozen: { ...frozen, scope: 'everyone' } }] : [],
    letters: record.lettered > 0 ? [{ frozen: lettersFrozen(record) }] : [],
  };
  return { name: 'import-result', data };
}

/** What leads back to this card as it is, links and all. */
function frozenOf({ id, customerId }: ImportRecord, { token, failedRows }: ResultView): CardData {
  return {
    customerId: customerId ?? '',
    importId: id,
    ...(token === null ? {} : { token }),
    ...(failedRows === null ? {} : { file: failedRows.form }),
  };
}

/** They stand below, so that the link stays in sight. */
function lettersFrozen({ id, customerId }: ImportRecord): CardData {
  return { customerId: customerId ?? '', importId: id, below: true };
}

function countsOf({ content, created, skipped, failed, lettered }: ImportRecord): CardData[] {
  const kind = content === 'users' ? 'users' : 'licenses';
  const line = (name: string, count: number, color: string): CardData[] =>
    count > 0 ? [{ text: word(name, { count }), color }] : [];
  return [
    {
      text: word(`import-result.created.${kind}`, { count: created }),
      color: created > 0 ? 'Good' : 'Default',
    },
    ...line('import-result.lettered', lettered, 'Accent'),
    ...line(`import-result.skipped.${kind}`, skipped, 'Default'),
    ...line('import-result.failed', failed, 'Attention'),
  ];
}

function sheetData(
  { created, lettered, content, issue }: ImportRecord,
  { handOver, token, publicUrl, now }: ResultView,
  frozen: CardData,
): CardData[] {
  if (!handOver) {
    if (content !== 'users' || created === lettered) return [];
    const state = word('import-result.noSheet');
    return [{ state, color: 'Warning', link: [], lost: [], left: issuedData(issue), refresh: [] }];
  }
  const state = handOverState(handOver, now);
  const at = {
    opened: handOver.openedAt,
    waiting: handOver.expiresAt,
    expired: handOver.expiresAt,
    replaced: null,
  }[state];
  const shown = state === 'waiting' && token !== null;
  const { accounts = created } = handOver.sheet ?? {};
  return [
    {
      state: word(`hand-over.state.${state}`, at ? { at } : {}),
      color: colors[state],
      link: shown
        ? [{ url: `${publicUrl}/s/${token}`, text: word('import-result.link', { count: accounts }) }]
        : [],
      lost: shown ? [] : [{ text: word(`import-result.lost.${state === 'opened' ? 'opened' : 'unseen'}`) }],
      left: issuedData(issue),
      refresh: state === 'waiting' ? [{ frozen }] : [],
    },
  ];
}

/** What came of the latest Issue again. */
function issuedData(issue: ImportRecord['issue']): CardData[] {
  if (!issue) return [];
  const left = leftOutData(issue);
  const none = left.length > 0 ? 'nobodyIssued' : 'notIssued';
  const made =
    issue.issued > 0
      ? word('import-result.issued', { count: issue.issued, at: issue.at })
      : word(`import-result.${none}`);
  return [{ text: made }, ...left];
}

function failedData(record: ImportRecord, { failedRows, now }: ResultView, frozen: CardData): CardData[] {
  const count = notDone(record);
  const rows = failedRows?.rows ?? count;
  if (!failedRows && now.getTime() - record.checkedAt.getTime() >= rowsKept)
    return [{ text: word('import-result.failedGone'), cut: [], open: [], make: [] }];
  return [
    {
      text: word(`import-result.failedHint.${record.changed.skipped > 0 ? 'changed' : 'failed'}`, { count }),
      cut: rows < count ? [{ text: word('import-result.failedCut', { count: rows }) }] : [],
      open: failedRows ? [{ url: failedRows.url }] : [],
      make: failedRows ? [] : [{ frozen: { ...frozen, file: 'new' } }],
    },
  ];
}
