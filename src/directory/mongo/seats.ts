import type { ClientSession } from 'mongoose';
import type { Accounts } from './accounts';

type Subscriptions = Accounts['subscriptions'];

/** Takes a seat of each product by a conditional update that can never oversell; answers those without one. */
export async function takeSeats(
  subscriptions: Subscriptions,
  customerId: string,
  skus: readonly string[],
  session: ClientSession,
): Promise<string[]> {
  const without: string[] = [];
  for (const skuPartNumber of skus) {
    const free = { customerId, skuPartNumber, $expr: { $lt: ['$consumed', '$total'] } };
    const { modifiedCount } = await subscriptions.updateOne(free, { $inc: { consumed: 1 } }, { session });
    if (modifiedCount === 0) without.push(skuPartNumber);
  }
  return without;
}

/** Gives a seat back for each time a product is named. */
export async function freeSeats(
  subscriptions: Subscriptions,
  customerId: string,
  skus: readonly string[],
  session: ClientSession,
): Promise<void> {
  const counts = new Map<string, number>();
  for (const sku of skus) counts.set(sku, (counts.get(sku) ?? 0) + 1);
  for (const [skuPartNumber, count] of counts) {
    const used = { customerId, skuPartNumber, consumed: { $gte: count } };
    const { matchedCount } = await subscriptions.updateOne(used, { $inc: { consumed: -count } }, { session });
    // Fewer are counted than users have: the count was wrong, and below zero it would be more so.
    if (matchedCount === 0)
      await subscriptions.updateOne({ customerId, skuPartNumber }, { $set: { consumed: 0 } }, { session });
  }
}
