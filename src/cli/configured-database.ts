import { homedir } from 'node:os';
import { parseConfig, readEnvironment } from '../config';
import { userCacheDir } from '../storage/embedded/find-mongod';
import { accountsOf, type Accounts } from '../directory/mongo/accounts';
import type { Database } from '../storage/connection';
import { openDatabase } from '../storage/open-database';
import { createIndexes, recordsOf } from '../storage/records';
import { openLog } from '../telemetry/log';

interface Opened extends Pick<Database, 'connection'> {
  readonly accounts: Accounts;
}

/** Works on the MongoDB that a start would use, its indexes made. Throws for a configuration that is wrong. */
export async function withConfiguredDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const env = readEnvironment();
  const parsed = parseConfig(env);
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  const { mongo, dataDir } = parsed.config;
  const cacheDir = userCacheDir(env.XDG_CACHE_HOME, homedir());
  const log = await openLog('warn');
  const database = await openDatabase({ mongo, dataDir, searchPath: env.PATH ?? '', cacheDir, log });
  try {
    const { connection } = database;
    recordsOf(connection);
    const accounts = accountsOf(connection);
    await createIndexes(connection);
    return await work({ connection, accounts });
  } finally {
    await database.close();
  }
}
