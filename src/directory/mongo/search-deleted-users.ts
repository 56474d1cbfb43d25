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
  const from = readPlace(before ?? after);
  const direction = from && before !== undefined ? 'before' : 'after';
  const prefixes = searchPrefixes(text).map(startsWith);
  const restorable = { customerId, state: 'deleted', restoreBy: { $gte: now } } as const;
  const conditions = [restorable, ...prefixes, ...(from ? beyondPlace(from, direction) : [])];
  const order = direction === 'after' ? 1 : -1;
  const rows = await users
    .find({ $and: conditions }, { searchTokens: 0, password: 0 })
    .sort({ restoreBy: order, _id: order })
    .limit(limit + 1)
    .lean();
  if (rows.length === 0 && from) {
    return searchDeletedUsers(users, { ...query, after: undefined, before: undefined });
  }
  const found = await users.countDocuments({ $and: [restorable, ...prefixes] }, { limit: mostCounted + 1 });
  const sorted = rows.map((row) => ({ ...row, sortKey: deadlineKey(row) }));
  return { ...toPage(sorted, { limit, from, direction }, toDeletedUser), found };
}

type Place = { readonly _id: string; readonly sortKey: string };

function readPlace(key: string | undefined): Place | null {
  const place = readPageKey(key);
  return place && !Number.isNaN(Date.parse(place.sortKey)) ? place : null;
}

function deadlineKey({ restoreBy }: { readonly restoreBy?: Date | null }): string {
  return restoreBy?.toISOString() ?? '';
}

/** The first condition bounds what is read of the index, the second decides. */
function beyondPlace({ sortKey, _id }: Place, direction: 'after' | 'before') {
  const restoreBy = new Date(sortKey);
  return direction === 'after'
    ? [
        { restoreBy: { $gte: restoreBy } },
        { $or: [{ restoreBy: { $gt: restoreBy } }, { restoreBy, _id: { $gt: _id } }] },
      ]
    : [
        { restoreBy: { $lte: restoreBy } },
        { $or: [{ restoreBy: { $lt: restoreBy } }, { restoreBy, _id: { $lt: _id } }] },
      ];
}
