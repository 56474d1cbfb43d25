import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../ports/log';
import { findFreePort } from './free-port';
import { keepRunning } from './keep-running';
import { startMongod } from './mongod-process';
import type { RunningMongod } from './mongod-process';
import { findLiveOwner, writeOwner } from './owner';
import { becomePrimary } from './replica-set';

export interface EmbeddedMongoOptions {
  /** From `findMongod`. */
  readonly program: string;
  /** The files lie in `mongo` below it. */
  readonly dataDir: string;
  readonly log: Log;
  /** How long the mongod of a killed Rollcall may take to end; 15 s unless told. */
  readonly orphanWaitMs?: number;
}

export interface EmbeddedMongo {
  readonly uri: string;
  /** Ends mongod cleanly, within 5 s. */
  stop(): Promise<void>;
}

/** Another process uses the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';

  constructor(folder: string, owner: number | null) {
    const who = owner === null ? 'Another MongoDB' : `Another Rollcall (process ${owner})`;
    const remedy = 'Stop that one, set DATA_DIR to another folder, or let both share one MONGODB_URI.';
    super(`${who} uses the folder ${folder} already. ${remedy}`);
  }
}

const replicaSet = 'rollcall';

/**
 * A genuine mongod as a replica set of one, on 127.0.0.1 only. It ends with this process, however that ends, and is
 * started again on the same port should it end by itself.
 */
export async function startEmbeddedMongo(options: EmbeddedMongoOptions): Promise<EmbeddedMongo> {
  const folder = join(resolve(options.dataDir), 'mongo');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mongod, port } = await startFirst(options, folder);
  const restart = () => startAgain(options.program, folder, port, options.log);
  const kept = keepRunning(mongod, restart, options.log);
  return {
    uri: `mongodb://127.0.0.1:${port}/rollcall?replicaSet=${replicaSet}`,
    stop: () => kept.stop(),
  };
}

async function startFirst(
  { program, orphanWaitMs = 15_000 }: EmbeddedMongoOptions,
  folder: string,
): Promise<{ mongod: RunningMongod; port: number }> {
  const ownerFile = join(folder, 'rollcall.pid');
  const pauseMs = 250;
  for (let waited = 0; ;) {
    const port = await findFreePort();
    const start = await startMongod({ program, folder, port, replicaSet });
    if (start.kind === 'running') {
      await writeOwner(ownerFile);
      return { mongod: await asPrimary(start.mongod, port), port };
    }
    if (start.kind === 'failed') throw new Error(`The embedded MongoDB did not start: ${start.reason}.`);
    if (start.kind === 'port-in-use') continue;
    const owner = await findLiveOwner(ownerFile);
    if (owner !== null || waited >= orphanWaitMs) throw new FolderInUse(folder, owner);
    await sleep(pauseMs);
    waited += pauseMs;
  }
}

async function startAgain(
  program: string,
  folder: string,
  port: number,
  log: Log,
): Promise<RunningMongod | null> {
  try {
    const start = await startMongod({ program, folder, port, replicaSet });
    if (start.kind === 'running') return await asPrimary(start.mongod, port);
    log.error({ outcome: start }, 'The embedded MongoDB could not be started again');
  } catch (error) {
    log.error({ err: error }, 'The embedded MongoDB could not be started again');
  }
  return null;
}

async function asPrimary(mongod: RunningMongod, port: number): Promise<RunningMongod> {
  try {
    await becomePrimary(replicaSet, port, 20_000);
    return mongod;
  } catch (error) {
    await mongod.stop(2_000);
    throw error;
  }
}
