import type { Connection } from 'mongoose';
import { dueRanges, dueThreshold, type DueRange } from '../domain/reminder';
import type { DueReminder, Subscription } from '../ports/reminders';
import { deadlinesWithin, type DeadlineRow } from './deadlines';
import type { Records } from './records';

interface Known {
  readonly sent: Map<string, number[]>;
  readonly begun: Map<string, { readonly inFlight: boolean; readonly attempts: number }>;
  readonly letGo: ReadonlyMap<string, string>;
  readonly snoozed: ReadonlyMap<string, { readonly deletion: string; readonly until: string }>;
}

/** Finds by the deadline who is due, part by part, without reading what the conversation has heard already. */
export function createDueReminders(
  connection: Connection,
  { reminders, letGo, snoozes }: Pick<Records, 'reminders' | 'letGo' | 'snoozes'>,
) {
  const known = async (conversation: string, userIds: string[]): Promise<Known> => {
    const here = { conversation, userId: { $in: userIds } };
    const [records, gone, asleep] = await Promise.all([
      reminders
        .find(here, { userId: 1, restoreBy: 1, threshold: 1, state: 1, inFlight: 1, attempts: 1 })
        .lean(),
      letGo.find({ _id: { $in: userIds } }, { deletion: 1 }).lean(),
      snoozes.find(here, { userId: 1, deletion: 1, until: 1 }).lean(),
    ]);
    const sent = new Map<string, number[]>();
    const begun: Known['begun'] = new Map();
    for (const { userId, restoreBy, threshold, state, inFlight, attempts } of records) {
      const of = deadlineKey(userId, restoreBy);
      if (state === 'sent') sent.set(of, [...(sent.get(of) ?? []), threshold]);
      else begun.set(`${of} ${threshold}`, { inFlight, attempts });
    }
    return {
      ...{ sent, begun },
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
      const facts = await known(
        subscription.conversation,
        part.map(({ _id }) => _id),
      );
      for (const row of part) {
        const due = dueOf(row, { subscription, ranges, now, ...facts });
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
  const key = deadlineKey(userId, restoreBy);
  if (facts.letGo.get(userId) === deletion) return null;
  const sent = facts.sent.get(key) ?? [];
  const snooze = facts.snoozed.get(userId);
  const threshold =
    snooze?.deletion === deletion
      ? dueThreshold(row, now, subscription, { sent, snoozedUntil: snooze.until })
      : unsent(thresholdIn(ranges, restoreBy), sent);
  if (threshold === null) return null;
  const { inFlight: repeat = false, attempts = 0 } = facts.begun.get(`${key} ${threshold}`) ?? {};
  return { userId, customerId, restoreBy, threshold, repeat, attempts };
}

function unsent(threshold: number | null, sent: readonly number[]): number | null {
  return threshold === null || sent.some((days) => days <= threshold) ? null : threshold;
}

function thresholdIn(ranges: readonly DueRange[], restoreBy: Date): number | null {
  return ranges.find(({ from, before }) => from <= restoreBy && restoreBy < before)?.threshold ?? null;
}

function deadlineKey(userId: string, restoreBy: Date): string {
  return `${userId} ${restoreBy.getTime()}`;
}
