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
  readonly customerId: string;
  readonly userId: string;
  /** The hand-over of the latest attempt; before the first the one it was asked for at, if any. */
  readonly handOverId: string | null;
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

type Wanted = Pick<LetterRecord, 'customerId' | 'userId' | 'handOverId' | 'operator' | 'language'>;

/** A letter to be tried at once. */
export function newLetter(wanted: Wanted, email: string, now: Date, entropy: Entropy): LetterRecord {
  return {
    ...wanted,
    id: newId(entropy, now),
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

const second = 1_000;
const minute = 60 * second;
const pauses = [10 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute] as const;
const lastPause = 60 * minute;
/** Milliseconds after which a letter that no server took is given up. */
const letterPatience = 24 * 60 * minute;

/** When a letter is tried again whose latest attempt was not taken; null: given up. */
export function nextAttempt(
  { attempts, queuedAt }: Pick<LetterRecord, 'attempts' | 'queuedAt'>,
  now: Date,
): Date | null {
  const next = new Date(now.getTime() + (pauses[attempts - 1] ?? lastPause));
  return next.getTime() > queuedAt.getTime() + letterPatience ? null : next;
}

/** It did not arrive and will not: nobody has its link. */
export function hasFailed({ state }: Pick<LetterRecord, 'state'>): boolean {
  return state === 'refused' || state === 'given-up' || state === 'not-allowed';
}
