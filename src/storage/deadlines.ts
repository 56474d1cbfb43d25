import type { Connection } from 'mongoose';
import type { Operator } from '../ports/operators';

/** Users that are looked up at once. */
const partSize = 2_000;
const fields = { customerId: 1, state: 1, restoreBy: 1, deletion: 1 } as const;

/** What a reminder has to know of a deleted user. */
export interface DeadlineRow {
  readonly _id: string;
  readonly customerId: string;
  readonly state: 'deleted';
  readonly restoreBy: Date;
  readonly deletion?: string;
}

/**
 * Deleted users by their deadline, the most urgent first, part by part. Those whom the undo of an import has removed are
 * nobody's concern.
 */
export async function* deadlinesWithin(
  connection: Connection,
  customers: Operator['customers'],
  { from, before }: { readonly from: Date; readonly before: Date },
): AsyncGenerator<readonly DeadlineRow[]> {
  const scope = customers === 'all' ? {} : { customerId: { $in: [...customers] } };
  const rows = connection
    .collection<DeadlineRow>('users')
    .find(
      { ...scope, state: 'deleted', restoreBy: { $gte: from, $lt: before } },
      { projection: fields, batchSize: partSize },
    )
    .sort({ restoreBy: 1, _id: 1 })
    .hint(customers === 'all' ? 'deadlines_of_deleted_users' : 'deleted_users');
  try {
    // As they come from MongoDB: to wait for each of them would take half as long again.
    while (await rows.hasNext()) {
      const part = rows.readBufferedDocuments().filter(({ deletion }) => !deletion?.startsWith('undo:'));
      if (part.length > 0) yield part;
    }
  } finally {
    await rows.close();
  }
}
