import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageAway } from '../../src/ports/storage-away';
import { answered } from '../../src/storage/away';
import { connect } from '../../src/storage/connection';
import { startEmbeddedMongo } from '../../src/storage/embedded/embedded-mongo';
import type { EmbeddedMongo } from '../../src/storage/embedded/embedded-mongo';
import { isAlive } from '../../src/storage/embedded/mongod-cache';
import { testMongod } from '../support/mongo';
import { createRememberingLog } from '../support/remembering-log';

let dataDir: string;
const started: EmbeddedMongo[] = [];
const log = createRememberingLog();

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-embedded-'));
});

afterEach(async () => {
  for (const mongo of started.splice(0)) await mongo.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedMongo> {
  const mongo = await startEmbeddedMongo({ program: testMongod(), dataDir, log });
  started.push(mongo);
  return mongo;
}

async function withDatabase<T>(uri: string, work: (db: Awaited<ReturnType<typeof connect>>) => Promise<T>) {
  const database = await connect({ uri });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const countKept = (uri: string) =>
  withDatabase(uri, ({ connection }) => connection.collection('kept').countDocuments({ written: true }));

async function mongodPid(): Promise<number> {
  return Number(await readFile(join(dataDir, 'mongo', 'mongod.lock'), 'utf8'));
}

async function until(holds: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += 50) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`It did not come to pass within ${withinMs} ms.`);
}

test('keeps its data over a restart, on whatever port', async () => {
  const first = await start();
  await withDatabase(first.uri, ({ connection }) =>
    connection.collection('kept').insertOne({ written: true }),
  );
  await first.stop();

  const second = await start();

  expect(second.uri).not.toBe(first.uri);
  expect(await countKept(second.uri)).toBe(1);
});

test('commits a transaction over two collections, and rolls one back', async () => {
  const { uri } = await start();
  await withDatabase(uri, async ({ connection }) => {
    const [users, audit] = [connection.collection('users'), connection.collection('audit')];
    const write = async (fails: boolean) =>
      connection.getClient().withSession((session) =>
        session.withTransaction(async () => {
          await users.insertOne({}, { session });
          await audit.insertOne({}, { session });
          if (fails) throw new Error('changed my mind');
        }),
      );
    await write(false);
    await expect(write(true)).rejects.toThrow('changed my mind');

    expect([await users.countDocuments(), await audit.countDocuments()]).toEqual([1, 1]);
  });
});

test('listens on the loopback address alone', async () => {
  const { uri } = await start();
  const options = await withDatabase(uri, ({ connection }) =>
    connection.getClient().db('admin').command({ getCmdLineOpts: 1 }),
  );
  expect(options['parsed']).toMatchObject({
    net: { bindIp: '127.0.0.1', unixDomainSocket: { enabled: false } },
    storage: { engine: 'wiredTiger' },
  });
});

test('refuses a second start on the same folder at once, in a sentence with the remedy', async () => {
  await start();
  const before = performance.now();

  await expect(start()).rejects.toThrow(
    `Another Rollcall (process ${process.pid}) uses the folder ${join(dataDir, 'mongo')} already. ` +
      'Stop that one, set DATA_DIR to another folder, or let both share one MONGODB_URI.',
  );
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('waits for the mongod of a killed Rollcall, and gives up in the same words', async () => {
  await start();
  await writeFile(join(dataDir, 'mongo', 'rollcall.pid'), `${await deadPid()}\n`);

  const second = startEmbeddedMongo({ program: testMongod(), dataDir, log, orphanWaitMs: 600 });

  await expect(second).rejects.toThrow('Another MongoDB uses the folder');
});

test('stops cleanly within a few seconds', async () => {
  const mongo = await start();
  const pid = await mongodPid();
  const before = performance.now();
  await mongo.stop();

  expect(performance.now() - before).toBeLessThan(4_000);
  expect(isAlive(pid)).toBe(false);
  expect(await readFile(join(dataDir, 'mongo', 'mongod.lock'), 'utf8')).toBe('');
});

test('comes back on the same port when mongod alone is killed, and is stopped like any other', async () => {
  const mongo = await start();
  await withDatabase(mongo.uri, async (database) => {
    const { connection } = database;
    await connection.collection('kept').insertOne({ written: true });
    const killed = await mongodPid();
    process.kill(killed, 'SIGKILL');
    await until(() => !isAlive(killed), 5_000);

    expect(await database.isUp()).toBe(false);
    await until(() => database.isUp(), 15_000);
    expect(await connection.collection('kept').countDocuments()).toBe(1);
  });
});

test('a mongod that hangs counts as away in time, and is used again as soon as it goes on', async () => {
  const { uri } = await start();
  await withDatabase(uri, async (database) => {
    const read = () => answered('read', () => database.connection.collection('kept').countDocuments());
    await read();
    const pid = await mongodPid();
    process.kill(pid, 'SIGSTOP');
    try {
      const before = performance.now();
      const [up] = await Promise.all([database.isUp(), expect(read()).rejects.toBeInstanceOf(StorageAway)]);

      expect(up).toBe(false);
      expect(performance.now() - before).toBeLessThan(5_000);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await until(() => database.isUp(), 10_000);
    expect(await read()).toBe(0);
  });
});

test('ends with a parent that is killed by SIGKILL, and what was acknowledged is there afterwards', async () => {
  const child = spawnChild();
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { uri } = JSON.parse(line) as { uri: string };
  const pid = await mongodPid();
  child.kill('SIGKILL');

  const next = await start();

  await until(() => !isAlive(pid), 2_000);
  expect(next.uri).not.toBe(uri);
  expect(await countKept(next.uri)).toBe(1);
});

function spawnChild() {
  const script = join(__dirname, '..', 'support', 'embedded-child.ts');
  const args = ['--import', 'tsx', script, testMongod(), dataDir];
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}
