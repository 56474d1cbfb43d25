import type { Connection } from 'mongoose';
import { upnKey } from '../../domain/upn';
import type { Directory } from '../../ports/directory';
import { answered } from '../../storage/away';
import type { Change } from '../../storage/changes';
import type { Records } from '../../storage/records';
import type { Accounts } from './accounts';
import { countDeadlines } from './count-deadlines';
import { createDeleteUsers } from './delete-users';
import { createPurgeUsers } from './purge-users';
import { createRestoreUsers } from './restore-users';
import { searchDeletedUsers } from './search-deleted-users';
import { toDeletedUser } from './users';

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
  const { users } = deps.accounts;
  return {
    deleteUsers: createDeleteUsers(deps),
    restoreUsers: createRestoreUsers(deps),
    purgeUsers: createPurgeUsers(deps),

    searchDeletedUsers: (query) => answered('read', () => searchDeletedUsers(users, query)),

    findDeletedUsers: (customerId, userIds) =>
      answered('read', async () => {
        const found = await users.find({ _id: { $in: [...userIds] }, customerId, state: 'deleted' }).lean();
        return found.map(toDeletedUser).sort((a, b) => userIds.indexOf(a.id) - userIds.indexOf(b.id));
      }),

    findDeletedByUpn: (customerId, upn) =>
      answered('read', async () => {
        const named = { customerId, upnLower: upnKey(upn), state: 'deleted' } as const;
        const found = await users.find(named).sort({ deletedAt: -1 }).lean();
        return found.map(toDeletedUser);
      }),

    countDeadlines: (customerId, edges) => answered('read', () => countDeadlines(users, customerId, edges)),
  };
}
