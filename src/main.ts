import { homedir } from 'node:os';
import { createApp, type App } from './app';
import { parseConfig, readEnvironment } from './config';
import { keepHeapSmall } from './heap';
import { CannotStart } from './house';
import { AddressUnavailable } from './http/server';
import { realClock, realEntropy } from './real';
import { DatabaseUnusable, type Database } from './storage/connection';
import { FolderInUse } from './storage/embedded/embedded-mongo';
import { MongodNotFound, userCacheDir } from './storage/embedded/find-mongod';
import { openDatabase } from './storage/open-database';
import { openLog, type ProcessLog } from './telemetry/log';
import { createMetrics } from './telemetry/metrics';

/** A stop that takes longer, in milliseconds, is cut off. */
const stopWithin = 9_000;

async function main(): Promise<void> {
  const env = readEnvironment();
  const parsed = parseConfig(env);
  if (!parsed.ok) {
    process.stderr.write(`Rollcall cannot start:\n${parsed.problems.map((line) => `- ${line}\n`).join('')}`);
    process.exitCode = 1;
    return;
  }
  const { config } = parsed;
  const log = await openLog(config.logLevel);
  const stop = untilStopped();
  let starting = true;
  // Nothing was promised to anybody yet, and a first start may fetch for minutes. A mongod of our own ends by itself.
  void stop.then(() => starting && process.exit(0));
  const metrics = createMetrics();
  let database: Database | undefined;
  let app: App | undefined;
  try {
    database = await openDatabase({
      mongo: config.mongo,
      dataDir: config.dataDir,
      searchPath: env.PATH ?? '',
      cacheDir: userCacheDir(env.XDG_CACHE_HOME, homedir()),
      log,
      metrics,
    });
    app = await createApp({ config, database, metrics, clock: realClock, entropy: realEntropy, log });
    const { port } = await app.start();
    starting = false;
    // Not before: what a start loads stays, and to look through it again and again takes time.
    keepHeapSmall();
    log.info({ port }, config.demo ? `The demo is at http://127.0.0.1:${port}/` : 'Rollcall is ready.');
    log.info({ signal: await stop }, 'Stopping.');
  } catch (error) {
    starting = false;
    reportStartFailure(error, log);
    process.exitCode = 1;
  }
  setTimeout(() => process.exit(1), stopWithin).unref();
  await app?.stop();
  await database?.close();
  await log.flush();
  // All is closed; what is still open belongs to a chat that hangs.
  process.exit();
}

function untilStopped(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });
}

/** What an administrator can mend is one sentence without a stack. */
function reportStartFailure(error: unknown, log: ProcessLog): void {
  const mendable = [AddressUnavailable, CannotStart, DatabaseUnusable, FolderInUse, MongodNotFound].some(
    (known) => error instanceof known,
  );
  if (mendable && error instanceof Error) log.error({}, `Rollcall cannot start. ${error.message}`);
  else log.error({ err: error }, 'Rollcall cannot start.');
}

void main();
