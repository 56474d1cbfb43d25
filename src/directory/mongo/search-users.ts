import { searchPrefixes } from '../../domain/search-text';
import type { ActiveUser, UserFilter } from '../../domain/user';
import type { UserQuery } from '../../ports/directory';
import { mostCounted, type CountedPage } from '../../ports/page';
import type { Accounts } from './accounts';
import { startsWith } from './customers';
import { beyond, readPageKey, toPage } from './pages';
import { toUser } from './users';

/** As the partial indexes say it: in other words they would not be used. */
const filters = {
  unlicensed: { licenses: { $eq: [] as string[] } },
  blocked: { accountEnabled: false },
  admins: { 'roles.0': { $exists: true } },
} satisfies Record<UserFilter, object>;

function matching({ customerId, text, filter }: Pick<UserQuery, 'customerId' | 'text' | 'filter'>) {
  const prefixes = searchPrefixes(text).map(startsWith);
  return {
    customerId,
    state: 'active' as const,
    ...(filter ? filters[filter] : {}),
    ...(prefixes.length > 0 ? { $and: prefixes } : {}),
  };
}

/** Sorted by display name, paged by key. */
export async function searchUsers(
  users: Accounts['users'],
  query: UserQuery,
): Promise<CountedPage<ActiveUser>> {
  const { after, before, limit } = query;
  const from = readPageKey(before ?? after);
  const direction = from && before !== undefined ? 'before' : 'after';
  const order = direction === 'after' ? 1 : -1;
  const sought = matching(query);
  const [rows, found] = await Promise.all([
    users
      .find(from ? { ...sought, ...beyond(from, direction) } : sought, { searchTokens: 0, password: 0 })
      .sort({ sortKey: order, _id: order })
      .limit(limit + 1)
      .lean(),
    users.countDocuments(sought, { limit: mostCounted + 1 }),
  ]);
  // Whoever stood there is gone: better the first page than an empty one that leads nowhere.
  if (rows.length === 0 && from && found > 0)
    return searchUsers(users, { ...query, after: undefined, before: undefined });
  return { ...toPage(rows, { limit, from, direction }, toUser), found };
}
