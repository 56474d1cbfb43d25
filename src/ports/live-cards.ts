import type { Card } from './card';
import type { CardAddress, Locale } from './chat';

/** A message that changes by itself when its subject does. Its card holds no secret. */
export interface LiveCard {
  readonly subject: string;
  readonly address: CardAddress;
  readonly locale: Locale;
  readonly card: Card;
  /** When the message has to be looked at again. A change of the subject moves it to the moment of the change. */
  readonly dueAt: Date;
}

/** One that is being looked at by a process. */
export interface ClaimedCard extends LiveCard {
  /** How often in a row the chat did not take it. */
  readonly failures: number;
}

export interface LiveCards {
  /** One live card for each address: a message that shows something else now is no longer its former subject. */
  remember(card: LiveCard): Promise<void>;
  forget(address: CardAddress): Promise<void>;
  ofSubject(subject: string): Promise<readonly LiveCard[]>;
  /** Has the messages of a subject looked at from this instant on. */
  wake(subject: string, now: Date): Promise<void>;
  /**
   * One that is due, put off until `leaseUntil` (its `dueAt` from now on), so that no other process takes it
   * meanwhile. Null when none is.
   */
  claimDue(now: Date, leaseUntil: Date): Promise<ClaimedCard | null>;
  /**
   * Ends a claim: the card is looked at again at `dueAt`, or never for null. Does nothing when the message or its
   * subject has changed since the claim.
   */
  settle(claimed: LiveCard, dueAt: Date | null): Promise<void>;
  /** Ends a claim after a failure; otherwise as `settle`. */
  putOff(claimed: LiveCard, retryAt: Date): Promise<void>;
}
