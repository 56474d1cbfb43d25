import { searchPrefixes } from '../../domain/search-text';
import type { DeletedUser } from '../../domain/user';
import type { DeletedUserQuery } from '../../ports/directory';
import { mostCounted, type CountedPage } from '../../ports/page';
import type { Accounts } from './accounts';
import { startsWith } from './customers';
import { readPageKey, toPage } from './pages';
import { toDeletedUser } from './users';

/** Sorted by deadline, paged by key. A page that has emptied meanwhile gives way to the first one. */
export async function searchDeletedUsers(
  users: Accounts['users'],
  query: DeletedUserQuery,
): Promise<CountedPage<DeletedUser>> {
  const { customerId, text, now, after, before, limit } = query;
  const from = readPlace(before ?? after, now);
  const direction = from && before !== undefined ? 'before' : 'after';
  const prefixes = searchPrefixes(text).map(startsWith);
  const ofCustomer = { customerId, state: 'deleted' } as const;
  const shown = from ? beyondPlace(from, direction, now) : [{ restoreBy: { $gte: now } }];
  const wanted = { $or: shown.map((range) => ({ ...ofCustomer, ...range })) };
  const order = direction === 'after' ? 1 : -1;
  const all = { $and: [{ ...ofCustomer, restoreBy: { $gte: now } }, ...prefixes] };
  const [rows, found] = await Promise.all([
    users
      .find({ $and: [wanted, ...prefixes] }, { searchTokens: 0, password: 0 })
      .sort({ restoreBy: order, _id: order })
      .limit(limit + 1)
      .lean(),
    users.countDocuments(all, { limit: mostCounted + 1 }),
  ]);
  if (rows.length === 0 && from) {
    return searchDeletedUsers(users, { ...query, after: undefined, before: undefined });
  }
  const sorted = rows.map((row) => ({ ...row, sortKey: deadlineKey(row) }));
  return { ...toPage(sorted, { limit, from, direction }, toDeletedUser), found };
}

type Place = { readonly _id: string; readonly sortKey: string };

/** Nobody who can be restored is in front of a place that has passed: the list begins anew. */
function readPlace(key: string | undefined, now: Date): Place | null {
  const place = readPageKey(key);
  return place && Date.parse(place.sortKey) >= now.getTime() ? place : null;
}

function deadlineKey({ restoreBy }: { readonly restoreBy?: Date | null }): string {
  return restoreBy?.toISOString() ?? '';
}

/** Two ranges of the index: many may share a deadline, and those before the place among them are not read. */
function beyondPlace({ sortKey, _id }: Place, direction: 'after' | 'before', now: Date) {
  const restoreBy = new Date(sortKey);
  return direction === 'after'
    ? [{ restoreBy: { $gt: restoreBy } }, { restoreBy, _id: { $gt: _id } }]
    : [{ restoreBy: { $gte: now, $lt: restoreBy } }, { restoreBy, _id: { $lt: _id } }];
}
