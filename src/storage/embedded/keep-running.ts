import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../ports/log';
import type { RunningMongod } from './mongod-process';

const patienceMs = 4_000;

/** Starts mongod again whenever it ends by itself, until `stop`. `restart` returns null when it did not succeed. */
export function keepRunning(
  first: RunningMongod,
  restart: () => Promise<RunningMongod | null>,
  log: Log,
): { stop(): Promise<void> } {
  let current = first;
  let stopping = false;
  const isStopping = () => stopping;
  const watch = async (): Promise<void> => {
    for (let failures = 0; ; failures += 1) {
      await current.ended;
      if (isStopping()) return;
      log.error({}, 'The embedded MongoDB ended by itself; starting it again');
      await sleep(Math.min(500 * 2 ** failures, 10_000));
      const next = isStopping() ? null : await restart();
      if (!next) continue;
      failures = -1;
      current = next;
      if (isStopping()) await next.stop(patienceMs);
    }
  };
  const watching = watch();
  return {
    async stop() {
      stopping = true;
      await current.stop(patienceMs);
      await watching;
    },
  };
}
