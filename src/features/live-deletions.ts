import { z } from 'zod';
import { parseIds } from '../domain/ticked';
import { findDeletion, stateData, type DeletionDeps } from './deletion-card';
import type { LookAgain } from './live-cards';

const drawnFrom = z.object({
  customerId: z.string(),
  userIds: z.string(),
  form: z.string(),
  mayRestore: z.boolean(),
});

/** The card of a deletion shows who was restored meanwhile and by whom, and offers **Undo** only while it helps. */
export function lookAtDeletions(deps: DeletionDeps): LookAgain {
  return async ({ card }, now) => {
    const from = drawnFrom.parse(card.data.drawnFrom);
    const userIds = parseIds(from.userIds);
    const deletion = await findDeletion({ customerId: from.customerId, userIds, now }, deps);
    const deadlines = deletion.deleted.map(({ restoreBy }) => restoreBy.getTime());
    // Restorable until `restoreBy` itself: what is lost is lost a millisecond later.
    const dueAt = deadlines.length > 0 ? new Date(Math.min(...deadlines) + 1) : null;
    if (deletion.deleted.length === userIds.length) return { card: null, dueAt };
    return { card: { name: card.name, data: { ...card.data, ...stateData(from, deletion) } }, dueAt };
  };
}
