import type { Customer } from '../../domain/customer';
import { searchPrefixes, searchTokens, sortKey } from '../../domain/search-text';
import type { CustomerQuery } from '../../ports/directory';
import type { Page } from '../../ports/page';
import type { Accounts } from './accounts';
import { beyond, readPageKey, toPage } from './pages';

export function customerDocument({ id, name, defaultDomain, domains }: Customer) {
  return {
    _id: id,
    name,
    defaultDomain,
    domains: [...domains],
    sortKey: sortKey(name),
    searchTokens: searchTokens(name, ...domains),
  };
}

export function toCustomer(row: {
  _id: string;
  name: string;
  defaultDomain: string;
  domains: string[];
}): Customer {
  return { id: row._id, name: row.name, defaultDomain: row.defaultDomain, domains: row.domains };
}

/** Sorted by name, paged by key. */
export async function searchCustomers(
  customers: Accounts['customers'],
  { text, within, after, before, limit }: CustomerQuery,
): Promise<Page<Customer>> {
  const from = readPageKey(before ?? after);
  const direction = from && before !== undefined ? 'before' : 'after';
  const conditions = [
    ...(within === 'all' ? [] : [{ _id: { $in: [...within] } }]),
    ...searchPrefixes(text).map(startsWith),
    ...(from ? [beyond(from, direction)] : []),
  ];
  const order = direction === 'after' ? 1 : -1;
  const rows = await customers
    .find(conditions.length > 0 ? { $and: conditions } : {}, { searchTokens: 0 })
    .sort({ sortKey: order, _id: order })
    .limit(limit + 1)
    .lean();
  return toPage(rows, { limit, from, direction }, toCustomer);
}

/**
 * Rows that have a search token which begins so. A range would mean the same, but of an array an index can answer
 * only the expression without looking at the rows.
 */
export function startsWith(prefix: string) {
  return { searchTokens: new RegExp(`^${prefix.replace(/[^\p{L}\p{N}]/gu, '\\$&')}`) };
}
