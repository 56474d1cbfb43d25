import { upnKey } from '../../domain/upn';
import { userFingerprint } from '../../domain/user';
import type { Directory, UpdateUserOutcome } from '../../ports/directory';
import { answered } from '../../storage/away';
import { TakenBack, type Change } from '../../storage/changes';
import { isDuplicateOf } from '../../storage/duplicate-key';
import type { Accounts } from './accounts';
import { createChangeLicenses } from './change-licenses';
import { searchUsers } from './search-users';
import { editedFields, toUser } from './users';

interface Deps {
  readonly accounts: Accounts;
  readonly change: Change;
}

type ActiveUsers = Pick<
  Directory,
  'findUsersByUpn' | 'searchUsers' | 'foreignUsers' | 'takenUpns' | 'updateUser' | 'changeLicenses'
>;

/** Finding and changing users that are not deleted. */
export function createActiveUsers({ accounts, change }: Deps): ActiveUsers {
  const { users } = accounts;
  const named = (customerId: string, upns: readonly string[]) => ({
    customerId,
    state: 'active' as const,
    upnLower: { $in: upns.map(upnKey) },
  });

  return {
    findUsersByUpn: (customerId, upns) =>
      answered('read', async () => {
        const keys = upns.map(upnKey);
        const rows = await users.find(named(customerId, upns)).lean();
        rows.sort((a, b) => keys.indexOf(a.upnLower) - keys.indexOf(b.upnLower));
        return rows.map(toUser);
      }),

    takenUpns: (customerId, upns) =>
      answered('read', async () => {
        const rows = await users.find(named(customerId, upns), { upnLower: 1 }).lean();
        const taken = new Set(rows.map(({ upnLower }) => upnLower));
        return upns.filter((upn) => taken.has(upnKey(upn)));
      }),

    searchUsers: (query) => answered('read', () => searchUsers(users, query)),

    foreignUsers: (customerId, userIds) =>
      answered('read', async () => {
        const elsewhere = { _id: { $in: [...userIds] }, customerId: { $ne: customerId } };
        const foreign = new Set((await users.find(elsewhere, { _id: 1 }).lean()).map(({ _id }) => _id));
        return userIds.filter((id) => foreign.has(id));
      }),

    updateUser: ({ customerId, userId, seen, fields }, effect) =>
      change<UpdateUserOutcome>(
        customerId,
        effect.id,
        async (session) => {
          const own = { _id: userId, customerId, state: 'active' } as const;
          const row = await users.findOne(own, null, { session }).lean();
          if (!row) throw new TakenBack({ kind: 'missing' });
          if (userFingerprint(toUser(row)) !== seen) throw new TakenBack({ kind: 'changed-meanwhile' });
          await users.updateOne(own, { $set: editedFields(fields) }, { session });
          return { outcome: { kind: 'updated' }, effect };
        },
        (error) => (isDuplicateOf(error, 'upnLower') ? { kind: 'user-principal-name-taken' } : null),
      ),

    changeLicenses: createChangeLicenses({ accounts, change }),
  };
}
