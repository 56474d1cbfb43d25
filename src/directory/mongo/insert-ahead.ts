import { setImmediate as sent } from 'node:timers/promises';
import { mongo, type ClientSession, type Connection } from 'mongoose';

export interface Insert {
  readonly into: string;
  /** Each with its `_id`. */
  readonly documents: readonly object[];
}

/**
 * Inserts one part after the other within a transaction; while the server is at one, the next is made ready. Without
 * the driver's `insertMany`, whose bookkeeping for each document takes as long as sending it.
 */
export async function insertAhead(
  connection: Connection,
  parts: Iterable<Insert>,
  session: ClientSession,
): Promise<void> {
  const database = connection.getClient().db(connection.name);
  const insert = async ({ into, documents }: Insert): Promise<void> => {
    if (documents.length === 0) return;
    const answer = await database.command({ insert: into, documents }, { session });
    const refused = (answer as { writeErrors?: readonly mongo.ErrorDescription[] }).writeErrors?.[0];
    if (refused) throw new mongo.MongoServerError(refused);
  };

  let under = Promise.resolve();
  for (const part of parts) {
    await under;
    under = insert(part);
    // Awaited above, in its turn.
    under.catch(() => undefined);
    await sent();
  }
  await under;
}
