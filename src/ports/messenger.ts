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
