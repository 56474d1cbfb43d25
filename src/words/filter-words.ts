import { sortKey } from '../domain/search-text';
import { userFilters, type UserFilter } from '../domain/user';
import { languages } from '../ports/chat';
import type { Words } from './words';

/** The filter that a word names in any of the languages, without regard to accents and case, or null. */
export function createFilterWords({ t }: Pick<Words, 't'>): (word: string) => UserFilter | null {
  const spelled = (filter: UserFilter) =>
    languages.flatMap((language) =>
      t({ language, timeZone: 'UTC' }, `users.filterWords.${filter}`).split(','),
    );
  const filters = new Map(
    userFilters.flatMap((filter) => [filter, ...spelled(filter)].map((word) => [sortKey(word), filter])),
  );
  return (word) => filters.get(sortKey(word)) ?? null;
}
