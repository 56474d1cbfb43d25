import { failureOf } from '../ports/messenger';

const firstPause = 60_000;
const longestPause = 60 * 60_000;

/** When to ask a chat again that has failed so many times in a row before: later each time, or when it says itself. */
export function retryAt(now: Date, failures: number, error: unknown): Date {
  const pause = Math.min(firstPause * 2 ** failures, longestPause);
  return new Date(now.getTime() + Math.max(pause, failureOf(error).retryAfterMs ?? 0));
}
