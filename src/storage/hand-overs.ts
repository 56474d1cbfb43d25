import type { Connection } from 'mongoose';
import type { HandOverRecord, Sealed } from '../domain/hand-over';
import type { AuditEntry } from '../ports/audit';
import type { HandOvers } from '../ports/hand-overs';
import { answered } from './away';
import type { Records } from './records';
import { createSheetParts } from './sheet-parts';
import { storeAudit } from './store-effect';
import { inTransaction } from './transaction';
import { endLettersOf, lettersAbout } from './user-letters';

type StoredHandOver = Omit<HandOverRecord, 'id' | 'openedAt' | 'sealed' | 'row' | 'sheet'> & {
  readonly _id: string;
  readonly openedAt?: Date | null;
  readonly sealed?: Sealed | null;
  readonly row?: string | null;
  readonly sheet?: HandOverRecord['sheet'] | null;
};

type Deps = { readonly connection: Connection; readonly records: Records };

export function createMongoHandOvers({ connection, records }: Deps): HandOvers {
  const { secrets, liveCards, letters } = records;
  return {
    parts: createSheetParts({ connection, records }),

    find: (handOverId) =>
      answered('read', async () => {
        const found = await secrets.findById(handOverId).lean();
        return found && toHandOver(found);
      }),

    findByToken: (tokenHash) =>
      answered('read', async () => {
        const found = await secrets.findOne({ tokenHash }).lean();
        return found && toHandOver(found);
      }),

    inRow: (row) =>
      answered('read', async () => {
        const found = await secrets.find({ row }).sort({ createdAt: 1, _id: 1 }).lean();
        return found.map(toHandOver);
      }),

    reveal: (tokenHash, now, targets) =>
      answered('write', () =>
        inTransaction(connection, async (session) => {
          const waiting = { tokenHash, state: 'waiting', expiresAt: { $gt: now } } as const;
          const opened = { $set: { state: 'opened', openedAt: now, sealed: null } } as const;
          const found = await secrets
            .findOneAndUpdate(waiting, opened, { session, returnDocument: 'before' })
            .lean();
          if (!found) return null;
          // A sheet tells of each of its parts as it is shown.
          if (targets.length > 0)
            await storeAudit(records, revealed(found.customerId, targets, now), session);
          // The password is known: a letter that still waits for its turn would make another.
          const unsent = await endLettersOf({ letters }, found.userIds, now, session);
          const sent = await lettersAbout({ letters }, [found._id], session);
          await liveCards.updateMany(
            { subject: { $in: [...subjectsOf(found), ...unsent, ...sent] } },
            { $set: { dueAt: now } },
            { session },
          );
          return toHandOver(found);
        }),
      ),
  };
}

/** A sheet stands on the card with the result of its import, too. */
function subjectsOf({ _id, sheet }: Pick<StoredHandOver, '_id' | 'sheet'>): string[] {
  return [`hand-over:${_id}`, ...(sheet ? [`result:${sheet.importId}`] : [])];
}

/** Whoever holds the link is nobody that Rollcall knows: the entry is the system's. */
function revealed(customerId: string, targets: readonly string[], at: Date): AuditEntry[] {
  const entry = {
    at,
    operator: 'system',
    action: 'reveal_hand_over',
    customerId,
    outcome: 'success',
  } as const;
  return targets.map((target) => ({ ...entry, target }));
}

export function toHandOver({ _id, ...stored }: StoredHandOver): HandOverRecord {
  const { openedAt = null, sealed = null, row = null, sheet, ...record } = stored;
  return { ...record, id: _id, openedAt, sealed, row, ...(sheet ? { sheet } : {}) };
}
