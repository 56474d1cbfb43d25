import type { ClientSession, Connection } from 'mongoose';
import type { SheetPart } from '../ports/import-store';
import { importsOf } from './import-records';

/** Milliseconds that a part may take. */
export const partWithin = 20_000;

/** Thrown to take back what was begun. */
export class NotStored extends Error {
  constructor(readonly why: 'changed' | null) {
    super('Taken back.');
  }
}

/** Stores the passwords of a part of a sheet, sealed, and what the users keep of them. */
export function createStorePart(connection: Connection) {
  const { secretChunks } = importsOf(connection);
  const users = connection.collection<{ _id: string; sheet: string }>('users');

  return async (part: SheetPart, session: ClientSession): Promise<void> => {
    const { sheetId, index, at, expiresAt, sealed, digests } = part;
    const userIds = part.users.map(({ id }) => id);
    const theirs = { _id: { $in: userIds }, state: 'active', sheet: { $exists: true } };
    // One statement for all of them: one for each would take the server several times as long.
    const place = { $indexOfArray: [part.users.map(({ line }) => line), '$importLine'] };
    const password = { $arrayElemAt: [{ $literal: userIds.map((id) => digests.get(id)) }, place] };
    const change = { password, passwordSetAt: at, mustChangePassword: true, sheet: sheetId };
    const { matchedCount } = await users.updateMany(theirs, [{ $set: change }], { session });
    if (matchedCount < userIds.length) throw new NotStored('changed');
    await secretChunks.insertOne({ secretId: sheetId, index, userIds, sealed, expiresAt }, { session });
  };
}

/** What a part came to. */
export function sealedOr(error: unknown): 'changed' | null {
  if (error instanceof NotStored) return error.why;
  throw error;
}

export function nullOr(error: unknown): null {
  if (error instanceof NotStored) return null;
  throw error;
}
