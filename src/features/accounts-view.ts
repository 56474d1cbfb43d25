import type { ActiveUser } from '../domain/user';
import { word, type CardData } from '../ports/card';

/** The most users a card names; a row or a sheet may hold any number, and a card has no room for all. */
const mostNamed = 10;

/** Names users on a card, and says how many others there are. */
export function accountsOf(users: readonly ActiveUser[]): CardData {
  const others = users.length - mostNamed;
  return {
    accounts: users
      .slice(0, mostNamed)
      .map(({ displayName, userPrincipalName }) => ({ displayName, userPrincipalName })),
    more: others > 0 ? [{ text: word('hand-over.more', { count: others }) }] : [],
  };
}
