import { homedir } from 'node:os';
import { parseConfig, readEnvironment, type Config } from '../config';
import { userCacheDir } from '../storage/embedded/find-mongod';
import { accountsOf, type Accounts } from '../directory/mongo/accounts';
import type { Database } from '../storage/connection';
import { openDatabase } from '../storage/open-database';
import { createIndexes, recordsOf, type Records } from '../storage/records';
import { openLog } from '../telemetry/log';

interface Opened extends Pick<Database, 'connection'> {
  readonly accounts: Accounts;
  readonly records: Records;
  readonly config: Config;
}

/** Works on the MongoDB that a start would use, its indexes made. Throws for a configuration that is wrong. */
export async function withConfiguredDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const env = readEnvironment();
  const parsed = parseConfig(env);
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'));
  const { config } = parsed;
  const { mongo, dataDir } = config;
  const cacheDir = userCacheDir(env.XDG_CACHE_HOME, homedir());
  const log = await openLog('warn');
  const database = await openDatabase({ mongo, dataDir, searchPath: env.PATH ?? '', cacheDir, log });
  try {
    const { connection } = database;
    const [records, accounts] = [recordsOf(connection), accountsOf(connection)];
    await createIndexes(connection);
    return await work({ connection, accounts, records, config });
  } finally {
    await database.close();
  }
}
