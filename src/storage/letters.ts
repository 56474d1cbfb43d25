import type { Connection, InferSchemaType } from 'mongoose';
import type { LetterRecord } from '../domain/letter';
import type { LetterEnd, Letters } from '../ports/letters';
import { answered } from './away';
import { isDuplicateOf } from './duplicate-key';
import type { Records } from './records';
import { lookAgain, storeAudit } from './store-effect';
import { inTransaction } from './transaction';
import { letterIndexes } from './letter-records';
import { lettersOfImport } from './letters-of-import';
import { endLettersOf, letterSubject, storeLetters } from './user-letters';

type Deps = { readonly connection: Connection; readonly records: Records };
type Stored = InferSchemaType<Records['letters']['schema']>;

export function createMongoLetters({ connection, records }: Deps): Letters {
  const { letters, effects, liveCards } = records;

  const add = (letter: LetterRecord, beside: readonly LetterRecord[], effectId: string): Promise<void> =>
    inTransaction(connection, async (session) => {
      const at = letter.queuedAt;
      await effects.create([{ _id: effectId, at, result: { letterId: letter.id } }], { session });
      const ended = await endLettersOf(records, [letter.userId], at, session, {
        userNamesToo: beside.length > 0,
      });
      await lookAgain({ liveCards }, ended, at, session);
      await storeLetters(records, [letter, ...beside], session);
    });

  return {
    find: (letterId) =>
      answered('read', async () => {
        const found = await letters.findById(letterId).lean();
        return found && toLetter(found);
      }),

    queue: (letter, effectId, beside = null) =>
      answered('write', async () => {
        try {
          await add(letter, beside ? [beside] : [], effectId);
          return letter.id;
        } catch (error) {
          if (!isDuplicateOf(error, '_id')) throw error;
          const first = await effects.findById(effectId).lean();
          const known = first && Object.entries(first.result).find(([name]) => name === 'letterId')?.[1];
          if (!known) throw error;
          return known;
        }
      }),

    ofImport: (importId) => answered('read', () => lettersOfImport({ connection, records }, importId)),

    claimDue: (queue, now, leaseUntil) =>
      answered('write', async () => {
        const importId = queue === 'operators' ? null : { $ne: null };
        const due = { importId, state: 'queued', dueAt: { $lte: now } } as const;
        const taken = { $set: { dueAt: leaseUntil }, $inc: { attempts: 1 } };
        const order = { sort: { dueAt: 1 }, hint: letterIndexes[queue], returnDocument: 'after' } as const;
        const claimed = await letters.findOneAndUpdate(due, taken, order).lean();
        return claimed && toLetter(claimed);
      }),

    putOff: ({ id: _id, attempts }, dueAt, now) =>
      answered('write', async () => {
        const { matchedCount } = await letters.updateOne(
          { _id, state: 'queued', attempts },
          { $set: { dueAt } },
        );
        if (matchedCount > 0)
          await liveCards.updateMany({ subject: letterSubject(_id) }, { $set: { dueAt: now } });
      }),

    finish: (claimed, end) => answered('write', () => finish({ connection, records }, claimed, end)),
  };
}

function finish(
  { connection, records }: Deps,
  { id: _id, attempts }: LetterRecord,
  { state, refusedBecause, at, audit }: LetterEnd,
): Promise<void> {
  const { letters, secrets, liveCards } = records;
  return inTransaction(connection, async (session) => {
    // What was sent was sent, even if its link was opened or replaced before that could be noted.
    const still = state === 'sent' ? { $in: ['queued', 'ended'] as const } : 'queued';
    const why = refusedBecause ? { refusedBecause } : {};
    const noted = { $set: { state, ...why, endedAt: at, email: null } } as const;
    const before = await letters
      .findOneAndUpdate({ _id, attempts, state: still }, noted, { session, returnDocument: 'before' })
      .lean();
    if (!before) return;
    await storeAudit(records, audit, session);
    if (state !== 'sent') {
      const waiting = { _id: before.handOverId ?? '', state: 'waiting' } as const;
      await secrets.updateOne(waiting, { $set: { state: 'replaced', sealed: null } }, { session });
    }
    await liveCards.updateMany({ subject: letterSubject(_id) }, { $set: { dueAt: at } }, { session });
  });
}

function toLetter({ _id, ...stored }: Stored): LetterRecord {
  const { handOverId = null, importId = null, email = null, refusedBecause, endedAt = null } = stored;
  const known = { handOverId, importId, email, refusedBecause: refusedBecause ?? null, endedAt };
  return { ...stored, ...known, id: _id };
}
