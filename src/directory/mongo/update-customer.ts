import type { Directory } from '../../ports/directory';
import type { Change } from '../../storage/changes';
import type { Accounts } from './accounts';

interface Deps {
  readonly accounts: Accounts;
  readonly change: Change;
}

/** Changes a customer, never below what its users have. */
export function createUpdateCustomer(deps: Deps): Directory['updateCustomer'] {
  return () => Promise.reject(new Error(`Still to be written: ${Object.keys(deps).join()}`));
}
