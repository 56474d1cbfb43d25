import type { Log } from '../../ports/log';
import type { Accounts } from './accounts';
import { searchFields } from './users';

interface Deps {
  readonly accounts: Pick<Accounts, 'customers' | 'users'>;
  readonly log: Log;
}

type Users = Accounts['users'];

/** Customers that are looked through by one query, and users that are written by one. */
const batch = { customers: 100, users: 500 } as const;

/**
 * Makes those users findable whom an older version or another tool wrote without what lists and searches read.
 * Doing it again, or twice at once, does no harm; it ends early when `stopping`.
 */
export function createIndexUsers({ accounts: { customers, users }, log }: Deps) {
  return async (stopping: AbortSignal): Promise<void> => {
    let count = 0;
    const ids = customers.find({}, { _id: 1 }).lean().cursor({ batchSize: batch.customers });
    for await (const some of inBatches(ids, batch.customers)) {
      const unknown = unindexed(
        users,
        some.map(({ _id }) => _id),
      );
      for await (const rows of inBatches(unknown, batch.users)) {
        if (stopping.aborted) return;
        count += await writeSearchFields(users, rows);
      }
      if (stopping.aborted) return;
    }
    if (count > 0) log.info({ users: count }, 'Users that could not be found by name are found from now on.');
  };
}

/** By the index of the lists: both states are named, and each customer. */
function unindexed(users: Users, customerIds: readonly string[]) {
  return users
    .find(
      {
        customerId: { $in: [...customerIds] },
        state: { $in: ['active', 'deleted'] },
        sortKey: { $in: ['', null] },
      },
      { displayName: 1, userPrincipalName: 1 },
    )
    .lean()
    .cursor({ batchSize: batch.users });
}

interface Named {
  readonly _id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
}

/** Leaves alone who is called otherwise by now: whoever renamed them has indexed them too. */
async function writeSearchFields(users: Users, rows: readonly Named[]): Promise<number> {
  const writes = rows.map(({ _id, displayName, userPrincipalName }) => ({
    updateOne: {
      filter: { _id, displayName, userPrincipalName },
      update: { $set: searchFields({ displayName, userPrincipalName }) },
    },
  }));
  return (await users.bulkWrite(writes, { ordered: false })).modifiedCount;
}

async function* inBatches<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let some: T[] = [];
  for await (const one of all) {
    some.push(one);
    if (some.length < size) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}
