import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until it is so; throws after five seconds. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('It did not become so.');
    await sleep(20);
  }
}
