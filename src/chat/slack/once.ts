import type { Deliveries } from '../../ports/deliveries';
import type { Log } from '../../ports/log';
import { inTime } from '../in-time';
import { logged } from './failure';

const mostKept = 10_000;
/** The answer that follows may take four seconds and a half, and has to be there within five. */
const claimWithin = 300;

/** Slack sends again what it thinks was not received. */
export interface Once {
  /** Whether this process has not had it yet; at once. */
  isNew(key: string | null): boolean;
  /** Whether no other process has had it. At once or nearly so: where nobody knows, it counts as new. */
  claim(key: string | null): Promise<boolean>;
}

/** What is done once in any case is guarded by the forms themselves; this saves people double answers. */
export function createOnce(deliveries: Deliveries, log: Log): Once {
  const seen = new Set<string>();

  return {
    isNew(key) {
      if (key === null) return true;
      if (seen.has(key)) return false;
      seen.add(key);
      const [oldest] = seen;
      if (seen.size > mostKept && oldest !== undefined) seen.delete(oldest);
      return true;
    },
    async claim(key) {
      if (key === null) return true;
      try {
        const claimed = deliveries.claim(`slack:${key}`);
        return await inTime(claimed, claimWithin, () => new Error('The database is slow.'));
      } catch (error) {
        log.warn(logged(error), 'Whether a delivery of Slack came before is not known.');
        return true;
      }
    },
  };
}
