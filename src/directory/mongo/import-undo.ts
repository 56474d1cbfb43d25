import type { ClientSession } from 'mongoose';
import { decideUndo, deletionOfUndo } from '../../domain/import-undo';
import { restoreByOf } from '../../domain/retention';
import type { AuditEntry } from '../../ports/audit';
import type { ImportUndos } from '../../ports/import-store';
import { answered } from '../../storage/away';
import { importsOf, type StoredImport, type StoredUndo } from '../../storage/import-records';
import { toImport } from '../../storage/imports';
import { replaceHandOvers, storeAudit } from '../../storage/store-effect';
import { inTransaction } from '../../storage/transaction';
import type { ImportDeps } from './import-batch';
import { addUp, moveSeatsOf } from './import-seats';

/** Users of one transaction. */
const partSize = 250;
/** Milliseconds that a part may take. */
const partWithin = 20_000;
const mostLeft = 10;

interface ImportedRow {
  readonly _id: string;
  readonly customerId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly importLine: number;
  readonly state: 'active' | 'deleted';
  readonly licenses: readonly string[];
  readonly roles: readonly string[];
  readonly accountEnabled: boolean;
  readonly mustChangePassword: boolean;
}

type Undoing = StoredImport & { readonly undo: StoredUndo };

/** Another process was faster: what it has done is done. */
class Overtaken extends Error {}

