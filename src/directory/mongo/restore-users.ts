import type { ClientSession } from 'mongoose';
import { isRestorable } from '../../domain/retention';
import { upnKey } from '../../domain/upn';
import type { ActiveUser } from '../../domain/user';
import type { Directory, Restoration, RestoreResult, RestoreUsersOutcome } from '../../ports/directory';
import { effectOf, TakenBack, type Change } from '../../storage/changes';
import type { Records } from '../../storage/records';
import { lookAgain } from '../../storage/store-effect';
import type { Accounts } from './accounts';
import { takeSeats } from './seats';
import { searchFields, toDeletedUser, toUser } from './users';

interface Deps {
  readonly accounts: Accounts;
  readonly records: Pick<Records, 'liveCards'>;
  readonly change: Change;
}

type Wanted = Restoration['users'][number];
type Restored = Extract<RestoreResult, { kind: 'restored' }>;

const noLonger = { deletedAt: 1, deletedBy: 1, restoreBy: 1, deletion: 1 } as const;

/**
 * One after the other in one transaction, so that a name or a seat given to one is seen by the next. A name that
 * somebody else takes meanwhile makes the transaction start anew, and is then seen too.
 */
export function createRestoreUsers({ accounts, records, change }: Deps): Directory['restoreUsers'] {
  const { users, subscriptions } = accounts;

  const restore = async (
    { customerId, now }: Restoration,
    { userId, userPrincipalName, withRoles }: Wanted,
    session: ClientSession,
  ): Promise<RestoreResult> => {
    const row = await users.findOne({ _id: userId, customerId, state: 'deleted' }, {}, { session }).lean();
    if (!row) return { kind: 'gone', userId };
    const before = toDeletedUser(row);
    if (!isRestorable(before, now)) return { kind: 'expired', userId };
    if (userPrincipalName === '') return { kind: 'gone', userId };
    const upnLower = upnKey(userPrincipalName);
    const holder = { customerId, upnLower, state: 'active' } as const;
    if (await users.exists(holder).session(session)) return { kind: 'name-taken', userId };

    const withoutSeat = await takeSeats(subscriptions, customerId, before.licenses, session);
    const licenses = before.licenses.filter((sku) => !withoutSeat.includes(sku));
    const changed = { userPrincipalName, licenses, roles: withRoles ? [...before.roles] : [] };
    const after: ActiveUser = { ...toUser(row), ...changed };
    const active = { ...changed, upnLower, ...searchFields(after), state: 'active' } as const;
    await users.updateOne({ _id: userId }, { $set: active, $unset: noLonger }, { session });
    return { kind: 'restored', before, after, withoutSeat };
  };

  return (restoration, effect) =>
    change<RestoreUsersOutcome>(restoration.customerId, effect.id, async (session) => {
      const results: RestoreResult[] = [];
      for (const wanted of restoration.users) results.push(await restore(restoration, wanted, session));
      const restored = results.filter((result): result is Restored => result.kind === 'restored');
      if (restored.length === 0) throw new TakenBack({ kind: 'none', results });
      const subjects = restored.map(({ before }) => `deletion:${before.deletion}`);
      await lookAgain(records, subjects, restoration.now, session);
      return { outcome: { kind: 'restored', results }, effect: effectOf(effect, results) };
    });
}
