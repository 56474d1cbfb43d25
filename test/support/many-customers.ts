import type { Connection } from 'mongoose';
import type { Customer } from '../../src/domain/customer';
import { customerDocument } from '../../src/directory/mongo/customers';

/** Stores customers as the directory does, many at once. */
export async function storeCustomers(connection: Connection, customers: readonly Customer[]): Promise<void> {
  const rows = customers.map(customerDocument);
  if (rows.length > 0) await connection.collection<{ _id: string }>('customers').insertMany(rows);
}

/** `count` customers, every fifth with the same name as the one before it. */
export function manyCustomers(count: number): Customer[] {
  return Array.from({ length: count }, (_, place) => {
    const id = String((place * 7919) % 10_007).padStart(24, '0');
    const domain = `c${String(place).padStart(3, '0')}.example`;
    const name = `Company ${place % 5 === 4 ? place - 1 : place}`;
    return { id, name, defaultDomain: domain, domains: [domain] };
  });
}

export function customer(name: string, ...domains: string[]): Customer {
  const [defaultDomain = `${Buffer.from(name).toString('hex').slice(0, 30)}.example`] = domains;
  const id = Buffer.from(defaultDomain).toString('hex').slice(0, 24).padStart(24, '0');
  return { id, name, defaultDomain, domains: domains.length > 0 ? domains : [defaultDomain] };
}
