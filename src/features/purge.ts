import { purgedBefore } from '../domain/retention';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { Log } from '../ports/log';

const atOnce = 200;

interface Deps {
  readonly directory: Pick<Directory, 'purgeUsers'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Hours that a deleted user is kept after it can be restored no more. */
  readonly purgeGrace: number;
}

/**
 * Removes for good who is past all restoring, and answers how many; what an ending process leaves is the next one's.
 */
export function createPurge({ directory, clock, log, purgeGrace }: Deps) {
  return async (ending: AbortSignal): Promise<number> => {
    let all = 0;
    try {
      while (!ending.aborted) {
        const now = clock.now();
        const purged = await directory.purgeUsers(purgedBefore(now, purgeGrace), now, atOnce);
        if (purged === 0) break;
        all += purged;
      }
      return all;
    } finally {
      if (all > 0) log.info({ users: all }, 'Deleted users were removed for good.');
    }
  };
}
