import type { Accounts } from './accounts';

const day = 24 * 60 * 60 * 1000;

/** By the days that are left; who has all of `days` left, to the millisecond, counts to the last of them. */
export async function countDeadlines(
  users: Accounts['users'],
  customerId: string,
  now: Date,
  days: number,
): Promise<readonly number[]> {
  const end = new Date(now.getTime() + days * day);
  const daysLeft = { $floor: { $divide: [{ $subtract: ['$restoreBy', now] }, day] } };
  const found = await users.aggregate<{ _id: number; count: number }>([
    { $match: { customerId, state: 'deleted', restoreBy: { $gte: now, $lte: end } } },
    { $group: { _id: { $min: [daysLeft, days - 1] }, count: { $sum: 1 } } },
  ]);
  const counts = new Map(found.map(({ _id, count }) => [_id, count]));
  return Array.from({ length: days }, (_, left) => counts.get(left) ?? 0);
}
