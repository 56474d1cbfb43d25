import type { Clock } from '../ports/clock';
import type { ImportProgress, ImportRecord } from '../ports/imports';
import type { Log } from '../ports/log';

/** Milliseconds: for a minute a card changes often, then seldom. */
const often = 3_000;
const seldom = 10_000;
const minute = 60_000;

interface Deps {
  readonly progress: Pick<ImportProgress, 'progress'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tells how imports stand, no more often than a chat takes it; the work does not wait for it. */
export function createPace({ progress, clock, log }: Deps) {
  const lastTold = new Map<string, number>();
  let telling: Promise<void> = Promise.resolve();
  let busy = false;

  const tell = async (record: ImportRecord): Promise<void> => {
    busy = true;
    try {
      await progress.progress(record);
    } catch (error) {
      log.warn({ importId: record.id, err: error }, 'The progress of an import could not be shown.');
    } finally {
      busy = false;
    }
  };

  return {
    tell(record: ImportRecord): void {
      const now = clock.now().getTime();
      const started = (record.issue?.at ?? record.startedAt)?.getTime() ?? now;
      const pause = now - started < minute ? often : seldom;
      if (busy || now - (lastTold.get(record.id) ?? started) < pause) return;
      lastTold.set(record.id, now);
      telling = tell(record);
    },

    /** What was told stands, and nothing is told after it. */
    async end(importId: string): Promise<void> {
      await telling;
      lastTold.delete(importId);
    },
  };
}

export type Pace = ReturnType<typeof createPace>;
