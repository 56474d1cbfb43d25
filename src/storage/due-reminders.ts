import type { Connection } from 'mongoose';
import { dueRanges, dueThreshold, type DueRange } from '../domain/reminder';
import type { DueReminder, Subscription } from '../ports/reminders';
import { deadlinesWithin, type DeadlineRow } from './deadlines';
import type { Records } from './records';

/** What people decided is seldom more. */
const mostRead = 500;

interface Told {
  readonly restoreBy: Date;
  readonly threshold: number;
  readonly state: 'claimed' | 'sent';
  readonly inFlight: boolean;
  readonly attempts: number;
}

/** What has happened already, by user. */
interface Known {
  readonly told: ReadonlyMap<string, readonly Told[]>;
  readonly letGo: ReadonlyMap<string, string>;
  readonly snoozed: ReadonlyMap<string, { readonly deletion: string; readonly until: string }>;
}

/** Finds by the deadline who is due, part by part, without reading what the conversation has heard already. */
export function createDueReminders(
  connection: Connection,
  { reminders, letGo, snoozes }: Pick<Records, 'reminders' | 'letGo' | 'snoozes'>,
) {
  /** Few are read as a whole: to ask for each of very many users takes longer. */
  const letGoOf = async (userIds: readonly string[]) => {
    const all = letGo.find({}, { deletion: 1 }).sort({ _id: 1 });
    const few = await all.clone().limit(mostRead).lean();
    return few.length < mostRead ? few : all.where({ _id: { $in: userIds } }).lean();
  };

  const snoozesOf = async (conversation: string, userIds: readonly string[]) => {
    const all = snoozes.find({ conversation }, { userId: 1, deletion: 1, until: 1 });
    const few = await all.clone().limit(mostRead).lean();
    return few.length < mostRead ? few : all.where({ userId: { $in: userIds } }).lean();
  };

  const known = async (conversation: string, part: readonly DeadlineRow[], now: Date): Promise<Known> => {
    const userIds = part.map(({ _id }) => _id);
    const deadlines = { $gte: part[0]?.restoreBy ?? now, $lte: part.at(-1)?.restoreBy ?? now };
    const [records, gone, asleep] = await Promise.all([
      reminders
        .find(
          { conversation, restoreBy: deadlines },
          { userId: 1, restoreBy: 1, threshold: 1, state: 1, inFlight: 1, attempts: 1 },
        )
        .lean(),
      letGoOf(userIds),
      snoozesOf(conversation, userIds),
    ]);
    const told = new Map<string, Told[]>();
    for (const record of records) told.set(record.userId, [...(told.get(record.userId) ?? []), record]);
    return {
      told,
      letGo: new Map(gone.map(({ _id, deletion }) => [_id, deletion])),
      snoozed: new Map(asleep.map((snooze) => [snooze.userId, snooze])),
    };
  };

  return async (
    subscription: Subscription,
    customers: Subscription['customers'],
    now: Date,
  ): Promise<ReadonlyMap<string, readonly DueReminder[]>> => {
    const found = new Map<string, DueReminder[]>();
    const ranges = dueRanges(now, subscription);
    const last = ranges.at(-1);
    if (!last) return found;

    const take = async (part: readonly DeadlineRow[]): Promise<void> => {
      const facts = { subscription, ranges, now, ...(await known(subscription.conversation, part, now)) };
      for (const row of part) {
        const due = dueOf(row, facts);
        if (!due) continue;
        const ofCustomer = found.get(row.customerId) ?? [];
        ofCustomer.push(due);
        found.set(row.customerId, ofCustomer);
      }
    };
    const deadlines = { from: ranges[0]?.from ?? now, before: last.before };
    for await (const part of deadlinesWithin(connection, customers, deadlines)) await take(part);
    return found;
  };
}

interface Facts extends Known {
  readonly subscription: Subscription;
  readonly ranges: readonly DueRange[];
  readonly now: Date;
}

function dueOf(row: DeadlineRow, { subscription, ranges, now, ...facts }: Facts): DueReminder | null {
  const { _id: userId, customerId, restoreBy, deletion = '' } = row;
  if (facts.letGo.get(userId) === deletion) return null;
  const told = facts.told.get(userId)?.filter((one) => one.restoreBy.getTime() === restoreBy.getTime());
  const sent = told?.flatMap(({ state, threshold }) => (state === 'sent' ? [threshold] : [])) ?? [];
  const snooze = facts.snoozed.get(userId);
  const threshold =
    snooze?.deletion === deletion
      ? dueThreshold(row, now, subscription, { sent, snoozedUntil: snooze.until })
      : unsent(thresholdIn(ranges, restoreBy), sent);
  if (threshold === null) return null;
  const { inFlight: repeat = false, attempts = 0 } = told?.find((one) => one.threshold === threshold) ?? {};
  return { userId, customerId, restoreBy, threshold, repeat, attempts };
}

function unsent(threshold: number | null, sent: readonly number[]): number | null {
  return threshold === null || sent.some((days) => days <= threshold) ? null : threshold;
}

function thresholdIn(ranges: readonly DueRange[], restoreBy: Date): number | null {
  const at = restoreBy.getTime();
  const found = ranges.find(({ before }) => at < before.getTime());
  return found && found.from.getTime() <= at ? found.threshold : null;
}
