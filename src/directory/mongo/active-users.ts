import type { Directory } from '../../ports/directory';
import type { Change } from '../../storage/changes';
import type { Accounts } from './accounts';

interface Deps {
  readonly accounts: Accounts;
  readonly change: Change;
}

type ActiveUsers = Pick<
  Directory,
  'findUsersByUpn' | 'searchUsers' | 'foreignUsers' | 'takenUpns' | 'updateUser' | 'changeLicenses'
>;

/** Finding and changing users that are not deleted. */
export function createActiveUsers(deps: Deps): ActiveUsers {
  return { ...deps } as unknown as ActiveUsers;
}
