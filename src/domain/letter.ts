import type { Entropy } from './entropy';
import { newId } from './id';
import { shortenedAddress } from './mail-address';

/**
 * `ended`: something else came first: its link was opened before the mail server confirmed, or a newer hand-over,
 * or the user was deleted.
 */
export type LetterState = 'queued' | 'sent' | 'refused' | 'given-up' | 'not-allowed' | 'ended';

/** What a mail server refused for good: the address it goes to, Rollcall as its sender, or the letter itself. */
export type RefusedBecause = 'recipient' | 'sender' | 'content';

/** A one-time link that goes by e-mail. The link stands nowhere in it: each attempt makes its own. */
export interface LetterRecord {
  readonly id: string;
  /** A link, or the name to sign in with, which may go to somebody else. */
  readonly says: 'link' | 'user-name';
  readonly customerId: string;
  readonly userId: string;
  /** The hand-over of the latest attempt; before the first the one it was asked for at, if any. */
  readonly handOverId: string | null;
  /** The import that asked for it; null for one that an operator asked for, and waits for. */
  readonly importId: string | null;
  /** In whose name it is sent. */
  readonly operator: string;
  readonly language: 'en' | 'fr';
  /** Erased as soon as the result is known. */
  readonly email: string | null;
  /** What people may still read of the address. */
  readonly shownEmail: string;
  readonly state: LetterState;
  readonly refusedBecause: RefusedBecause | null;
  readonly attempts: number;
  readonly queuedAt: Date;
  /** When it is tried next; while it is being tried, when another process may take it over. */
  readonly dueAt: Date;
  readonly endedAt: Date | null;
}

type Wanted = Pick<
  LetterRecord,
  'customerId' | 'userId' | 'handOverId' | 'importId' | 'operator' | 'language'
>;

/** A letter to be tried at once. */
export function newLetter(wanted: Wanted, email: string, now: Date, entropy: Entropy): LetterRecord {
  return {
    ...wanted,
    id: newId(entropy, now),
    says: 'link',
    email,
    shownEmail: shortenedAddress(email),
    state: 'queued',
    refusedBecause: null,
    attempts: 0,
    queuedAt: now,
    dueAt: now,
    endedAt: null,
  };
}

const ofUserName = '-name';

/** The letter beside that of a link, which tells the user name to whoever shall know it. */
export function letterWithUserName(link: LetterRecord, email: string): LetterRecord {
  const id = userNameLetterId(link.id);
  return { ...link, id, says: 'user-name', handOverId: null, email, shownEmail: shortenedAddress(email) };
}

export function userNameLetterId(linkLetterId: string): string {
  return `${linkLetterId}${ofUserName}`;
}

/** The letter on whose card it stands. */
export function linkLetterId(letterId: string): string {
  return letterId.endsWith(ofUserName) ? letterId.slice(0, -ofUserName.length) : letterId;
}

const second = 1_000;
const minute = 60 * second;
const pauses = [10 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute] as const;
const lastPause = 60 * minute;
/** Milliseconds after which a letter that no server took is given up. */
const letterPatience = 24 * 60 * minute;

type Tried = Pick<LetterRecord, 'attempts' | 'queuedAt' | 'importId'>;

/**
 * When a letter is tried again whose latest attempt was not taken; null: given up. `troubles`: so many letters of
 * imports in a row were not taken.
 */
export function nextAttempt(letter: Tried, now: Date, troubles = 0): Date | null {
  const next = new Date(now.getTime() + (pauses[letter.attempts - 1] ?? lastPause));
  const isLast = letter.importId === null ? isLate(letter, next) : isHopeless(letter, next, troubles);
  return isLast ? null : next;
}

const rests = [10 * second, 30 * second, minute, 2 * minute] as const;
const lastRest = 5 * minute;
/** Of troubles in a row: no passing one any more. */
const outage = rests.length;

/** An import's letter may have waited a day for its turn alone: it is given up only while the server takes none at all. */
export function isHopeless(letter: Tried, now: Date, troubles: number): boolean {
  return letter.importId !== null && troubles >= outage && isLate(letter, now);
}

function isLate({ queuedAt }: Tried, now: Date): boolean {
  return now.getTime() > queuedAt.getTime() + letterPatience;
}

/** Milliseconds for which imports send nothing after so many of their letters in a row that no server took. */
export function restAfter(troubles: number): number {
  return troubles === 0 ? 0 : (rests[troubles - 1] ?? lastRest);
}

/** They did not arrive and will not: nobody has their link. */
export const failedLetters: readonly LetterState[] = ['refused', 'given-up', 'not-allowed'];

export function hasFailed({ state }: Pick<LetterRecord, 'state'>): boolean {
  return failedLetters.includes(state);
}
