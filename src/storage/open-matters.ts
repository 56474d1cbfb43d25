import type { Connection } from 'mongoose';
import { hourOfDay } from '../domain/local-day';
import { reminderHorizon } from '../domain/reminder';
import type { Operator } from '../ports/operators';
import type { Subscription } from '../ports/reminders';
import type { OpenMatters, SoonLost } from '../ports/summaries';
import { answered } from './away';
import { deadlinesWithin, type DeadlineRow } from './deadlines';
import { toHandOver } from './hand-overs';
import { importsOf } from './import-records';
import { toImport } from './imports';
import type { Records } from './records';

/** Milliseconds: very many users may be lost soon. */
const countedWithin = 20_000;
const ended = ['done', 'failed'] as const;
/** Users of a customer who are named. */
const mostNamed = 3;

type Customers = Operator['customers'];

export function createMongoOpenMatters(connection: Connection, records: Records): OpenMatters {
  const { secrets } = records;
  const { imports } = importsOf(connection);
  const isSilenced = createSilence(records);

  const soonLost = async (subscription: Subscription, customers: Customers, now: Date) => {
    const found = new Map<string, SoonLost>();
    const range = { from: now, before: reminderHorizon(now, subscription) };
    for await (const part of deadlinesWithin(connection, customers, range)) {
      const isQuiet = await isSilenced(part, subscription, now);
      for (const row of part) {
        if (isQuiet(row)) continue;
        const { customerId } = row;
        const { count, userIds } = found.get(customerId) ?? { count: 0, userIds: [] };
        const named = userIds.length < mostNamed ? [...userIds, row._id] : userIds;
        found.set(customerId, { customerId, count: count + 1, userIds: named });
      }
    }
    return [...found.values()];
  };

  return {
    soonLost: (subscription, customers, now) =>
      answered('read', () => soonLost(subscription, customers, now), countedWithin),

    failedImports: (customers, { reach, contents, since, limit }) =>
      answered('read', async () => {
        const failed = {
          ...{ finishedAt: { $gt: since }, failed: { $gt: 0 }, undo: null },
          ...{ state: { $in: [...ended] }, content: { $in: [...contents] } },
          $and: [
            customers === 'all' ? {} : { 'dryRun.customers.customerId': { $in: [...customers] } },
            reach === 'all'
              ? {}
              : { 'dryRun.customers': { $not: { $elemMatch: { customerId: { $nin: [...reach] } } } } },
          ],
        };
        const latest = imports.find(failed).sort({ finishedAt: -1 }).limit(limit).toArray();
        const [items, count] = await Promise.all([latest, imports.countDocuments(failed)]);
        return { items: items.map(toImport), count };
      }),

    unopenedLinks: (customers, { from, to, limit }) =>
      answered('read', async () => {
        const scope = customers === 'all' ? {} : { customerId: { $in: [...customers] } };
        const unopened = { ...scope, state: 'waiting', createdAt: { $gt: from, $lte: to } } as const;
        const oldest = secrets.find(unopened).sort({ createdAt: 1 }).limit(limit).lean();
        const [found, count] = await Promise.all([oldest, secrets.countDocuments(unopened)]);
        const links = found.map(toHandOver);
        const ids = links.flatMap(({ sheet }) => (sheet ? [sheet.importId] : []));
        const files = await imports.find({ _id: { $in: ids } }, { projection: { fileName: 1 } }).toArray();
        const nameOf = new Map(files.map(({ _id, fileName }) => [_id, fileName]));
        const items = links.map((record) => ({
          record,
          fileName: record.sheet ? (nameOf.get(record.sheet.importId) ?? '') : null,
        }));
        return { items, count };
      }),
  };
}

/** Of whom a conversation does not want to hear: users who are let go, or snoozed there. */
function createSilence({ letGo, snoozes }: Pick<Records, 'letGo' | 'snoozes'>) {
  return async (rows: readonly DeadlineRow[], { conversation, hour, timeZone }: Subscription, now: Date) => {
    const ids = rows.map(({ _id }) => _id);
    const [gone, asleep] = await Promise.all([
      letGo.find({ _id: { $in: ids } }, { deletion: 1 }).lean(),
      snoozes.find({ conversation, userId: { $in: ids } }, { userId: 1, deletion: 1, until: 1 }).lean(),
    ]);
    const still = asleep.filter(({ until }) => (hourOfDay(until, hour, timeZone) ?? now) > now);
    const silenced = new Map([
      ...still.map(({ userId, deletion }) => [userId, deletion] as const),
      ...gone.map(({ _id, deletion }) => [_id, deletion] as const),
    ]);
    return ({ _id, deletion = '' }: DeadlineRow): boolean => silenced.get(_id) === deletion;
  };
}
