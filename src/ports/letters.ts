import type { LetterRecord, LetterState, RefusedBecause } from '../domain/letter';
import type { AuditEntry } from './audit';

/** The letter is not this attempt's any more: another process has it, or it was ended. Nothing was changed. */
export class LetterLost extends Error {
  override readonly name = 'LetterLost';
}

export interface LetterEnd {
  readonly state: Exclude<LetterState, 'queued'>;
  readonly refusedBecause?: RefusedBecause;
  readonly at: Date;
  /** None for a letter that something else has ended. */
  readonly audit: readonly AuditEntry[];
}

/** Whose letters: one that an operator waits for, or the many of imports, which must not keep it waiting. */
export type LetterQueue = 'operators' | 'imports';

/** How the letters of an import stand. Together they are all that are still known. */
export interface LettersOfImport {
  readonly waiting: number;
  /** Of those that wait: tried at least once. */
  readonly tried: number;
  readonly sent: number;
  readonly failed: number;
  /** Something else came first: a newer link, a sheet, or the user was deleted. */
  readonly ended: number;
  /** The first ten that failed. */
  readonly failures: readonly FailedLetter[];
}

export interface FailedLetter extends Pick<LetterRecord, 'shownEmail' | 'state' | 'refusedBecause'> {
  readonly userPrincipalName: string;
}

/**
 * Letters that wait to be sent, and what became of them. An attempt makes its hand-over through `Directory`, with
 * `Effect.letter`. A newer hand-over of the same user, an opened link and a deletion end a letter that is still queued.
 * Throws `StorageAway` when the database does not answer.
 */
export interface Letters {
  find(letterId: string): Promise<LetterRecord | null>;
  /**
   * Queues it once for each effect id and answers with the letter's id: the first one's for a form sent again. Another
   * letter that waits for the same user ends. `beside`: one with the user name, as `letterWithUserName` makes it; it
   * ends a former one of that kind.
   */
  queue(letter: LetterRecord, effectId: string, beside?: LetterRecord | null): Promise<string>;
  /** One that is due, counted as tried once more, and nobody else's until `leaseUntil`. Null when none is. */
  claimDue(queue: LetterQueue, now: Date, leaseUntil: Date): Promise<LetterRecord | null>;
  ofImport(importId: string): Promise<LettersOfImport>;
  /** This attempt failed for now. Does nothing when the letter is not this attempt's any more. */
  putOff(claimed: LetterRecord, dueAt: Date, now: Date): Promise<void>;
  /**
   * The result, with its audit entries; the address is erased, and the link too unless the letter was sent. Does nothing
   * when the letter is not this attempt's any more.
   */
  finish(claimed: LetterRecord, end: LetterEnd): Promise<void>;
}
