import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../src/ports/log';
import { startEmbeddedMongo } from '../src/storage/embedded/embedded-mongo';
import { findMongod, userCacheDir } from '../src/storage/embedded/find-mongod';

const tell = (data: object, message: string) => console.error(message, JSON.stringify(data));
const log: Log = { debug: () => undefined, info: tell, warn: tell, error: tell };

/** A genuine MongoDB of the bench's own, found by the same chain as in a start. */
export async function startMongo(): Promise<{ readonly uri: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const program = await findMongod({
    mongodPath: process.env['MONGOD_PATH'],
    searchPath: process.env['PATH'] ?? '',
    dataDir,
    cacheDir: userCacheDir(process.env['XDG_CACHE_HOME'], homedir()),
    log,
  });
  const mongo = await startEmbeddedMongo({ program, dataDir, log });
  return {
    uri: mongo.uri,
    async stop() {
      await mongo.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
