import type { Connection } from 'mongoose';
import { userDocument } from '../../src/directory/mongo/users';
import type { NewUser } from '../../src/ports/directory';

/** Stores users as the directory does, many at once, without what else belongs to their creation. */
export async function storeUsers(connection: Connection, users: readonly NewUser[]): Promise<void> {
  const rows = users.map(userDocument);
  if (rows.length > 0) await connection.collection<{ _id: string }>('users').insertMany(rows);
}
