import type { CardData } from '../ports/card';
import type { CustomerTouched } from '../ports/import-dry-run';
import type { ImportRecord } from '../ports/imports';
import { shortened } from './shorten';

const mostCustomers = 4;

/** Characters of the name of a file on a card. */
const longestName = 80;

export function fileNameOf({ fileName }: Pick<ImportRecord, 'fileName'>): string {
  return shortened(fileName, longestName);
}

/** Names the customer of an import at the head of its card; of several, the first. */
export function headOf({ customerId, dryRun }: ImportRecord): CardData {
  const { customers } = dryRun;
  const first = customers.find((one) => one.customerId === customerId) ?? customers[0];
  if (!first) return {};
  const { name, defaultDomain } = first;
  return { customer: { id: first.customerId, name, defaultDomain, change: [] } };
}

/** The customers of a file that serves several, none for one; `more` counts those for whom there is no room. */
export function customersOf({ dryRun: { customers } }: ImportRecord): {
  readonly shown: readonly CustomerTouched[];
  readonly more: number;
} {
  if (customers.length < 2) return { shown: [], more: 0 };
  return { shown: customers.slice(0, mostCustomers), more: Math.max(0, customers.length - mostCustomers) };
}
