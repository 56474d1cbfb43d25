import { readEnvironment } from '../config';
import { createMongoDirectory } from '../directory/mongo/directory';
import { findPurgeable } from '../directory/mongo/find-purgeable';
import { purgedBefore } from '../domain/retention';
import { createPurge } from '../features/purge';
import { realClock } from '../real';
import { openLog } from '../telemetry/log';
import { withConfiguredDatabase } from './configured-database';
import { isDryRun } from './purge-options';
import { customerLines, purgedLine, wouldBePurgedLine } from './purge-lines';

/** `npm run purge [-- --dry-run]`: removes for good, at once, who is past all restoring; or says who that would be. */
async function main(): Promise<void> {
  const dryRun = isDryRun(process.argv.slice(2), readEnvironment());
  const result = await withConfiguredDatabase(async ({ connection, accounts, records, config }) => {
    const { purgeGrace } = config;
    const before = purgedBefore(realClock.now(), purgeGrace);
    const due = await findPurgeable(accounts, before);
    for (const line of due.flatMap(customerLines)) console.log(line);
    if (dryRun) return wouldBePurgedLine(due, before);
    const directory = createMongoDirectory({ connection, accounts, records });
    const log = await openLog('warn');
    const purge = createPurge({ directory, clock: realClock, log, purgeGrace });
    return purgedLine(due, await purge(new AbortController().signal));
  });
  console.log(result);
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`Nobody more was removed. ${reason}`);
  process.exitCode = 1;
});
