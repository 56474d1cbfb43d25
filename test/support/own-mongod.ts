import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/storage/connection';
import { startEmbeddedMongo } from '../../src/storage/embedded/embedded-mongo';
import { keepExpired, testMongod, type TestDatabase } from './mongo';
import { createRememberingLog } from './remembering-log';

type Moment = 'commandStarted' | 'commandSucceeded';

/** A mongod that a test may freeze and kill, with a connection to it. */
export interface OwnMongod {
  readonly database: TestDatabase;
  /** Resolves when it stands still. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Freezes it once, at the next command of that name: as it is sent, or as its answer arrives. */
  freezeAt(moment: Moment, command: string): void;
  /** Ends it the hard way; it is started again by itself. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function startOwnMongod(): Promise<OwnMongod> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-own-'));
  const mongo = await startEmbeddedMongo({ program: testMongod(), dataDir, log: createRememberingLog() });
  const { connection, ...database } = await connect({
    uri: mongo.uri,
    metrics: { mongoCommand: () => undefined },
  });
  await keepExpired(connection);
  const readPid = async () => Number(await readFile(join(dataDir, 'mongo', 'mongod.lock'), 'utf8'));
  let pid = await readPid();
  const stop = () => void process.kill(pid, 'SIGSTOP');

  return {
    database: { connection, uri: mongo.uri, close: () => database.close() },
    async freeze() {
      stop();
      while (!(await standsStill(pid))) await sleep(1);
    },
    thaw: () => void process.kill(pid, 'SIGCONT'),
    freezeAt(moment, command) {
      const client = connection.getClient();
      const watch = ({ commandName }: { commandName: string }) => {
        if (commandName !== command) return;
        client.off(moment, watch);
        stop();
      };
      client.on(moment, watch);
    },
    async kill() {
      process.kill(pid, 'SIGKILL');
      const killed = pid;
      while (pid === killed || !Number.isInteger(pid) || pid === 0) {
        await sleep(100);
        pid = await readPid();
      }
    },
    async close() {
      await database.close();
      await mongo.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A busy machine takes a moment to stop all its threads. Only Linux says so; elsewhere it is taken for granted. */
async function standsStill(pid: number): Promise<boolean> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const stats = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
  return (await Promise.all(stats)).every((stat) => /\) T /.test(stat));
}
