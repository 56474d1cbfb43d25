import { randomBytes, randomInt } from 'node:crypto';
import { accountsOf } from '../src/directory/mongo/accounts';
import { loadCustomers } from '../src/directory/mongo/load-customers';
import { connect } from '../src/storage/connection';
import { createIndexes } from '../src/storage/records';

/** A partner's customers: more than one page of the list, so that a page is full and leads on. */
const customers = Array.from({ length: 40 }, (_, index) => ({
  name: `Customer ${index + 1} of the bench`,
  defaultDomain: `customer-${index + 1}.example`,
  domains: [],
  subscriptions: [{ skuPartNumber: 'ENTERPRISEPACK', total: 25 }],
}));

export async function fillCustomers(uri: string): Promise<void> {
  const database = await connect({ uri });
  const { connection } = database;
  const entropy = { bytes: randomBytes, int: (below: number) => randomInt(below) };
  const accounts = accountsOf(connection);
  await createIndexes(connection);
  await loadCustomers(customers, new Date(), { connection, accounts, entropy });
  await database.close();
}
