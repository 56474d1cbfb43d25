import type { Connection } from 'mongoose';
import type { DueReminder, LetGo, Reminders } from '../ports/reminders';
import { answered } from './away';
import { createChange } from './changes';
import { createDueReminders } from './due-reminders';
import type { Records } from './records';

/** Records that are written at once. */
const partSize = 1_000;
const writtenWithin = 20_000;

interface Deps {
  readonly connection: Connection;
  readonly records: Records;
}

export function createMongoReminders({ connection, records }: Deps): Reminders {
  const { reminders, letGo, snoozes } = records;
  const change = createChange({ connection, records });

  const beginPart = (conversation: string, digest: string, part: readonly DueReminder[]) =>
    reminders.collection.bulkWrite(
      part.map(({ userId, customerId, restoreBy, threshold }) => ({
        updateOne: {
          // One that was sent meanwhile is refused by the unique index.
          filter: { conversation, userId, restoreBy, threshold, state: 'claimed' },
          update: {
            $set: { digest, inFlight: true, customerId },
            $inc: { attempts: 1 },
            $currentDate: { at: true },
          },
          upsert: true,
        },
      })),
      { ordered: false },
    );

  return {
    due: createDueReminders(connection, records),

    async begin(conversation, digest, due) {
      for (let from = 0; from < due.length; from += partSize) {
        const part = due.slice(from, from + partSize);
        await answered('write', () => beginPart(conversation, digest, part), writtenWithin);
      }
    },

    sent: (conversation, digest) =>
      answered(
        'write',
        async () => {
          const done = { $set: { state: 'sent', inFlight: false }, $currentDate: { at: true } } as const;
          await reminders.updateMany({ digest, conversation }, done);
        },
        writtenWithin,
      ),

    refused: (conversation, digest) =>
      answered(
        'write',
        async () => {
          const waiting = { digest, conversation, state: 'claimed' } as const;
          await reminders.updateMany(waiting, { $set: { inFlight: false } });
        },
        writtenWithin,
      ),

    digestsOf: (userIds) =>
      answered('read', () => reminders.distinct('digest', { userId: { $in: [...userIds] } })),

    letGo: ({ userId, ...rest }, restoreBy, effect) =>
      change<{ kind: 'done' }>(userId, effect.id, async (session) => {
        await letGo.updateOne({ _id: userId }, { $set: { ...rest, restoreBy } }, { upsert: true, session });
        return { outcome: { kind: 'done' }, effect };
      }),

    undoLetGo: (userId, effect) =>
      change<{ kind: 'done' }>(userId, effect.id, async (session) => {
        await letGo.deleteOne({ _id: userId }, { session });
        return { outcome: { kind: 'done' }, effect };
      }),

    snooze: ({ conversation, userId, ...rest }, restoreBy, effect) =>
      change<{ kind: 'done' }>(userId, effect.id, async (session) => {
        const of = { conversation, userId };
        await snoozes.updateOne(of, { $set: { ...rest, restoreBy } }, { upsert: true, session });
        return { outcome: { kind: 'done' }, effect };
      }),

    letGoOf: (userIds) =>
      answered('read', async () => {
        const found = await letGo.find({ _id: { $in: [...userIds] } }).lean();
        return found.map(({ _id: userId, deletion, by, at, reason }): LetGo => ({
          userId,
          deletion,
          by,
          at,
          reason,
        }));
      }),

    snoozesIn: (conversation, userIds) =>
      answered('read', async () => {
        const found = await snoozes.find({ conversation, userId: { $in: [...userIds] } }).lean();
        return found.map(({ userId, deletion, until, by }) => ({
          userId,
          deletion,
          conversation,
          until,
          by,
        }));
      }),
  };
}
