import { searchPrefixes, searchTokens } from '../domain/search-text';

/** The most entries a choice list shows; beyond that it is searched inside the card. */
export const choiceLimit = 60;

/**
 * Cuts a long choice list to what fits: what is chosen stays, then what matches `find`, in the order given.
 * `more` tells that there are others to search for.
 */
export function limitChoices<T>(
  all: readonly T[],
  { text, chosen, find }: { text: (choice: T) => string; chosen: (choice: T) => boolean; find: string },
): { readonly shown: readonly T[]; readonly more: boolean } {
  if (all.length <= choiceLimit) return { shown: all, more: false };
  const prefixes = searchPrefixes(find);
  const matches = (choice: T): boolean => {
    const tokens = searchTokens(text(choice));
    return prefixes.every((prefix) => tokens.some((token) => token.startsWith(prefix)));
  };
  const kept = all.filter(chosen);
  const others = all.filter((choice) => !chosen(choice) && matches(choice));
  return { shown: [...kept, ...others.slice(0, Math.max(0, choiceLimit - kept.length))], more: true };
}
