import type { Accounts } from './accounts';

/** Names that are shown of one customer. */
const mostNamed = 10;

/** Deleted users of one customer who can be restored no more. */
export interface Purgeable {
  readonly customer: { readonly name: string; readonly defaultDomain: string };
  readonly count: number;
  /** The most overdue first, and not all of very many. */
  readonly upns: readonly string[];
}

/** Whom `purgeUsers` would remove for good; the customers by their names. */
export async function findPurgeable(
  { users, customers }: Pick<Accounts, 'users' | 'customers'>,
  before: Date,
): Promise<readonly Purgeable[]> {
  const found = new Map<string, { count: number; readonly upns: string[] }>();
  const due = users
    .find({ state: 'deleted', restoreBy: { $lt: before } }, { customerId: 1, userPrincipalName: 1 })
    .sort({ restoreBy: 1, _id: 1 })
    .lean()
    .cursor();
  for await (const { customerId, userPrincipalName } of due) {
    const ofCustomer = found.get(customerId) ?? { count: 0, upns: [] };
    found.set(customerId, ofCustomer);
    ofCustomer.count += 1;
    if (ofCustomer.upns.length < mostNamed) ofCustomer.upns.push(userPrincipalName);
  }
  const named = await customers
    .find({ _id: { $in: [...found.keys()] } }, { name: 1, defaultDomain: 1 })
    .sort({ sortKey: 1 })
    .lean();
  return named.map(({ _id, ...customer }) => ({ customer, ...(found.get(_id) ?? { count: 0, upns: [] }) }));
}
