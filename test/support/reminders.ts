import type { DueReminder, Subscription } from '../../src/ports/reminders';
import type { NewUser } from '../../src/ports/directory';
import { userDocument } from '../../src/directory/mongo/users';
import { newUser } from './directory';
import type { TestDatabase } from './mongo';

/** As the clocks of a test stand: nine o'clock in London. */
export const reminderNow = new Date('2026-11-22T09:00:00Z');

export function subscriptionOf(changes: Partial<Subscription> = {}): Subscription {
  return {
    conversation: 'demo:web:ada',
    kind: 'personal',
    enabled: true,
    customers: 'all',
    ...{ days: [7, 3, 1], hour: 8, timeZone: 'UTC', language: 'en', summary: false, operator: 'web:ada' },
    ...changes,
  };
}

/** A user whose last day is so many days from now. */
export interface Doomed {
  readonly name: string;
  readonly days: number;
  readonly customerId?: string;
  readonly deletion?: string;
  readonly licenses?: readonly string[];
  readonly roles?: readonly string[];
  readonly deletedBy?: string;
}

/** Deleted users of these names; answers their ids. */
export async function storeDeleted(
  { connection }: Pick<TestDatabase, 'connection'>,
  doomed: readonly Doomed[],
  now = reminderNow,
): Promise<string[]> {
  const rows = doomed.map(({ name, days, deletion = 'a', deletedBy = 'web:ada', ...rest }) => {
    const restoreBy = new Date(now.getTime() + days * 24 * 60 * 60 * 1000);
    const deletedAt = new Date(restoreBy.getTime() - 30 * 24 * 60 * 60 * 1000);
    const upn = `${name.toLowerCase().replace(/ /g, '.')}@contoso.example`;
    const user: NewUser = newUser({ displayName: name, userPrincipalName: upn, ...rest });
    const deleted = { state: 'deleted', deletedAt, deletedBy, restoreBy, deletion };
    return { ...userDocument(user), ...deleted };
  });
  await connection.collection<{ _id: string }>('users').insertMany(rows);
  return rows.map(({ _id }) => _id);
}

/** Everybody who is due, as threshold by user. */
export function thresholdsOf(due: ReadonlyMap<string, readonly DueReminder[]>): Record<string, number> {
  return Object.fromEntries([...due.values()].flat().map(({ userId, threshold }) => [userId, threshold]));
}
