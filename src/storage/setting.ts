import type { Entropy } from '../domain/entropy';
import { answered } from './away';
import type { Records } from './records';

/** The key that seals what cards freeze: made once for a database, shared by all processes on it. */
export async function sealKey({ settings }: Pick<Records, 'settings'>, entropy: Entropy): Promise<Buffer> {
  const made = entropy.bytes(32).toString('base64');
  const stored = await answered('write', () =>
    settings
      .findOneAndUpdate(
        { _id: 'seal-key' },
        { $setOnInsert: { value: made } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean(),
  );
  return Buffer.from(stored.value, 'base64');
}
