import { searchPrefixes, searchTokens } from '../domain/search-text';
import { word, type CardData } from '../ports/card';
import { languages } from '../ports/chat';

/** The language in which somebody else is written to. */
export const languageChoices: readonly CardData[] = languages.map((one) => ({
  title: word(`hand-over-mail.languages.${one}`),
  value: one,
}));

/** The most entries a choice list shows; beyond that it is searched inside the card. */
export const choiceLimit = 60;

/** The most characters its entries may have together: a card has to fit into a message of the chat. */
const choiceSpace = 4_500;

/** How many entries a list may show, and how many characters they may have together. */
interface Room {
  readonly entries: number;
  readonly characters: number;
}

/**
 * Cuts a long choice list to what fits: what is chosen stays, then what matches `find`, in the order given.
 * `more` tells that there are others to search for.
 */
export function limitChoices<T>(
  all: readonly T[],
  {
    text,
    chosen,
    find,
    room = { entries: choiceLimit, characters: choiceSpace },
  }: { text: (choice: T) => string; chosen: (choice: T) => boolean; find: string; room?: Room },
): { readonly shown: readonly T[]; readonly more: boolean } {
  if (all.every(roomFor(text, room))) return { shown: all, more: false };
  const prefixes = searchPrefixes(find);
  const matches = (choice: T): boolean => {
    const tokens = searchTokens(text(choice));
    return prefixes.every((prefix) => tokens.some((token) => token.startsWith(prefix)));
  };
  const kept = all.filter(chosen);
  const others = all.filter((choice) => !chosen(choice) && matches(choice));
  const fits = roomFor(text, room);
  kept.forEach(fits);
  return { shown: [...kept, ...others.filter(fits)], more: true };
}

/** Asked of one choice after the other: is there room for it beside those before it? */
function roomFor<T>(text: (choice: T) => string, room: Room): (choice: T) => boolean {
  let [entries, characters] = [0, 0];
  return (choice) => {
    entries += 1;
    characters += text(choice).length;
    return entries <= room.entries && characters <= room.characters;
  };
}

const wordJoiner = '\u2060';

/**
 * People's data in the title of a choice, where a chat may read Markdown: an invisible mark keeps links, tags and
 * addresses of the web from being taken for such. Looks as before.
 */
export function choiceTitle(text: string): string {
  return text.replace(/\](?=[([:])|<(?=[a-z/!?])|:(?=\/\/)|\bwww(?=\.)/gi, `$&${wordJoiner}`);
}
