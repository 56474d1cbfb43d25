import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { parseConfig, readEnvironment } from '../config';
import { accountsOf } from '../directory/mongo/accounts';
import { loadCustomers, parseCustomers } from '../directory/mongo/load-customers';
import { realClock, realEntropy } from '../real';
import { userCacheDir } from '../storage/embedded/find-mongod';
import { openDatabase } from '../storage/open-database';
import { createIndexes, recordsOf } from '../storage/records';
import { openLog } from '../telemetry/log';

/** `npm run customers -- <file.json>`: loads customers into the configured MongoDB. */
async function main(): Promise<void> {
  const [path] = process.argv.slice(2);
  if (!path) throw new Error('Name the file: npm run customers -- <file.json>');
  const env = readEnvironment();
  const parsed = parseConfig(env);
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  const entries = await readCustomers(path);

  const { mongo, dataDir } = parsed.config;
  const cacheDir = userCacheDir(env.XDG_CACHE_HOME, homedir());
  const log = await openLog('warn');
  const database = await openDatabase({ mongo, dataDir, searchPath: env.PATH ?? '', cacheDir, log });
  try {
    const { connection } = database;
    recordsOf(connection);
    const accounts = accountsOf(connection);
    await createIndexes(connection);
    const { created, updated } = await loadCustomers(entries, realClock.now(), {
      connection,
      accounts,
      entropy: realEntropy,
    });
    console.log(`${created} customers created, ${updated} updated.`);
  } finally {
    await database.close();
  }
}

async function readCustomers(path: string): Promise<ReturnType<typeof parseCustomers>> {
  const json = await readFile(path, 'utf8');
  try {
    return parseCustomers(json);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

main().catch((error: unknown) => {
  console.error(`Nothing more was written. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
