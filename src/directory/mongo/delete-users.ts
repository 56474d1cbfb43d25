import type { DeleteUsersOutcome, Directory } from '../../ports/directory';
import { effectOf, TakenBack, type Change } from '../../storage/changes';
import type { Accounts } from './accounts';
import { freeSeats } from './seats';
import { toUser } from './users';

interface Deps {
  readonly accounts: Accounts;
  readonly change: Change;
}

/** All of them or none: state, seats, links and audit entries in one transaction. */
export function createDeleteUsers({ accounts, change }: Deps): Directory['deleteUsers'] {
  const { users, subscriptions } = accounts;
  return ({ customerId, deletedAt, deletedBy, restoreBy, ...asked }, effect) =>
    change<DeleteUsersOutcome>(customerId, effect.id, async (session) => {
      const userIds = [...new Set(asked.userIds)];
      const these = { _id: { $in: userIds }, customerId, state: 'active' } as const;
      const rows = (await users.find(these, {}, { session }).lean()).map(toUser);
      const found = new Map(rows.map((user) => [user.id, user]));
      const missing = userIds.filter((id) => !found.has(id));
      if (missing.length > 0) throw new TakenBack({ kind: 'missing', userIds: missing });

      const deleted = { state: 'deleted', deletedAt, deletedBy, restoreBy, deletion: effect.id } as const;
      await users.updateMany(these, { $set: deleted }, { session });
      const happened = userIds.flatMap((id) => found.get(id) ?? []);
      const seats = happened.flatMap(({ licenses }) => licenses);
      await freeSeats(subscriptions, customerId, seats, session);
      return { outcome: { kind: 'deleted' }, effect: effectOf(effect, happened) };
    });
}
