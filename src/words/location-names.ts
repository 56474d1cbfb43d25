import { locations } from '../domain/location';
import type { Language, Locale } from '../ports/chat';

/** A country or territory: its ISO 3166-1 alpha-2 code and its name in the reader's language. */
export interface LocationName {
  readonly code: string;
  readonly name: string;
}

/** The names are looked up and put in order once for each language. */
export function createLocationNames(): (locale: Locale) => readonly LocationName[] {
  const lists = new Map<Language, readonly LocationName[]>();

  return ({ language }) => {
    const known = lists.get(language);
    if (known) return known;
    const list = nameAll(language);
    lists.set(language, list);
    return list;
  };
}

function nameAll(language: Language): readonly LocationName[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const { compare } = new Intl.Collator(language);
  return locations
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .sort((one, other) => compare(one.name, other.name));
}
