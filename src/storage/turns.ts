import { StorageAway } from '../ports/storage-away';

/** Milliseconds that work waits at most for the work before it, once that has begun. */
const patience = 1_500;
/** Milliseconds in all; whoever asked for it is told soon after this that there is no answer. */
const longestWait = 3_000;

interface Turn {
  readonly begun: Promise<unknown>;
  readonly done: Promise<unknown>;
}

/**
 * Lets work of one key wait for the work before it, so that transactions on the same documents do not make each
 * other start anew. It spares work and guards nothing: the next goes ahead when a turn takes too long. Throws
 * `StorageAway` when too many wait: what has not begun by then is not done at all.
 */
export function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Turn>();
  return async (key, work) => {
    const since = performance.now();
    const before = last.get(key);
    const begun = before ? before.begun.then(() => ended(before.done)) : Promise.resolve();
    const done = begun.then(() => {
      if (performance.now() - since > longestWait) throw new StorageAway(false);
      return work();
    });
    const mine = { begun, done };
    last.set(key, mine);
    try {
      return await done;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

async function ended(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise((resolve) => (timer = setTimeout(resolve, patience)));
  await Promise.race([work.catch(() => undefined), waited]);
  clearTimeout(timer);
}
