import { isWithin } from '../domain/operator';
import { searchPrefixes, searchTokens, sortKey } from '../domain/search-text';
import { type CardData } from '../ports/card';
import type { ListedOperator, Operator } from '../ports/operators';

const operatorsOnPage = 8;

interface Ranked {
  readonly operator: ListedOperator;
  /** Its place in the list: a page begins behind or ends in front of one. */
  readonly rank: string;
}

export interface OperatorsPage {
  readonly items: readonly ListedOperator[];
  readonly previous: string | null;
  readonly next: string | null;
  /** There is more than one page of them without a search. */
  readonly many: boolean;
}

/** By name, those with a word of their name or id that starts as each word of `text` does. */
export function operatorsPage(
  all: readonly ListedOperator[],
  names: ReadonlyMap<string, string>,
  { text, after, before }: { text: string; after?: string | undefined; before?: string | undefined },
): OperatorsPage {
  const prefixes = searchPrefixes(text);
  const matches = ({ id }: ListedOperator): boolean => {
    if (prefixes.length === 0) return true;
    const tokens = searchTokens(names.get(id) ?? id, id);
    return prefixes.every((prefix) => tokens.some((token) => token.startsWith(prefix)));
  };
  const ranked = all
    .filter(matches)
    .map((operator) => ({
      operator,
      rank: `${sortKey(names.get(operator.id) ?? operator.id)}\n${operator.id}`,
    }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const from = start(ranked, { after, before });
  const shown = ranked.slice(from, from + operatorsOnPage);
  return {
    items: shown.map(({ operator }) => operator),
    previous: from > 0 ? (shown[0]?.rank ?? null) : null,
    next: from + operatorsOnPage < ranked.length ? (shown.at(-1)?.rank ?? null) : null,
    many: all.length > operatorsOnPage,
  };
}

function start(
  ranked: readonly Ranked[],
  { after, before }: { after?: string | undefined; before?: string | undefined },
): number {
  if (after !== undefined) {
    const from = ranked.findIndex(({ rank }) => rank > after);
    return from === -1 ? Math.max(0, ranked.length - operatorsOnPage) : from;
  }
  if (before === undefined) return 0;
  const end = ranked.findIndex(({ rank }) => rank >= before);
  return Math.max(0, (end === -1 ? ranked.length : end) - operatorsOnPage);
}

/** What the list offers for an operator: nobody may change or remove somebody who may do more. */
export function offersFor(
  listed: ListedOperator,
  person: string,
  reader: Operator,
  fallsBackToAll: boolean,
): CardData {
  const { id: operator, customers, stored } = listed;
  const within = isWithin(customers, reader.customers);
  const removable = within && stored && (!fallsBackToAll || reader.customers === 'all');
  return {
    change: within ? [{ person, frozen: { step: 'change', operator } }] : [],
    remove: removable ? [{ person, frozen: { step: 'remove', operator } }] : [],
  };
}
