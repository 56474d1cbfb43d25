import type { Card } from './card';
import type { CardAddress, Locale } from './chat';

/** `gone`: the message or its conversation is no more; trying again is no use. Any other failure is thrown. */
export type Delivery = 'delivered' | 'gone';

/** Speaks to a chat without having been asked, whichever door the conversation belongs to. */
export interface Messenger {
  /** Shows another card in the message at `address`. */
  update(address: CardAddress, card: Card, locale: Locale): Promise<Delivery>;
  /** A new message, in a channel a new post. The card has no inputs. */
  post(conversation: string, card: Card, locale: Locale): Promise<CardAddress | 'gone'>;
}

/** The chats that are on in this process. */
export interface Chats extends Messenger {
  /** Whether the chat that a conversation belongs to is one of them. */
  reaches(conversation: string): boolean;
}

/** What a failure to post may say beside that it failed. */
interface PostFailure {
  /** The chat asks to wait so many milliseconds. */
  readonly retryAfterMs: number | null;
  /** The card may stand in the chat all the same. */
  readonly mayHaveHappened: boolean;
}

/** Read from whatever was thrown. */
export function failureOf(error: unknown): PostFailure {
  const failure: { retryAfterMs?: unknown; mayHaveHappened?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  const { retryAfterMs, mayHaveHappened } = failure;
  return {
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null,
    mayHaveHappened: mayHaveHappened === true,
  };
}