export function createMongoUndos({
  connection,
  accounts,
  records,
}: Omit<ImportDeps, 'entropy'>): ImportUndos {
  const { imports, secretChunks } = importsOf(connection);
  const users = connection.collection<ImportedRow & { importId: string }>('users');

  const find = async (importId: string): Promise<Undoing | null> => {
    const found = await imports.findOne({ _id: importId, 'undo.finished': false });
    return found?.undo ? { ...found, undo: found.undo } : null;
  };

  /** Those of these users whom somebody has changed since the import made them. What it did to them itself is no change. */
  const touchedOf = async (
    importId: string,
    rows: readonly ImportedRow[],
    session: ClientSession,
  ): Promise<Set<string>> => {
    const changes = {
      userId: { $in: rows.map(({ _id }) => _id) },
      action: { $nin: ['create_customer_user', 'reveal_hand_over', 'send_hand_over'] },
      outcome: 'success' as const,
    };
    const found = await records.audit.find(changes, { userId: 1, action: 1 }, { session }).lean();
    const resets = found.filter(({ action }) => action === 'reset_customer_user_password');
    const ids = resets.map(({ _id }) => _id);
    const own = await records.auditDetails
      .find({ _id: { $in: ids }, 'after.importId': importId }, { _id: 1 }, { session })
      .lean();
    const ownIds = new Set(own.map(({ _id }) => String(_id)));
    return new Set(found.flatMap(({ _id, userId }) => (ownIds.has(String(_id)) ? [] : (userId ?? []))));
  };

  const remove = async (
    { _id: importId, undo }: Undoing,
    rows: readonly ImportedRow[],
    session: ClientSession,
  ): Promise<void> => {
    if (rows.length === 0) return;
    const { at: deletedAt, by: deletedBy } = undo;
    const restoreBy = restoreByOf(deletedAt);
    const deleted = {
      state: 'deleted',
      deletedAt,
      deletedBy,
      restoreBy,
      deletion: deletionOfUndo(importId),
    } as const;
    const ids = rows.map(({ _id }) => _id);
    await users.updateMany({ _id: { $in: ids } }, { $set: deleted }, { session });
    await replaceHandOvers(records, ids, deletedAt, session);
    const seats = rows.flatMap(({ customerId, licenses }) =>
      licenses.map((skuPartNumber) => ({ customerId, skuPartNumber, by: -1 })),
    );
    await moveSeatsOf(accounts.subscriptions, addUp(seats), session);
    await storeAudit(
      records,
      rows.map((row) => entryOf(row, undo, restoreBy)),
      session,
    );
  };

  const move = async (
    importId: string,
    from: StoredUndo,
    to: Partial<StoredUndo>,
    session: ClientSession,
  ): Promise<void> => {
    const here = { _id: importId, 'undo.line': from.line, 'undo.finished': false };
    const moved = await imports.updateOne(
      here,
      { $set: { undo: { ...from, ...to }, ...(to.finished === true ? { open: false } : {}) } },
      { session },
    );
    if (moved.matchedCount === 0) throw new Overtaken();
  };

  const endSheet = async ({ handOverId, undo }: Undoing, session: ClientSession): Promise<void> => {
    if (handOverId === null || undo.changed + undo.guarded > 0) return;
    const waiting = { _id: handOverId, state: 'waiting' } as const;
    await records.secrets.updateOne(waiting, { $set: { state: 'replaced' } }, { session });
    await secretChunks.deleteMany({ secretId: handOverId }, { session });
  };

  const part = async (importId: string, session: ClientSession): Promise<'more' | 'finished'> => {
    const found = await find(importId);
    if (!found) return 'finished';
    const { undo } = found;
    const rows = await users
      .find({ importId, importLine: { $gt: undo.line } }, { session })
      .sort({ importLine: 1 })
      .limit(partSize)
      .toArray();
    const last = rows.at(-1);
    if (!last) {
      await move(importId, undo, { finished: true }, session);
      await endSheet(found, session);
      await storeAudit(records, closingEntries(found), session);
      return 'finished';
    }
    const touched = await touchedOf(importId, rows, session);
    const verdicts = rows.map((row) => decideUndo({ ...row, id: row._id }, touched, undo.partnerRole));
    const chosen = rows.filter((_, place) => verdicts[place] === 'remove');
    await remove(found, chosen, session);
    const left = rows.flatMap(({ userPrincipalName }, place) => {
      const why = verdicts[place];
      return why === 'changed' || why === 'guarded' ? [{ userPrincipalName, why }] : [];
    });
    const count = (why: string) => left.filter((one) => one.why === why).length;
    const moved = {
      ...{ line: last.importLine, removed: undo.removed + chosen.length },
      ...{ changed: undo.changed + count('changed'), guarded: undo.guarded + count('guarded') },
      left: [...undo.left, ...left].slice(0, mostLeft),
    };
    await move(importId, undo, moved, session);
    return 'more';
  };

  return {
    begin: (importId, { by, partnerRole, at }) =>
      answered('write', async () => {
        const undo: StoredUndo = {
          ...{ at, by, partnerRole, finished: false, removed: 0, changed: 0, guarded: 0, left: [], line: 0 },
        };
        const begun = await imports.findOneAndUpdate(
          { _id: importId, open: false, undo: null, startedAt: { $ne: null } },
          { $set: { undo, open: true, servedAt: new Date(0) } },
          { returnDocument: 'after' },
        );
        return begun && toImport(begun);
      }),

    part: (importId) =>
      answered(
        'write',
        () =>
          inTransaction(connection, (session) => part(importId, session)).catch((error: unknown) => {
            if (error instanceof Overtaken) return 'more' as const;
            throw error;
          }),
        partWithin,
      ),
  };
}

function entryOf(row: ImportedRow, { at, by }: StoredUndo, restoreBy: Date): AuditEntry {
  const { displayName, licenses, roles, accountEnabled } = row;
  return {
    ...{ at, operator: by, action: 'delete_customer_user', customerId: row.customerId, outcome: 'success' },
    ...{ target: row.userPrincipalName, userId: row._id },
    details: { before: { displayName, licenses, roles, accountEnabled }, after: { restoreBy } },
  };
}

/** One for each customer of the file. */
function closingEntries({ _id: importId, fileName, dryRun, undo }: Undoing): AuditEntry[] {
  const { at, by, removed, changed, guarded } = undo;
  return dryRun.customers.map(({ customerId, defaultDomain }) => ({
    ...{ at, operator: by, action: 'undo_customer_user_import', outcome: 'success' },
    ...{ customerId, target: defaultDomain },
    details: { after: { importId, fileName, removed, changed, guarded } },
  }));
}
