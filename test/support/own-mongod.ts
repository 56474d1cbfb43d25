import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/storage/connection';
import { startEmbeddedMongo } from '../../src/storage/embedded/embedded-mongo';
import { keepExpired, testMongod, type TestDatabase } from './mongo';
import { createRememberingLog } from './remembering-log';

type Moment = 'commandStarted' | 'commandSucceeded';

/** A mongod that a test may freeze and kill, with a connection to it. */
export interface OwnMongod {
  readonly database: TestDatabase;
  freeze(): void;
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
  const freeze = () => void process.kill(pid, 'SIGSTOP');

  return {
    database: { connection, uri: mongo.uri, close: () => database.close() },
    freeze,
    thaw: () => void process.kill(pid, 'SIGCONT'),
    freezeAt(moment, command) {
      const client = connection.getClient();
      const watch = ({ commandName }: { commandName: string }) => {
        if (commandName !== command) return;
        client.off(moment, watch);
        freeze();
      };
      client.on(moment, watch);
    },
    async kill() {
      process.kill(pid, 'SIGKILL');
      const killed = pid;
      while (pid === killed || !Number.isInteger(pid) || pid === 0) {
        await new Promise((resolve) => setTimeout(resolve, 100));
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
