import type { Connection } from 'mongoose';
import type { ClaimedSubscription, Subscription, Subscriptions } from '../ports/reminders';
import { languages } from '../ports/chat';
import { answered } from './away';
import { createChange } from './changes';
import { isDuplicateOf } from './duplicate-key';
import type { Records } from './records';

/** Milliseconds after which another process takes over from one that is heard of no more; longer than a post takes. */
const lease = 90_000;
const longAgo = new Date(0);
const untroubled = { failures: 0, retryAt: null, overdue: 0, overdueSince: null } as const;
const fresh = { worker: null, leaseUntil: longAgo, lookedAt: longAgo, ...untroubled } as const;

interface Deps {
  readonly connection: Connection;
  readonly records: Records;
}

export function createMongoSubscriptions({ connection, records }: Deps): Subscriptions {
  const { reminderSubscriptions: subscriptions } = records;
  const change = createChange({ connection, records });

  const add = async (draft: Subscription, customerId: string): Promise<void> => {
    const { conversation: _id, days, ...rest } = draft;
    const first = { ...rest, days: [...days], customers: [customerId], offered: [customerId], ...fresh };
    try {
      const added = await subscriptions.updateOne({ _id }, { $setOnInsert: first }, { upsert: true });
      if (added.upsertedCount === 1) return;
    } catch (error) {
      if (!isDuplicateOf(error, '_id')) throw error;
    }
    const unasked = { _id, offered: { $ne: customerId } };
    await subscriptions.updateOne({ ...unasked, customers: 'all' }, { $addToSet: { offered: customerId } });
    await subscriptions.updateOne(
      { ...unasked, enabled: true },
      { $addToSet: { offered: customerId, customers: customerId } },
    );
  };

  return {
    find: (conversation) =>
      answered('read', async () => {
        const found = await subscriptions.findById(conversation).lean();
        return found && toSubscription(found);
      }),

    save: ({ conversation: _id, ...subscription }, effect) =>
      change<{ kind: 'saved' }>(_id, effect.id, async (session) => {
        const { customers } = subscription;
        const asked = customers === 'all' ? [] : [...customers];
        await subscriptions.updateOne(
          { _id },
          {
            $set: {
              ...subscription,
              ...{ days: [...subscription.days], customers: customers === 'all' ? customers : asked },
              ...{ left: null, ...untroubled },
            },
            $addToSet: { offered: { $each: asked } },
            $setOnInsert: { worker: null, leaseUntil: longAgo, lookedAt: longAgo },
          },
          { upsert: true, session },
        );
        return { outcome: { kind: 'saved' }, effect };
      }),

    subscribe: (draft, customerId) =>
      answered('write', async () => {
        await add(draft, customerId);
        const found = await subscriptions.findById(draft.conversation).lean();
        const now = found && toSubscription(found);
        if (!now?.enabled) return false;
        return now.customers === 'all' || now.customers.includes(customerId);
      }),

    leave: (_id) =>
      answered('write', async () => {
        await subscriptions.updateOne({ _id, enabled: true }, { $set: { enabled: false, left: 'untold' } });
      }),

    takeLeft: () =>
      answered('write', async () => {
        const told = await subscriptions.updateMany({ left: 'untold' }, { $set: { left: 'told' } });
        return told.modifiedCount;
      }),

    due: (now) =>
      answered('read', async () => {
        const ready = { enabled: true, $or: [{ retryAt: null }, { retryAt: { $lte: now } }] };
        const found = await subscriptions.find(ready, { _id: 1 }).sort({ lookedAt: 1 }).lean();
        return found.map(({ _id }) => _id);
      }),

    claim: (_id, worker, now) =>
      answered('write', async () => {
        const free = {
          ...{ _id, enabled: true, $or: [{ retryAt: null }, { retryAt: { $lte: now } }] },
          $expr: { $lt: ['$leaseUntil', '$$NOW'] },
        };
        const taken = { worker, leaseUntil: { $add: ['$$NOW', lease] }, lookedAt: '$$NOW' };
        const claimed = await subscriptions
          .findOneAndUpdate(free, [{ $set: taken }], { returnDocument: 'after', updatePipeline: true })
          .lean();
        return claimed && { ...toSubscription(claimed), failures: claimed.failures };
      }),

    renew: (_id, worker) =>
      answered('write', async () => {
        const renewed = await subscriptions.updateOne(
          { _id, worker, $expr: { $gt: ['$leaseUntil', '$$NOW'] } },
          [{ $set: { leaseUntil: { $add: ['$$NOW', lease] } } }],
          { updatePipeline: true },
        );
        return renewed.matchedCount === 1;
      }),

    release: (_id, worker, failed) =>
      answered('write', async () => {
        const free = { worker: null, leaseUntil: longAgo };
        const { retryAt = null, overdue = null } = failed ?? {};
        const known = overdue && { overdue: overdue.count, overdueSince: overdue.since };
        await subscriptions.updateOne(
          { _id, worker },
          failed
            ? { $set: { ...free, retryAt, ...known }, $inc: { failures: 1 } }
            : { $set: { ...free, ...untroubled } },
        );
      }),

    overdue: () =>
      answered('read', async () => {
        const [all] = await subscriptions.aggregate<{ count: number; since: Date | null }>([
          { $match: { enabled: true, overdue: { $gt: 0 } } },
          { $group: { _id: null, count: { $sum: '$overdue' }, since: { $min: '$overdueSince' } } },
        ]);
        return { count: all?.count ?? 0, since: all?.since ?? null };
      }),
  };
}

interface Stored {
  readonly _id: string;
  readonly kind: Subscription['kind'];
  readonly enabled: boolean;
  readonly customers?: unknown;
  readonly days: readonly number[];
  readonly hour: number;
  readonly timeZone: string;
  readonly language: string;
  readonly summary: boolean;
  readonly operator: string;
}

function toSubscription(stored: Stored): Subscription & Partial<ClaimedSubscription> {
  const { _id: conversation, kind, enabled, customers, days, hour, timeZone, summary, operator } = stored;
  return {
    ...{ conversation, kind, enabled, days: [...days], hour, timeZone, summary, operator },
    language: languages.find((one) => one === stored.language) ?? 'en',
    customers:
      customers === 'all'
        ? customers
        : Array.isArray(customers)
          ? customers.filter((id) => typeof id === 'string')
          : [],
  };
}
