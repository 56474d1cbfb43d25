/**
 * What a card shows, free of language and of chat. Text that a person reads is a `Word` (a key in `locales/`);
 * data from people is a plain string; an instant is a `Date`. The words are put in where the card is rendered.
 */
export type CardValue = string | number | boolean | null | Date | Word | readonly CardValue[] | CardData;

export interface CardData {
  readonly [name: string]: CardValue | undefined;
}

/** A key in `locales/`, with what stands in its placeholders; `count` chooses the plural. */
export interface Word {
  readonly $word: string;
  readonly with?: Readonly<Record<string, string | number | Date | Word>>;
}

export function word(key: string, params?: Word['with']): Word {
  return params ? { $word: key, with: params } : { $word: key };
}

/** A template of `cards/` by its file name, with the data it shows. */
export interface Card {
  readonly name: string;
  readonly data: CardData;
  /** The step that shows it once more: for chats in which a form opens only where somebody has pressed something. */
  readonly again?: { readonly verb: string; readonly frozen: object };
}
