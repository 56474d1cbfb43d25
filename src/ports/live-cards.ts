import type { Card } from './card';
import type { CardAddress, Locale } from './chat';

/** A message that changes by itself when its subject does. Its card holds no secret. */
export interface LiveCard {
  readonly subject: string;
  readonly address: CardAddress;
  readonly locale: Locale;
  readonly card: Card;
  /** The state of the subject that the message shows. */
  readonly shown: string;
}

export interface LiveCards {
  /** One live card for each address: a message that shows something else now is no longer its former subject. */
  remember(card: LiveCard): Promise<void>;
  forget(address: CardAddress): Promise<void>;
  of(subject: string): Promise<readonly LiveCard[]>;
}
