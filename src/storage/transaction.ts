import type { ClientSession, Connection } from 'mongoose';

/**
 * Runs `work` in one transaction, all or nothing. It may run more than once: nothing in it may be sent.
 * Not mongoose's own helper: that one writes the version key back into documents, which ours do not have.
 */
export async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = await connection.startSession();
  try {
    return await session.withTransaction(() => work(session));
  } finally {
    await session.endSession();
  }
}
