import type { Card } from '../../ports/card';
import type { Locale } from '../../ports/chat';

/** What the door needs of `words/`. */
export interface DoorWords {
  t(locale: Locale, key: string): string;
  section(locale: Locale, path: string): Readonly<Record<string, string>>;
}

export type RenderCard = (card: Card, locale: Locale) => object;
