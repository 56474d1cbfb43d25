import type { Log } from '../../ports/log';

const megabyte = 1024 * 1024;

/** Reports bytes received as log lines, one for each further tenth. */
export function createProgress(log: Log, what: string): (received: number, total: number) => void {
  let tenths = -1;
  return (received, total) => {
    const reached = Math.min(10, Math.floor((received / total) * 10));
    if (reached <= tenths) return;
    tenths = reached;
    const megabytes = `${(received / megabyte).toFixed(1)} of ${(total / megabyte).toFixed(1)}`;
    log.info({ what, percent: reached * 10, megabytes }, 'Fetching');
  };
}
