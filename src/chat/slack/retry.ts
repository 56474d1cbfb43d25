import { setTimeout as sleep } from 'node:timers/promises';
import { SlackCallFailed } from './failure';

export interface Timing {
  /** How long one request may take. */
  readonly requestMs: number;
  /** How long a message is tried again and again. */
  readonly postMs: number;
  /** The same where somebody looks at an open form. */
  readonly viewMs: number;
  readonly firstWaitMs: number;
}

export const usualTiming: Timing = { requestMs: 5_000, postMs: 30_000, viewMs: 8_000, firstWaitMs: 500 };

const longestWaitMs = 8_000;

/**
 * Tries while the failure passes, usually while Slack says or shows `later`, for `withinMs` at most, and waits as long as
 * Slack asks for.
 */
export type Patiently = <T>(
  withinMs: number,
  attempt: () => Promise<T>,
  passes?: (failure: SlackCallFailed) => boolean,
) => Promise<T>;

export const isLater = ({ kind }: SlackCallFailed): boolean => kind === 'later';

export function createPatience(firstWaitMs: number, signal?: AbortSignal): Patiently {
  return async (withinMs, attempt, passes = isLater) => {
    const end = performance.now() + withinMs;
    for (let wait = firstWaitMs; ; wait = Math.min(wait * 2, longestWaitMs)) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof SlackCallFailed) || !passes(error)) throw error;
        const pause = error.retryAfterMs === null ? wait : Math.max(error.retryAfterMs, firstWaitMs);
        if (performance.now() + pause > end || !(await waited(pause, signal))) throw error;
      }
    }
  };
}

/** False where the waiting was ended before its time. */
export async function waited(milliseconds: number, signal?: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, signal ? { signal } : {});
    return true;
  } catch {
    return false;
  }
}
