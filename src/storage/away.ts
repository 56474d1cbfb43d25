import { mongo, Error as MongooseErrors } from 'mongoose';
import { StorageAway } from '../ports/storage-away';

/** Of a server that is stepping down, shutting down, restarting or too slow: not of what was asked of it. */
const passingCodes = new Set([6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

const connectionFaults = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoTopologyClosedError,
  mongo.MongoNotConnectedError,
  mongo.MongoServerClosedError,
  mongo.MongoClientClosedError,
  mongo.MongoOperationTimeoutError,
  mongo.MongoWriteConcernError,
  MongooseErrors.MongooseServerSelectionError,
] as const;

/** Some have no exported class, or come from the platform. */
const names = new Set([
  'MongoPoolClearedError',
  'PoolClearedOnNetworkError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'TimeoutError',
  'MongoNotConnectedError',
]);

/** Whether an error says that MongoDB does not answer, rather than that it refused what it was asked. */
export function isAway(error: unknown): boolean {
  if (error instanceof StorageAway || connectionFaults.some((fault) => error instanceof fault)) return true;
  if (error instanceof mongo.MongoServerError) return passingCodes.has(Number(error.code));
  if (typeof error !== 'object' || error === null) return false;
  if ('name' in error && names.has(String(error.name))) return true;
  return 'message' in error && String(error.message).includes('before initial connection is complete');
}

/** For `throw toStorageAway(error, uncertain)`: `StorageAway` in place of the driver's errors that mean it, others as they are. */
export function toStorageAway(error: unknown, uncertain: boolean): unknown {
  if (error instanceof StorageAway || !isAway(error)) return error;
  return new StorageAway(uncertain, { cause: error });
}

/**
 * Awaits what is asked of MongoDB, no longer than `withinMs`. Throws `StorageAway` when it does not answer; a write may
 * then still have been made, or be made later.
 */
export async function answered<T>(
  kind: 'read' | 'write',
  work: () => Promise<T>,
  withinMs = 4_000,
): Promise<T> {
  const uncertain = kind === 'write';
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StorageAway(uncertain)), withinMs);
  });
  try {
    return await Promise.race([work(), deadline]);
  } catch (error) {
    throw toStorageAway(error, uncertain);
  } finally {
    clearTimeout(timer);
  }
}
