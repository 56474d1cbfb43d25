import { setTimeout as sleep } from 'node:timers/promises';

/** Work side by side, of which a piece that takes long does not keep the others waiting. */
export interface Lanes {
  /**
   * Takes one after the other from `next` until it answers null. A piece that has had its time goes on by itself, and
   * the next one takes its lane: resolves when none is left that still has time. `work` never throws.
   */
  run<T>(next: () => Promise<T | null>, work: (piece: T) => Promise<void>): Promise<void>;
  /** Resolves when nothing goes on any more, or after so many milliseconds. */
  settled(within: number): Promise<void>;
}

interface Width {
  readonly lanes: number;
  /** Milliseconds that a piece of work has a lane for itself. */
  readonly patience: number;
}

export function createLanes({ lanes, patience }: Width): Lanes {
  const goingOn = new Set<Promise<void>>();

  const begin = (work: Promise<void>): Promise<void> => {
    const done = work.finally(() => goingOn.delete(done));
    goingOn.add(done);
    return done;
  };

  return {
    async run(next, work) {
      const lane = async (): Promise<void> => {
        for (let piece = await next(); piece !== null; piece = await next())
          await doneWithin(patience, begin(work(piece)));
      };
      await Promise.all(Array.from({ length: lanes }, lane));
    },
    settled: (within) => doneWithin(within, Promise.all(goingOn)),
  };
}

async function doneWithin(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const waiting = new AbortController();
  const over = sleep(milliseconds, undefined, { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([work, over]);
  waiting.abort();
}
