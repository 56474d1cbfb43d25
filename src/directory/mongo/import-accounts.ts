import type { ImportAccounts } from '../../ports/import-store';
import { answered } from '../../storage/away';
import { toCustomer } from './customers';
import type { ImportDeps } from './import-batch';
import { createImportLicenses } from './import-licenses';
import { createImportUsers } from './import-users';

/** What imports do to the accounts in MongoDB. */
export function createMongoImportAccounts(deps: ImportDeps): ImportAccounts {
  const { customers } = deps.accounts;
  return {
    customersOfDomains: (domains) =>
      answered('read', async () => {
        const found = await customers.find({ domains: { $in: [...domains] } }, { searchTokens: 0 }).lean();
        return found.map(toCustomer);
      }),
    createUsers: createImportUsers(deps),
    changeLicenses: createImportLicenses(deps),
  };
}
