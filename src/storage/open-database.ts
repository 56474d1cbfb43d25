import type { Log } from '../ports/log';
import type { Metrics } from '../ports/metrics';
import { connect, type Database } from './connection';
import { startEmbeddedMongo } from './embedded/embedded-mongo';
import { findMongod } from './embedded/find-mongod';

export type MongoChoice =
  | { readonly kind: 'external'; readonly uri: string }
  | { readonly kind: 'embedded'; readonly mongodPath?: string };

interface Options {
  readonly mongo: MongoChoice;
  readonly dataDir: string;
  /** Where programs are looked for, as in PATH. */
  readonly searchPath: string;
  /** Where a fetched mongod is kept for this user. */
  readonly cacheDir: string;
  readonly log: Log;
  readonly metrics?: Pick<Metrics, 'mongoCommand'>;
}

/** The configured MongoDB, or a genuine one of our own, connected. Closing it ends the one of our own. */
export async function openDatabase({ mongo, log, metrics, ...options }: Options): Promise<Database> {
  const own = mongo.kind === 'embedded' ? await startOwn(mongo, { ...options, log }) : null;
  const uri = mongo.kind === 'external' ? mongo.uri : (own?.uri ?? '');
  try {
    const database = await connect({ uri, ...(metrics ? { metrics } : {}) });
    return {
      ...database,
      async close() {
        await database.close();
        await own?.stop();
      },
    };
  } catch (error) {
    await own?.stop();
    throw error;
  }
}

async function startOwn(
  { mongodPath }: Extract<MongoChoice, { kind: 'embedded' }>,
  { dataDir, searchPath, cacheDir, log }: Pick<Options, 'dataDir' | 'searchPath' | 'cacheDir' | 'log'>,
) {
  const program = await findMongod({ mongodPath, searchPath, dataDir, cacheDir, log });
  return startEmbeddedMongo({ program, dataDir, log });
}
