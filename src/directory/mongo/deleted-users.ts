import type { Connection } from 'mongoose';
import type { Directory } from '../../ports/directory';
import type { Change } from '../../storage/changes';
import type { Records } from '../../storage/records';
import type { Accounts } from './accounts';

interface Deps {
  readonly connection: Connection;
  readonly accounts: Accounts;
  readonly records: Records;
  readonly change: Change;
}

type DeletedUsers = Pick<
  Directory,
  | 'deleteUsers'
  | 'searchDeletedUsers'
  | 'findDeletedUsers'
  | 'findDeletedByUpn'
  | 'countDeadlines'
  | 'restoreUsers'
  | 'purgeUsers'
>;

/** Deleting users, finding them again, restoring them, and removing them for good. */
export function createDeletedUsers(deps: Deps): DeletedUsers {
  return { ...deps } as unknown as DeletedUsers;
}
