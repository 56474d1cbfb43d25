import { daysKept, restoreByOf } from '../../src/domain/retention';
import type { ActiveUser } from '../../src/domain/user';
import type { Deletion, EffectOf, NewUser, Restoration, RestoreResult } from '../../src/ports/directory';
import { effect, entry, newUser, now, type TestDirectory } from './directory';

export const day = 24 * 60 * 60 * 1000;
/** Until when a user can be restored that was deleted `now`. */
export const restoreBy = new Date(now.getTime() + daysKept * day);

export function later(milliseconds: number, than: Date = now): Date {
  return new Date(than.getTime() + milliseconds);
}

export function deletionOf(
  users: readonly Pick<ActiveUser, 'id'>[],
  changes: Partial<Deletion> = {},
): Deletion {
  const { deletedAt = now } = changes;
  const userIds = users.map(({ id }) => id);
  return {
    customerId: 'c1',
    userIds,
    deletedAt,
    deletedBy: 'web:ada',
    restoreBy: restoreByOf(deletedAt),
    ...changes,
  };
}

/** One entry for each user; their waiting links die. */
export function deleting(changes: { readonly id?: string } = {}): EffectOf<readonly ActiveUser[]> {
  return {
    id: changes.id ?? effect().id,
    of: (users) => ({
      result: { userIds: users.map(({ id }) => id).join() },
      audit: users.map(({ id: userId, userPrincipalName: target }) =>
        entry({ action: 'delete_customer_user', target, userId }),
      ),
      endsHandOversOf: users.map(({ id }) => id),
    }),
  };
}

export function restorationOf(
  users: readonly Pick<ActiveUser, 'id' | 'userPrincipalName'>[],
  changes: Partial<Omit<Restoration, 'users'>> & { readonly withRoles?: boolean } = {},
): Restoration {
  const { withRoles = true, ...others } = changes;
  const wanted = users.map(({ id: userId, userPrincipalName }) => ({ userId, userPrincipalName, withRoles }));
  return { customerId: 'c1', now: later(day), users: wanted, ...others };
}

export function restoring(changes: { readonly id?: string } = {}): EffectOf<readonly RestoreResult[]> {
  return {
    id: changes.id ?? effect().id,
    of: (results) => ({
      result: { kinds: results.map(({ kind }) => kind).join() },
      audit: results.flatMap((result) =>
        result.kind === 'restored'
          ? [
              entry({
                action: 'restore_customer_user',
                target: result.after.userPrincipalName,
                userId: result.after.id,
              }),
            ]
          : [],
      ),
    }),
  };
}

/** Users with these names that exist, and with them their seats. */
export async function usersCalled(
  { directory }: Pick<TestDirectory, 'directory'>,
  names: readonly string[],
  changes: Partial<NewUser> = {},
): Promise<NewUser[]> {
  const users = names.map((name) =>
    newUser({ userPrincipalName: `${name}@contoso.example`, displayName: name, ...changes }),
  );
  for (const user of users) {
    const { kind } = await directory.createUser(user, effect());
    if (kind !== 'created') throw new Error(kind);
  }
  return users;
}

/** Such users, deleted by one form. */
export async function deletedUsersCalled(
  world: Pick<TestDirectory, 'directory'>,
  names: readonly string[],
  changes: Partial<NewUser> = {},
): Promise<NewUser[]> {
  const users = await usersCalled(world, names, changes);
  await world.directory.deleteUsers(
    deletionOf(users, { customerId: users[0]?.customerId ?? 'c1' }),
    deleting(),
  );
  return users;
}
