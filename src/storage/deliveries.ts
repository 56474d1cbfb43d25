import { mongo } from 'mongoose';
import type { Deliveries } from '../ports/deliveries';
import { answered } from './away';
import type { Records } from './records';

/** Ids that a process keeps in mind, so that it knows its own while MongoDB does not answer. */
const mostInMind = 10_000;
/** Chats wait three seconds for an answer. */
const withinMs = 1_000;

export function createMongoDeliveries({ deliveries }: Pick<Records, 'deliveries'>): Deliveries {
  const inMind = new Set<string>();

  const keepInMind = (key: string): void => {
    inMind.add(key);
    const [oldest] = inMind;
    if (inMind.size > mostInMind && oldest !== undefined) inMind.delete(oldest);
  };

  return {
    async claim(key) {
      if (inMind.has(key)) return false;
      keepInMind(key);
      return answered('write', () => isNew(deliveries, key), withinMs);
    },
  };
}

async function isNew(deliveries: Records['deliveries'], key: string): Promise<boolean> {
  const now = { $currentDate: { at: true } } as const;
  try {
    const { upsertedCount } = await deliveries.updateOne({ _id: key }, now, { upsert: true });
    return upsertedCount === 1;
  } catch (error) {
    // Two processes wrote it in the same moment: the other one was first.
    if (error instanceof mongo.MongoServerError && error.code === 11000) return false;
    throw error;
  }
}
