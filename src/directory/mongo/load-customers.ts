import type { Connection } from 'mongoose';
import { z } from 'zod';
import { isDomainName } from '../../domain/domain-name';
import { isSkuPartNumber } from '../../domain/license';
import type { Entropy } from '../../domain/entropy';
import { newId } from '../../domain/id';
import { inTransaction } from '../../storage/transaction';
import type { Accounts } from './accounts';
import { customerDocument } from './customers';

const domain = z.string().trim().toLowerCase().refine(isDomainName, 'is not a domain name');

/** The file of `npm run customers`, as tools outside write it. */
const file = z.array(
  z.strictObject({
    name: z.string().trim().min(1).max(256),
    defaultDomain: domain,
    domains: z.array(domain),
    subscriptions: z.array(
      z.strictObject({
        skuPartNumber: z.string().refine(isSkuPartNumber, 'is not a SKU part number'),
        total: z.int().min(0).max(10_000_000),
      }),
    ),
  }),
);
export type CustomerEntry = z.infer<typeof file>[number];

/** Reads the JSON of such a file; the error names every place that is wrong. */
export function parseCustomers(json: string): readonly CustomerEntry[] {
  const parsed = file.safeParse(parseJson(json.replace(/^\ufeff/, '')));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`This is not JSON: ${String(error)}`, { cause: error });
  }
}

interface Deps {
  readonly connection: Connection;
  readonly accounts: Accounts;
  readonly entropy: Entropy;
}

/**
 * Writes each customer in a transaction of its own, found by its default domain: new ones are created, known ones
 * updated. Seats in use are never touched.
 */
export async function loadCustomers(entries: readonly CustomerEntry[], now: Date, deps: Deps) {
  let created = 0;
  for (const entry of entries) if (await loadCustomer(entry, now, deps)) created += 1;
  return { created, updated: entries.length - created };
}

function loadCustomer(
  entry: CustomerEntry,
  now: Date,
  { connection, accounts, entropy }: Deps,
): Promise<boolean> {
  const { name, defaultDomain, subscriptions } = entry;
  const domains = [...new Set([defaultDomain, ...entry.domains])];
  return inTransaction(connection, async (session) => {
    const known = await accounts.customers.findOne({ defaultDomain }, { _id: 1 }, { session }).lean();
    const id = known?._id ?? newId(entropy, now);
    const elsewhere = { _id: { $ne: id }, domains: { $in: domains } };
    const other = await accounts.customers.findOne(elsewhere, { domains: 1 }, { session }).lean();
    if (other)
      throw takenDomains(
        defaultDomain,
        domains.filter((one) => other.domains.includes(one)),
      );
    const { _id, ...document } = customerDocument({ id, name, defaultDomain, domains });
    await accounts.customers.updateOne({ _id }, { $set: document }, { session, upsert: true });
    for (const { skuPartNumber, total } of subscriptions) {
      const change = { $set: { total }, $setOnInsert: { consumed: 0 } };
      await accounts.subscriptions.updateOne({ customerId: id, skuPartNumber }, change, {
        session,
        upsert: true,
      });
    }
    return known === null;
  });
}

function takenDomains(customer: string, domains: readonly string[]): Error {
  return new Error(`${customer} cannot have ${domains.join(', ')}: it belongs to another customer already.`);
}
