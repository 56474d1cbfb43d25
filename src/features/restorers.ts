import type { AuditTrail } from '../ports/audit';
import type { Word } from '../ports/card';
import type { People } from '../ports/people';
import { personOf } from './person';

export interface Restorer {
  readonly who: string | Word;
  readonly at: Date;
}

/** How far back it is looked for; more has hardly happened to a user since. */
const entriesSearched = 20;

/** Who restored each of these users last, and when, as far as it is known. */
export async function restorersOf(
  customerId: string,
  userIds: readonly string[],
  { trail, people }: { readonly trail: Pick<AuditTrail, 'ofUser'>; readonly people: Pick<People, 'names'> },
): Promise<ReadonlyMap<string, Restorer>> {
  const entries = await Promise.all(
    userIds.map(async (userId) => {
      const latest = await trail.ofUser(customerId, userId, entriesSearched);
      return latest.find(
        ({ action, outcome }) => action === 'restore_customer_user' && outcome === 'success',
      );
    }),
  );
  const names = await people.names(entries.flatMap((entry) => (entry ? [entry.operator] : [])));
  return new Map(
    entries.flatMap((entry, place) => {
      const userId = userIds[place];
      if (!entry || userId === undefined) return [];
      return [[userId, { who: personOf(entry.operator, names), at: entry.at }] as const];
    }),
  );
}
