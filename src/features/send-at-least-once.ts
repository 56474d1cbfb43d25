import type { CardAddress } from '../ports/chat';
import { failureOf } from '../ports/messenger';

interface Sending {
  begin(): Promise<void>;
  post(): Promise<CardAddress | 'gone'>;
  /** It certainly did not come. */
  refused(): Promise<void>;
  sent(): Promise<void>;
}

/** What is begun and neither refused nor sent may have come: it is sent again, marked as a repeat. */
export async function sendAtLeastOnce({
  begin,
  post,
  refused,
  sent,
}: Sending): Promise<CardAddress | 'gone'> {
  await begin();
  const address = await post().catch(async (error: unknown) => {
    if (!failureOf(error).mayHaveHappened) await refused();
    throw error;
  });
  await (address === 'gone' ? refused() : sent());
  return address;
}
