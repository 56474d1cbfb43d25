import type { ClientSession, Connection } from 'mongoose';
import type { ImportSheets, SheetPart, SheetUser } from '../ports/import-store';
import { answered } from './away';
import { importsOf } from './import-records';
import { leaseOf } from './imports';
import type { Records } from './records';
import { inTransaction } from './transaction';

/** Milliseconds that a part may take. */
const partWithin = 20_000;

interface StoredUser {
  readonly _id: string;
  readonly importId: string;
  readonly importLine: number;
  readonly state: string;
  /** '' until a sheet is made; not there once somebody has set another password. */
  readonly sheet?: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

interface Deps {
  readonly connection: Connection;
  readonly records: Pick<Records, 'secrets'>;
}

/** Thrown to take back what was begun. */
class NotStored extends Error {
  constructor(readonly why: 'changed' | null) {
    super('Taken back.');
  }
}

export function createMongoSheets({ connection, records: { secrets } }: Deps): ImportSheets {
  const { imports, secretChunks } = importsOf(connection);
  const users = connection.collection<StoredUser>('users');
  const shape = { userPrincipalName: 1, displayName: 1, importLine: 1 } as const;

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

  const store = async (part: SheetPart, session: ClientSession): Promise<void> => {
    const { sheetId, index, at, expiresAt, sealed, digests } = part;
    const writes = part.users.map(({ id }) => ({
      updateOne: {
        filter: { _id: id, state: 'active', sheet: { $exists: true } },
        update: {
          $set: { password: digests.get(id), passwordSetAt: at, mustChangePassword: true, sheet: sheetId },
        },
      },
    }));
    const { matchedCount } = await users.bulkWrite(writes, { session });
    if (matchedCount < writes.length) throw new NotStored('changed');
    const userIds = part.users.map(({ id }) => id);
    await secretChunks.insertOne({ secretId: sheetId, index, userIds, sealed, expiresAt }, { session });
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
      }).catch(orNull),

    users: (importId, afterLine, size) =>
      answered('read', async () => {
        const waiting = {
          importId,
          importLine: { $gt: afterLine },
          state: 'active',
          sheet: { $exists: true },
        };
        const found = await users
          .find(waiting, { projection: shape })
          .sort({ importLine: 1 })
          .limit(size)
          .toArray();
        return found.map(toSheetUser);
      }),

    seal: (importId, worker, part) =>
      transacted(async (session) => {
        await store(part, session);
        await hold(importId, worker, { sheetId: part.sheetId }, session);
        return 'sealed' as const;
      }).catch((error: unknown) => {
        if (error instanceof NotStored) return error.why;
        throw error;
      }),

    complete: async (importId, worker, { id: _id, userIds, ...sheet }) => {
      const done = transacted(async (session) => {
        await hold(importId, worker, { change: { handOverId: _id }, sheetId: _id }, session);
        await secrets.create([{ _id, userIds: [...userIds], ...sheet }], { session });
        return 'begun' as const;
      });
      return (await done.catch(orNull)) !== null;
    },
  };
}

function orNull(error: unknown): null {
  if (error instanceof NotStored) return null;
  throw error;
}

function toSheetUser({ _id: id, importLine: line, userPrincipalName, displayName }: StoredUser): SheetUser {
  return { id, line, userPrincipalName, displayName };
}
