import { searchPrefixes } from '../../domain/search-text';
import type { ActiveUser, UserFilter } from '../../domain/user';
import type { UserQuery } from '../../ports/directory';
import { mostCounted, type CountedPage } from '../../ports/page';
import { userIndexes, type Accounts } from './accounts';
import { startsWith } from './customers';
import { beyond, readPageKey, toPage } from './pages';
import { toUser } from './users';

type Users = Accounts['users'];

/** As the partial indexes say it: in other words they could not be used. */
const filters = {
  unlicensed: { licenses: { $eq: [] as string[] } },
  blocked: { accountEnabled: false },
  admins: { 'roles.0': { $exists: true } },
} satisfies Record<UserFilter, object>;

/** How far users are counted to tell which of several words is the rarest. */
const mostWeighed = 5 * mostCounted;

/** Sorted by display name, paged by key. A page that has emptied meanwhile gives way to the first one. */
export async function searchUsers(users: Users, query: UserQuery): Promise<CountedPage<ActiveUser>> {
  const { after, before, limit, filter } = query;
  const from = readPageKey(before ?? after);
  const direction = from && before !== undefined ? 'before' : 'after';
  const plan = await planSearch(users, query);
  const order = direction === 'after' ? 1 : -1;
  const { sought } = plan;
  const page: PageQuery = {
    ...{ sought, limit: limit + 1, sort: { sortKey: order, _id: order } },
    wanted: from ? { $and: [sought, beyond(from, direction)] } : sought,
  };
  const isWholeList = plan.read.hint === userIndexes.list && !filter;
  const { rows, found } = await (isWholeList ? readListed(users, page) : readAndCount(users, page, plan));
  if (rows.length === 0 && from && found > 0)
    return searchUsers(users, { ...query, after: undefined, before: undefined });
  return { ...toPage(rows, { limit, from, direction }, toUser), found };
}

interface PageQuery {
  /** Everybody who is counted, and those of them who may stand on this page. */
  readonly sought: Condition;
  readonly wanted: Condition;
  readonly sort: { readonly sortKey: 1 | -1; readonly _id: 1 | -1 };
  readonly limit: number;
}

type Condition = Readonly<Record<string, unknown>>;
type Row = Parameters<typeof toUser>[0] & { readonly sortKey: string };
interface Found {
  readonly rows: readonly Row[];
  readonly found: number;
}

const unread = { searchTokens: 0, password: 0 } as const;

/** The list that is opened most often, in one read: its index says how many there are without looking at them. */
async function readListed(users: Users, { sought, wanted, sort, limit }: PageQuery): Promise<Found> {
  const inOrder = { $sort: { sortKey: 1, _id: 1 } } as const;
  const count = [{ $match: sought }, inOrder, { $limit: mostCounted + 1 }, { $count: 'found' }] as const;
  const rows = await users
    .aggregate<Row | { readonly found: number }>([
      { $match: wanted },
      { $sort: sort },
      { $limit: limit },
      { $project: unread },
      { $unionWith: { coll: users.collection.name, pipeline: [...count] } },
    ])
    .option({ hint: userIndexes.list });
  return {
    rows: rows.filter((row) => '_id' in row),
    found: rows.reduce((sum, row) => ('found' in row ? row.found : sum), 0),
  };
}

async function readAndCount(users: Users, page: PageQuery, { read, counted }: Plan): Promise<Found> {
  const { sought, wanted, sort, limit } = page;
  const [rows, found] = await Promise.all([
    users.find(wanted, unread, read).sort(sort).limit(limit).lean(),
    users.countDocuments(sought, { ...counted, limit: mostCounted + 1 }),
  ]);
  return { rows, found };
}

interface Plan {
  readonly sought: Condition;
  readonly read: { readonly hint?: string };
  readonly counted: { readonly hint?: string };
}

/**
 * What is sought, and by which index it is read and counted. A list goes by its own. For a page of a search the
 * planner tries what is shorter: the list until enough match, as for `a`, or sorting all that match, as for `zoe`.
 */
async function planSearch(users: Users, { customerId, text, filter }: UserQuery): Promise<Plan> {
  const ofCustomer = { customerId, state: 'active' as const };
  const filtered = { ...ofCustomer, ...(filter ? filters[filter] : {}) };
  const words = await rarestFirst(users, ofCustomer, searchPrefixes(text));
  if (words.length === 0) {
    const listed = { hint: filter ? userIndexes[filter] : userIndexes.list };
    return { sought: filtered, read: listed, counted: listed };
  }
  const sought = { ...filtered, $and: words.map(startsWith) };
  return { sought, read: {}, counted: filter ? {} : { hint: userIndexes.search } };
}

/** The index finds one word, the first: better `anna` than the domain that everybody has. */
async function rarestFirst(
  users: Users,
  ofCustomer: object,
  words: readonly string[],
): Promise<readonly string[]> {
  if (words.length < 2) return words;
  const weighed = words.map(async (word) => {
    const having = { ...ofCustomer, ...startsWith(word) };
    const weight = await users.countDocuments(having, { limit: mostWeighed, hint: userIndexes.search });
    return { word, weight };
  });
  return (await Promise.all(weighed)).sort((a, b) => a.weight - b.weight).map(({ word }) => word);
}
