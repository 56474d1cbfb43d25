import type { Accounts } from './accounts';

/** The instants ascend; what lies outside of them is not counted. */
export async function countDeadlines(
  users: Accounts['users'],
  customerId: string,
  edges: readonly Date[],
): Promise<readonly number[]> {
  const [first, last] = [edges[0], edges.at(-1)];
  const found = await users.aggregate<{ _id: Date; count: number }>([
    { $match: { customerId, state: 'deleted', restoreBy: { $gte: first, $lt: last } } },
    { $bucket: { groupBy: '$restoreBy', boundaries: [...edges], output: { count: { $sum: 1 } } } },
  ]);
  const counts = new Map(found.map(({ _id, count }) => [_id.getTime(), count]));
  return edges.slice(0, -1).map((edge) => counts.get(edge.getTime()) ?? 0);
}
