import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that work waits for its turn at most. */
const patience = 1_500;

/**
 * Lets work of one key wait for the work before it, so that transactions on the same documents do not make each
 * other start anew. It spares work and guards nothing: whoever has waited too long goes ahead.
 */
export function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = before ? ended(before).then(work) : work();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

async function ended(work: Promise<unknown>): Promise<void> {
  const patient = new AbortController();
  const waited = sleep(patience, undefined, { signal: patient.signal }).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), waited]);
  patient.abort();
}
