import type { Summaries } from '../ports/summaries';
import { answered } from './away';
import type { Records } from './records';

export function createMongoSummaries({ summaries }: Pick<Records, 'summaries'>): Summaries {
  return {
    due: (conversation, day) =>
      answered('read', async () => {
        const known = await summaries.findOne({ conversation, day }).lean();
        if (known?.state === 'done') return null;
        const before = { conversation, state: 'done', asOf: { $ne: null } } as const;
        const last = await summaries.findOne(before, { asOf: 1 }).sort({ asOf: -1 }).lean();
        const { inFlight: repeat = false, attempts = 0 } = known ?? {};
        return { last: last?.asOf ?? null, repeat, attempts };
      }),

    begin: (conversation, day) =>
      answered('write', async () => {
        // One that is done meanwhile is refused by the unique index.
        await summaries.updateOne(
          { conversation, day, state: 'claimed' },
          { $set: { inFlight: true }, $inc: { attempts: 1 }, $currentDate: { at: true } },
          { upsert: true },
        );
      }),

    refused: (conversation, day) =>
      answered('write', async () => {
        await summaries.updateOne(
          { conversation, day, state: 'claimed' },
          { $set: { inFlight: false }, $currentDate: { at: true } },
        );
      }),

    done: (conversation, day, asOf) =>
      answered('write', async () => {
        await summaries.updateOne(
          { conversation, day },
          {
            $set: { state: 'done', inFlight: false, asOf },
            $currentDate: { at: true },
            $setOnInsert: { attempts: 0 },
          },
          { upsert: true },
        );
      }),
  };
}
