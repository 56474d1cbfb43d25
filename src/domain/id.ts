import type { Entropy } from './entropy';

/** 24 hexadecimal characters that sort by time, to the second. */
export function newId(entropy: Entropy, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  return seconds.toString(16).padStart(8, '0') + entropy.bytes(8).toString('hex');
}
