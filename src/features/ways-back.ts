import type { CardData } from '../ports/card';

/** What leads back from users: to the one, or to the list of all. */
export function waysBack(users: readonly { readonly id: string }[], customerId: string): CardData {
  const [only, second] = users;
  if (only && !second) return { user: [{ frozen: { customerId, userIds: only.id } }], list: [] };
  return { user: [], list: [{ frozen: { customerId } }] };
}
