import { handOverState } from '../domain/hand-over';
import type { HandOvers } from '../ports/hand-overs';
import type { ImportRecord, Imports } from '../ports/imports';
import type { Letters } from '../ports/letters';
import type { LiveCard, LiveCards } from '../ports/live-cards';
import { lettersCard, nextLook } from './import-letters-card';
import { progressCard } from './import-progress-card';
import { resultCard } from './import-result-card';
import { undoneCard } from './import-undo-cards';
import type { LookAgain } from './live-cards';

interface Deps {
  readonly liveCards: Pick<LiveCards, 'ofSubject'>;
  readonly imports: Pick<Imports, 'find'>;
  readonly handOvers: Pick<HandOvers, 'find'>;
  readonly publicUrl: string;
}

interface LettersDeps extends Pick<Deps, 'imports'> {
  readonly letters: Pick<Letters, 'ofImport'>;
  /** A mail server is configured. */
  readonly mails: boolean;
}

const minute = 60_000;

/** The card of an import that runs: its worker changes it, and this does where the worker has stopped for a while. */
export function lookAtImports({ imports, liveCards, handOvers, publicUrl }: Deps): LookAgain {
  /** Of an import that has ended without this card: its link is on another, or nobody has it. */
  const result = async (record: ImportRecord, { subject, address }: LiveCard, now: Date) => {
    const standing = await liveCards.ofSubject(subject);
    const isStill = standing.some(
      ({ address: { conversation, message } }) =>
        conversation === address.conversation && message === address.message,
    );
    if (!isStill) return null;
    const handOver = record.handOverId === null ? null : await handOvers.find(record.handOverId);
    return resultCard(record, { now, publicUrl, handOver, token: null, failedRows: null, notice: [] });
  };

  return async (live, now) => {
    const { subject } = live;
    const record = await imports.find(subject.slice(subject.indexOf(':') + 1));
    if (!record) return { card: null, dueAt: null };
    const dueAt = new Date(now.getTime() + minute);
    if (record.undo)
      return { card: undoneCard(record, record.undo), dueAt: record.undo.finished ? null : dueAt };
    if (record.issue && !record.issue.finished) return { card: null, dueAt };
    if (record.state !== 'running') return { card: await result(record, live, now), dueAt: null };
    // From here on it is only the result that may stand there next, with a link that nobody else knows.
    if (record.phase !== 'rows') return { card: null, dueAt };
    return { card: progressCard(record, now), dueAt };
  };
}

/** The card of an import's letters counts them anew. */
export function lookAtLetters({ imports, letters, mails }: LettersDeps): LookAgain {
  return async ({ subject }, now) => {
    const importId = subject.slice(subject.indexOf(':') + 1);
    const record = await imports.find(importId);
    if (!record) return { card: null, dueAt: null };
    const view = { letters: await letters.ofImport(importId), mails };
    return { card: lettersCard(record, view), dueAt: nextLook(view, now) };
  };
}

/** The result of an import shows when the link to its passwords was opened, ran out or was replaced. */
export function lookAtResults({ imports, handOvers, publicUrl }: Omit<Deps, 'liveCards'>): LookAgain {
  return async ({ card: { data } }, now) => {
    const record = typeof data.importId === 'string' ? await imports.find(data.importId) : null;
    const handOver = record?.handOverId ? await handOvers.find(record.handOverId) : null;
    if (!record || !handOver) return { card: null, dueAt: null };
    const isWaiting = handOverState(handOver, now) === 'waiting';
    // It may hold the link, which nobody else knows; unless the link is that of a sheet before.
    const isLatest = data.sheetId === undefined || data.sheetId === handOver.id;
    if (isWaiting && isLatest) return { card: null, dueAt: handOver.expiresAt };
    if (record.undo) return { card: undoneCard(record, record.undo), dueAt: null };
    const view = { now, publicUrl, handOver, token: null, failedRows: null, notice: [] };
    return { card: resultCard(record, view), dueAt: isWaiting ? handOver.expiresAt : null };
  };
}
