import { mkdtemp } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/storage/connection';
import { startEmbeddedMongo } from '../../src/storage/embedded/embedded-mongo';
import { findMongod, userCacheDir } from '../../src/storage/embedded/find-mongod';
import type { Log } from '../../src/ports/log';
import { keepExpired } from './mongo';

declare global {
  var rollcallTestMongo: { readonly dataDir: string; stop(): Promise<void> } | undefined;
}

const tell = (data: object, message: string) => console.error(message, JSON.stringify(data));
const log: Log = { debug: () => undefined, info: tell, warn: tell, error: tell };

/** One genuine MongoDB for the whole run, found by the same chain as in a start; the workers get its address. */
export default async function startMongo(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-test-'));
  const program = await findMongod({
    mongodPath: process.env['MONGOD_PATH'],
    searchPath: process.env['PATH'] ?? '',
    dataDir,
    cacheDir: userCacheDir(process.env['XDG_CACHE_HOME'], homedir()),
    log,
  });
  const mongo = await startEmbeddedMongo({ program, dataDir, log });
  const { connection, close } = await connect({ uri: mongo.uri });
  await keepExpired(connection);
  await close();
  process.env['ROLLCALL_TEST_MONGODB_URI'] = mongo.uri;
  process.env['ROLLCALL_TEST_MONGOD'] = program;
  globalThis.rollcallTestMongo = { dataDir, stop: () => mongo.stop() };
}
