import type { Card } from '../../ports/card';
import type { Locale } from '../../ports/chat';
import type { Again } from '../cards';

/** What the door needs of `words/`. */
export interface DoorWords {
  t(locale: Locale, key: string): string;
  section(locale: Locale, path: string): Readonly<Record<string, string>>;
}

/** What a button carries that shows a card once more; null where no step does. */
export type AgainOf = (card: Card) => Again | null;

export type RenderCard = (card: Card, locale: Locale) => object;
