import type { Connection } from 'mongoose';
import { z } from 'zod';
import { isDomainName } from '../../domain/domain-name';
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
        skuPartNumber: z.string().regex(/^[\w-]{1,100}$/),
        total: z.int().min(0).max(10_000_000),
      }),
    ),
  }),
);
export type CustomerEntry = z.infer<typeof file>[number];

/** Reads the JSON of such a file; the error names every place that is wrong. */
export function parseCustomers(json: string): readonly CustomerEntry[] {
  const parsed = file.safeParse(JSON.parse(json));
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  return parsed.data;
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
