import { mongo } from 'mongoose';

/** Whether a unique index refused the write; told by the index's key, never by the message. */
export function isDuplicateOf(error: unknown, field: string): boolean {
  return (
    error instanceof mongo.MongoServerError &&
    error.code === 11000 &&
    typeof error.keyPattern === 'object' &&
    error.keyPattern !== null &&
    field in error.keyPattern
  );
}
