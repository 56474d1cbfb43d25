import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { Log } from '../ports/log';

const hour = 60 * 60 * 1000;
const atOnce = 200;

interface Deps {
  readonly directory: Pick<Directory, 'purgeUsers'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Hours that a deleted user is kept after it can be restored no more. */
  readonly purgeGrace: number;
}

/** Removes for good who is past all restoring; what an ending process leaves is the next one's. */
export function createPurge({ directory, clock, log, purgeGrace }: Deps) {
  return async (ending: AbortSignal): Promise<void> => {
    let all = 0;
    try {
      while (!ending.aborted) {
        const now = clock.now();
        const purged = await directory.purgeUsers(new Date(now.getTime() - purgeGrace * hour), now, atOnce);
        if (purged === 0) return;
        all += purged;
      }
    } finally {
      if (all > 0) log.info({ users: all }, 'Deleted users were removed for good.');
    }
  };
}
