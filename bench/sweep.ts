import type { Connection } from 'mongoose';
import { accountsOf } from '../src/directory/mongo/accounts';
import { reminderHorizon, usualReminderDays, usualReminderHour } from '../src/domain/reminder';
import { daysKept } from '../src/domain/retention';
import type { Subscription } from '../src/ports/reminders';
import { connect } from '../src/storage/connection';
import { recordsOf } from '../src/storage/records';
import { createMongoReminders } from '../src/storage/reminders';
import { inRounds, timeOf, type Measurement } from './compare';

interface Amounts {
  /** Of all users, who are deleted. */
  readonly due: number;
  readonly rounds: number;
  /** One after the other, in every round. */
  readonly looks: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
const subscription: Subscription = {
  ...{ conversation: 'bench', kind: 'channel', enabled: true, customers: 'all', operator: 'bench' },
  ...{ days: usualReminderDays, hour: usualReminderHour, timeZone: 'UTC', language: 'en', summary: false },
};

/** Who has to be announced, among all deleted users: a look of the job beside the query by the deadline alone. */
export async function measureSweep(uri: string, { due, rounds, looks }: Amounts): Promise<Measurement> {
  const database = await connect({ uri });
  const { connection } = database;
  accountsOf(connection);
  const reminders = createMongoReminders({ connection, records: recordsOf(connection) });
  const now = new Date();
  const horizon = reminderHorizon(now, subscription);
  const users = await deleteAll(connection, due, now, horizon);

  const ours = async () =>
    [...(await reminders.due(subscription, 'all', now)).values()].reduce(
      (sum, { length }) => sum + length,
      0,
    );
  const raw = async () => {
    const near = { state: 'deleted', restoreBy: { $gte: now, $lt: horizon } };
    const projection = { customerId: 1, state: 1, restoreBy: 1, deletion: 1 };
    const order = { restoreBy: 1, _id: 1 } as const;
    return (await connection.collection('users').find(near, { projection }).sort(order).toArray()).length;
  };
  try {
    const found = await raw();
    if (found !== (await ours())) throw new Error(`The look does not find the ${found} who are due.`);
    const subjects = { rollcall: timeOf(ours, looks), floor: timeOf(raw, looks) };
    await inRounds(2, subjects);
    const measured = await inRounds(rounds, subjects);
    const title = `Look for ${found.toLocaleString('en')} due among ${users.toLocaleString('en')} deleted`;
    return { title, unit: 'ms', target: { atMost: 1.5 }, ...measured };
  } finally {
    await database.close();
  }
}

/** Everybody is deleted from now on; so many are lost before the horizon, the others after it. */
async function deleteAll(connection: Connection, due: number, now: Date, horizon: Date): Promise<number> {
  const users = connection.collection<{ _id: string; customerId: string }>('users');
  const lost = (from: Date, to: Date) => ({
    state: 'deleted',
    deletion: 'bench',
    restoreBy: { $add: [from, { $multiply: [{ $rand: {} }, to.getTime() - from.getTime()] }] },
  });
  const last = new Date(now.getTime() + daysKept * day);
  for (const customerId of await users.distinct('customerId'))
    await users.updateMany({ customerId }, [{ $set: lost(horizon, last) }]);
  const some = await users
    .aggregate<{ _id: string }>([{ $sample: { size: due } }, { $project: { _id: 1 } }])
    .toArray();
  const near = { _id: { $in: some.map(({ _id }) => _id) } };
  // Whoever is lost on the very last day is due from the hour on only.
  const soon = lost(new Date(now.getTime() + minute), new Date(horizon.getTime() - day));
  await users.updateMany(near, [{ $set: soon }]);
  return users.countDocuments({ state: 'deleted' });
}
