import { word, type Card, type CardData } from '../ports/card';
import type { ImportRecord } from '../ports/imports';
import type { FailedLetter, LettersOfImport } from '../ports/letters';
import type { Reply } from './feature';
import { fileNameOf, headOf } from './import-head';
import { shortened } from './shorten';

/** Milliseconds. */
const minute = 60_000;
const day = 24 * 60 * minute;

export interface LettersView {
  readonly letters: LettersOfImport;
  /** A mail server is configured. */
  readonly mails: boolean;
}

export function lettersSubject(importId: string): string {
  return `letters:${importId}`;
}

/** The card of an import's letters, in a message that changes by itself for as long as there is something to change. */
export function lettersReply(record: ImportRecord, view: LettersView, now: Date): Reply {
  const card = lettersCard(record, view);
  const dueAt = nextLook(view, now);
  const live = dueAt === null ? {} : { live: { subject: lettersSubject(record.id), card, dueAt } };
  return { audience: 'operator', card, ...live };
}

/** When the card has to be looked at again, should nobody tell before. */
export function nextLook({ letters }: LettersView, now: Date): Date | null {
  if (letters.waiting > 0) return new Date(now.getTime() + minute);
  return letters.failed > 0 ? new Date(now.getTime() + day) : null;
}

/** How many letters of an import wait, were sent and could not be sent, and how it goes on with the latter. */
export function lettersCard(record: ImportRecord, { letters, mails }: LettersView): Card {
  const { id, customerId, undo } = record;
  const { waiting, failed, failures } = letters;
  const frozen = { customerId: customerId ?? '', importId: id };
  const trouble = waiting > 0 && undo === null ? troubleOf(letters, mails) : [];
  const more = failed - failures.length;
  const data: CardData = {
    ...headOf(record),
    title: word('import-letters.title', { count: record.lettered }),
    fileName: fileNameOf(record),
    counts: countsOf(letters),
    trouble,
    failures: failures.map(failureOf),
    more: more > 0 ? [{ text: word('import-letters.more', { count: more }) }] : [],
    hint: failed > 0 && undo === null ? [{ text: word('import-letters.hint', { count: failed }) }] : [],
    itself: waiting > 0,
    refresh: frozen,
    onSheet: failed > 0 && undo === null ? [{ frozen: { ...frozen, scope: 'failed', below: true } }] : [],
    notWait: trouble.length > 0 ? [{ frozen: { ...frozen, scope: 'unsent', below: true } }] : [],
  };
  return { name: 'import-letters', data };
}

function countsOf({ waiting, sent, failed, ended }: LettersOfImport): CardData[] {
  const line = (name: string, count: number, color: string): CardData[] =>
    count > 0 ? [{ text: word(`import-letters.count.${name}`, { count }), color }] : [];
  return [
    ...line('sent', sent, 'Good'),
    ...line('waiting', waiting, 'Accent'),
    ...line('failed', failed, 'Attention'),
    ...line('ended', ended, 'Default'),
  ];
}

function troubleOf({ tried }: LettersOfImport, mails: boolean): CardData[] {
  if (!mails) return [{ text: word('import-letters.noServer') }];
  return tried > 0 ? [{ text: word('import-letters.trouble') }] : [];
}

function failureOf({ userPrincipalName, shownEmail, state, refusedBecause }: FailedLetter): CardData {
  const reason = state === 'refused' ? `refused-${refusedBecause ?? 'content'}` : state;
  return {
    userPrincipalName,
    email: shortened(shownEmail, 64),
    reason: word(`import-letters.reason.${reason}`),
  };
}
