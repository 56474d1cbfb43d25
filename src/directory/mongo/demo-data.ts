import type { Connection } from 'mongoose';
import type { Entropy } from '../../domain/entropy';
import type { Records } from '../../storage/records';
import type { Accounts } from './accounts';
import { loadCustomers, type CustomerEntry } from './load-customers';

const demoCustomers: readonly CustomerEntry[] = [
  {
    name: 'Contoso Bakery',
    defaultDomain: 'contoso.example',
    domains: ['contoso-shop.example'],
    subscriptions: [
      { skuPartNumber: 'ENTERPRISEPACK', total: 25 },
      { skuPartNumber: 'POWER_BI_PRO', total: 3 },
      { skuPartNumber: 'Microsoft_365_Copilot', total: 0 },
    ],
  },
  {
    name: 'Ateliers Fabrikam',
    defaultDomain: 'fabrikam.example',
    domains: ['ateliers-fabrikam.example'],
    subscriptions: [
      { skuPartNumber: 'ENTERPRISEPREMIUM', total: 10 },
      { skuPartNumber: 'EMS', total: 10 },
    ],
  },
];

interface Deps {
  readonly connection: Connection;
  readonly accounts: Accounts;
  readonly records: Records;
  readonly entropy: Entropy;
}

const hugo = { operator: 'web:hugo', partnerRole: 'helpdesk_agent', customers: 'all' };

/** Two customers and a helpdesk agent for the demo, each only where there is none of its kind yet. */
export async function writeDemoData(now: Date, { records, ...deps }: Deps): Promise<void> {
  if (!(await deps.accounts.customers.exists({}))) await loadCustomers(demoCustomers, now, deps);
  if (await records.operators.exists({})) return;
  await records.operators.updateOne({ operator: hugo.operator }, { $setOnInsert: hugo }, { upsert: true });
}
