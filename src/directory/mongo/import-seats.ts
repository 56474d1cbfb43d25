import type { ClientSession } from 'mongoose';
import { withinCustomer } from '../../domain/import-batch';
import type { Accounts } from './accounts';

type Subscriptions = Accounts['subscriptions'];

/** Seats of a product to be taken (more than 0) or given back. */
export interface SeatMove {
  readonly customerId: string;
  readonly skuPartNumber: string;
  readonly by: number;
}

/** Free seats of every product of these customers. */
export async function freeSeatsOf(
  subscriptions: Subscriptions,
  customerIds: readonly string[],
  session: ClientSession,
): Promise<ReadonlyMap<string, number>> {
  const found = await subscriptions.collection
    .find<{ customerId: string; skuPartNumber: string; total: number; consumed: number }>(
      { customerId: { $in: [...customerIds] } },
      { session },
    )
    .toArray();
  return new Map(
    found.map(({ customerId, skuPartNumber, total, consumed }) => [
      withinCustomer(customerId, skuPartNumber),
      Math.max(0, total - consumed),
    ]),
  );
}

/** Adds up what rows take and give, product by product. */
export function addUp(moves: Iterable<SeatMove>): readonly SeatMove[] {
  const sums = new Map<string, SeatMove>();
  for (const move of moves) {
    const key = withinCustomer(move.customerId, move.skuPartNumber);
    sums.set(key, { ...move, by: move.by + (sums.get(key)?.by ?? 0) });
  }
  return [...sums.values()].filter(({ by }) => by !== 0);
}

/** There are fewer seats than were given. */
export class SeatsGone extends Error {}

/** Conditional updates, so that no seat is sold twice whoever else is at it. Throws `SeatsGone`. */
export async function moveSeatsOf(
  subscriptions: Subscriptions,
  moves: readonly SeatMove[],
  session: ClientSession,
): Promise<void> {
  for (const { customerId, skuPartNumber, by } of moves) {
    const room = by > 0 ? { $expr: { $lte: [{ $add: ['$consumed', by] }, '$total'] } } : {};
    const { matchedCount } = await subscriptions.updateOne(
      { customerId, skuPartNumber, ...room },
      // Never below zero: where fewer were counted than users have, the count was wrong.
      [{ $set: { consumed: { $max: [0, { $add: ['$consumed', by] }] } } }],
      { session, updatePipeline: true },
    );
    if (matchedCount === 0 && by > 0) throw new SeatsGone('More seats were given than there are.');
  }
}
