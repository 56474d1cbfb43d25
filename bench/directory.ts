import type { mongo } from 'mongoose';
import { accountsOf } from '../src/directory/mongo/accounts';
import { createMongoDirectory } from '../src/directory/mongo/directory';
import type { UserFilter } from '../src/domain/user';
import { mostCounted } from '../src/ports/page';
import { connect } from '../src/storage/connection';
import { recordsOf } from '../src/storage/records';
import { inRounds, timeOf, type Measurement } from './compare';
import type { Filled } from './users';

interface Amounts {
  readonly rounds: number;
  /** One after the other, in every round. */
  readonly calls: number;
}

/** A question to the directory, and the same one to the driver. */
interface Question {
  readonly title: string;
  ours(): Promise<{ readonly items: readonly unknown[] }>;
  raw(): Promise<readonly unknown[]>;
}

const limit = 8;
const sought = 'durand';

/** What a list, a search, a filter and the deleted users of one customer cost beside the driver's own queries. */
export async function measureDirectory(
  uri: string,
  { usual, largest }: Filled,
  { rounds, calls }: Amounts,
): Promise<Measurement[]> {
  const database = await connect({ uri });
  const { connection } = database;
  const [accounts, records] = [accountsOf(connection), recordsOf(connection)];
  const directory = createMongoDirectory({ connection, accounts, records });
  const users = accounts.users.collection as unknown as mongo.Collection;
  const now = new Date();

  const questionsOf = (customerId: string, whose: string): Question[] => {
    const active = { customerId, state: 'active' };
    const search = (text: string, filter: UserFilter | null) => () =>
      directory.searchUsers({ customerId, text, filter, limit });
    const byName = { sortKey: 1, _id: 1 } as const;
    return [
      {
        title: `List ${whose}`,
        ours: search('', null),
        raw: () => readPage(users, active, byName),
      },
      {
        title: `Search ${whose}`,
        ours: search(sought, null),
        raw: () => readPage(users, { ...active, searchTokens: /^durand/ }, byName),
      },
      {
        title: `Filter ${whose}`,
        ours: search('', 'blocked'),
        raw: () => readPage(users, { ...active, accountEnabled: false }, byName),
      },
      {
        title: `Deleted ${whose}`,
        ours: () => directory.searchDeletedUsers({ customerId, text: '', now, limit }),
        raw: () =>
          readPage(
            users,
            { customerId, state: 'deleted', restoreBy: { $gte: now } },
            { restoreBy: 1, _id: 1 },
          ),
      },
    ];
  };

  try {
    const measured: Measurement[] = [];
    const questions = [
      ...questionsOf(usual, 'of a usual customer'),
      ...questionsOf(largest, 'of the largest'),
    ];
    for (const question of questions) {
      const subjects = { rollcall: timeOf(question.ours, calls), floor: timeOf(question.raw, calls) };
      await assertSame(question);
      await inRounds(2, subjects);
      const found = await inRounds(rounds, subjects);
      measured.push({ title: question.title, unit: 'ms a call', target: { atMost: 1.5 }, ...found });
    }
    return measured;
  } finally {
    await database.close();
  }
}

/** A page and the number of all, read side by side. */
async function readPage(
  users: mongo.Collection,
  filter: mongo.Filter<mongo.Document>,
  order: Readonly<Record<string, 1>>,
): Promise<readonly unknown[]> {
  const projection = { searchTokens: 0, password: 0 };
  const [rows] = await Promise.all([
    users
      .find(filter, { projection })
      .sort({ ...order })
      .limit(limit + 1)
      .toArray(),
    users.countDocuments(filter, { limit: mostCounted + 1 }),
  ]);
  return rows;
}

/** A ratio between two different answers would say nothing. */
async function assertSame({ title, ours, raw }: Question): Promise<void> {
  const [{ items }, rows] = [await ours(), await raw()];
  if (items.length !== Math.min(rows.length, limit)) {
    throw new Error(
      `${title}: ${items.length} users through the directory, ${rows.length} through the driver.`,
    );
  }
}
