import type { ClientSession } from 'mongoose';
import { decideLicenses, type LicenseResult } from '../../domain/license-change';
import type { ChangeLicensesOutcome, Directory } from '../../ports/directory';
import { effectOf, TakenBack, type Change } from '../../storage/changes';
import type { Accounts } from './accounts';
import { toUser } from './users';

interface Deps {
  readonly accounts: Pick<Accounts, 'subscriptions' | 'users'>;
  readonly change: Change;
}

/** Gives and takes licenses of several users in one transaction, as far as seats go. */
export function createChangeLicenses({ accounts, change }: Deps): Directory['changeLicenses'] {
  const { subscriptions, users } = accounts;
  return (wanted, effect) =>
    change<ChangeLicensesOutcome>(wanted.customerId, effect.id, async (session) => {
      const { customerId, assign } = wanted;
      const userIds = [...new Set(wanted.userIds)];
      const rows = await users
        .find({ _id: { $in: userIds }, customerId, state: 'active' }, null, { session })
        .lean();
      const found = new Map(rows.map((row) => [row._id, toUser(row)]));
      const chosen = userIds.flatMap((id) => found.get(id) ?? []);
      const missing = userIds.filter((id) => !found.has(id));
      if (missing.length > 0) throw new TakenBack({ kind: 'missing', userIds: missing });
      const products = await subscriptions
        .find({ customerId, skuPartNumber: { $in: [...assign] } }, null, { session })
        .lean();
      const free = new Map(
        products.map(({ skuPartNumber, total, consumed }) => [skuPartNumber, total - consumed]),
      );
      const results = decideLicenses(chosen, wanted, free);
      await moveSeats(subscriptions, customerId, results, session);
      await writeLicenses(users, results, session);
      return { outcome: { kind: 'changed', results }, effect: effectOf(effect, results) };
    });
}

/** One conditional update a product, so that none is sold twice whoever else is at it. */
async function moveSeats(
  subscriptions: Accounts['subscriptions'],
  customerId: string,
  results: readonly LicenseResult[],
  session: ClientSession,
): Promise<void> {
  const moves = new Map<string, number>();
  const move = (sku: string, by: number) => moves.set(sku, (moves.get(sku) ?? 0) + by);
  for (const { given, taken } of results) {
    for (const sku of given) move(sku, 1);
    for (const sku of taken) move(sku, -1);
  }
  for (const [skuPartNumber, by] of moves) {
    if (by === 0) continue;
    const room = by > 0 ? { $expr: { $lte: [{ $add: ['$consumed', by] }, '$total'] } } : {};
    // Never below zero: where fewer were counted than users have, the count was wrong.
    const consumed = { $max: [0, { $add: ['$consumed', by] }] };
    const { matchedCount } = await subscriptions.updateOne(
      { customerId, skuPartNumber, ...room },
      [{ $set: { consumed } }],
      { session, updatePipeline: true },
    );
    if (matchedCount === 0 && by > 0) throw new Error('More seats were given than there are.');
  }
}

async function writeLicenses(
  users: Accounts['users'],
  results: readonly LicenseResult[],
  session: ClientSession,
): Promise<void> {
  const changed = results.filter(({ given, taken }) => given.length + taken.length > 0);
  const writes = changed.map(({ after: { id, licenses, usageLocation } }) => ({
    updateOne: { filter: { _id: id }, update: { $set: { licenses: [...licenses], usageLocation } } },
  }));
  if (writes.length > 0) await users.bulkWrite(writes, { session });
}
