import type { ClientSession, Connection } from 'mongoose';
import { nobodyLeftOut } from '../domain/import-issue';
import type { ImportSheets, SheetUser } from '../ports/import-store';
import { answered } from './away';
import { importsOf } from './import-records';
import { leaseOf } from './imports';
import type { Records } from './records';
import { createStorePart, NotStored, nullOr, partWithin, sealedOr } from './store-part';
import { inTransaction } from './transaction';

/** A user of an import as the directory stores it. */
export interface StoredSheetUser {
  readonly _id: string;
  readonly customerId: string;
  readonly importId: string;
  readonly importLine: number;
  readonly state: 'active' | 'deleted';
  readonly mustChangePassword: boolean;
  readonly roles: readonly string[];
  /** '' until a sheet is made; not there once somebody has set another password. */
  readonly sheet?: string;
  readonly lettered?: boolean;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

interface Deps {
  readonly connection: Connection;
  readonly records: Pick<Records, 'secrets'>;
}

export function createMongoSheets({ connection, records: { secrets } }: Deps): ImportSheets {
  const { imports, secretChunks } = importsOf(connection);
  const store = createStorePart(connection);
  const users = connection.collection<StoredSheetUser>('users');
  const shape = { customerId: 1, userPrincipalName: 1, displayName: 1, importLine: 1 } as const;

  /** Fails unless the import is the worker's, and keeps it so. */
  const hold = async (
    importId: string,
    worker: string,
    { change = {}, sheetId }: { readonly change?: object; readonly sheetId?: string },
    session: ClientSession,
  ): Promise<string> => {
    const own = { _id: importId, 'lease.by': worker, state: 'running', phase: 'passwords' } as const;
    // What an attempt before has still under way must not come after this one.
    const filter = sheetId === undefined ? own : { ...own, sheetId };
    const update = [{ $set: { lease: leaseOf(worker), failures: 0, ...change } }];
    const before = await imports.findOneAndUpdate(filter, update, { session, returnDocument: 'before' });
    if (!before) throw new NotStored(null);
    return before.sheetId ?? '';
  };

  const transacted = <T>(work: (session: ClientSession) => Promise<T>) =>
    answered('write', () => inTransaction(connection, work), partWithin);

  return {
    begin: async (importId, worker, sheetId) =>
      transacted(async (session) => {
        const former = await hold(importId, worker, { change: { sheetId, handOverId: null } }, session);
        if (former === '') return 'begun' as const;
        const opened = await secrets.exists({ _id: former, state: 'opened' }).session(session);
        if (opened) {
          await hold(importId, worker, { change: { sheetId: former, handOverId: former } }, session);
          return 'opened' as const;
        }
        await secretChunks.deleteMany({ secretId: former }, { session });
        await secrets.deleteOne({ _id: former }, { session });
        return 'begun' as const;
      }).catch(nullOr),

    users: (importId, afterLine, size) =>
      answered('read', async () => {
        const waiting = {
          importId,
          importLine: { $gt: afterLine },
          state: 'active',
          sheet: { $exists: true },
        } as const;
        const found = await users
          .find(waiting, { projection: shape })
          .sort({ importLine: 1 })
          .limit(size)
          .toArray();
        const last = found.at(-1);
        return last ? { users: found.map(toSheetUser), line: last.importLine, left: nobodyLeftOut } : null;
      }),

    seal: (importId, worker, part) =>
      transacted(async (session) => {
        await store(part, session);
        await hold(importId, worker, { sheetId: part.sheetId }, session);
        return 'sealed' as const;
      }).catch(sealedOr),

    complete: async (importId, worker, made) => {
      if (!made) return true;
      const { id: _id, userIds, ...sheet } = made;
      const done = transacted(async (session) => {
        await hold(importId, worker, { change: { handOverId: _id }, sheetId: _id }, session);
        await secrets.create([{ _id, userIds: [...userIds], ...sheet }], { session });
        return 'begun' as const;
      });
      return (await done.catch(nullOr)) !== null;
    },
  };
}

export function toSheetUser(user: StoredSheetUser): SheetUser {
  const { _id: id, customerId, importLine: line, userPrincipalName, displayName } = user;
  return { id, customerId, line, userPrincipalName, displayName };
}
