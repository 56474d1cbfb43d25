import type { ClientSession, Connection } from 'mongoose';
import type { DeletedUser } from '../../domain/user';
import { upnKey } from '../../domain/upn';
import type { Directory } from '../../ports/directory';
import { answered } from '../../storage/away';
import { importsOf } from '../../storage/import-records';
import type { Records } from '../../storage/records';
import { eraseHandOversOf, lookAgain, storeAudit } from '../../storage/store-effect';
import { eraseRemindersOf } from '../../storage/erase-reminders';
import { inTransaction } from '../../storage/transaction';
import type { Accounts } from './accounts';
import { toDeletedUser } from './users';

interface Deps {
  readonly connection: Connection;
  readonly accounts: Accounts;
  readonly records: Records;
}

/** A transaction for each user, which only one of those who restore or purge it at once can finish. */
export function createPurgeUsers({ connection, accounts, records }: Deps): Directory['purgeUsers'] {
  const { users } = accounts;

  const purge = (_id: string, before: Date, now: Date): Promise<boolean> =>
    inTransaction(connection, async (session) => {
      const due = { _id, state: 'deleted', restoreBy: { $lt: before } } as const;
      const row = await users.findOneAndDelete(due, { session }).lean();
      if (!row) return false;
      const user = toDeletedUser(row);
      await eraseDetails(records, user, session);
      await eraseHandOversOf(records, user.id, now, session);
      await eraseRemindersOf(records, user.id, session);
      await eraseRowOf(connection, row, session);
      await lookAgain(records, [`deletion:${user.deletion}`], now, session);
      const { id: userId, customerId, userPrincipalName: target } = user;
      const done = { operator: 'system', action: 'purge_customer_user', outcome: 'success' } as const;
      await storeAudit(records, [{ ...done, at: now, customerId, target, userId }], session);
      return true;
    });

  return async (before, now, limit) => {
    const due = await answered('read', () =>
      users
        .find({ state: 'deleted', restoreBy: { $lt: before } }, { _id: 1 })
        .sort({ restoreBy: 1, _id: 1 })
        .limit(limit)
        .lean(),
    );
    let purged = 0;
    for (const { _id } of due) {
      if (await answered('write', () => purge(_id, before, now))) purged += 1;
    }
    return purged;
  };
}

/** An import shows its first rows for longer than a user can be restored. */
async function eraseRowOf(
  connection: Connection,
  { importId, importLine: line }: { readonly importId?: string | null; readonly importLine?: number | null },
  session: ClientSession,
): Promise<void> {
  if (!importId || !line) return;
  const shown = { $or: [{ 'dryRun.preview.line': line }, { 'dryRun.problems.line': line }] };
  const row = { 'dryRun.preview': { line }, 'dryRun.problems': { line } };
  await importsOf(connection).imports.updateOne({ _id: importId, ...shown }, { $pull: row }, { session });
}

/**
 * What is recorded of the user's fields. Entries that name no user are the user's where its name was meant while it
 * lived: before and after, the name may have been somebody else's.
 */
async function eraseDetails(
  { audit, auditDetails }: Pick<Records, 'audit' | 'auditDetails'>,
  { id: userId, customerId, userPrincipalName, createdAt, deletedAt }: DeletedUser,
  session: ClientSession,
): Promise<void> {
  const nameless = {
    customerId,
    targetKey: upnKey(userPrincipalName),
    userId: { $exists: false },
    at: { $gte: createdAt, $lte: deletedAt },
  };
  const entries = await audit.find(nameless, { _id: 1 }, { session }).lean();
  const ids = entries.map(({ _id }) => _id);
  await auditDetails.deleteMany({ $or: [{ userId }, { _id: { $in: ids } }] }, { session });
}
