import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { Schema } from 'mongoose';
import { StorageAway } from '../../src/ports/storage-away';
import { answered, isAway, toStorageAway } from '../../src/storage/away';
import { connect } from '../../src/storage/connection';
import type { Database } from '../../src/storage/connection';
import { startEmbeddedMongo } from '../../src/storage/embedded/embedded-mongo';
import { findFreePort } from '../../src/storage/embedded/free-port';
import { startMongod } from '../../src/storage/embedded/mongod-process';
import { describeMongoUri, withoutCredentials } from '../../src/storage/mongo-uri';
import { openTestDatabase, testDatabaseUri, testMongod } from '../support/mongo';
import { createRememberingLog } from '../support/remembering-log';

const refusal = (uri: string) =>
  connect({ uri }).then(
    () => 'connected',
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );

async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-connection-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe('a connection that cannot be had', () => {
  test('names the host, the cause and MONGODB_URI, and no credentials, within the time of one answer', async () => {
    const port = await findFreePort();
    const before = performance.now();
    const error = await refusal(`mongodb://ada:s3cr%21t@127.0.0.1:${port}/rollcall?replicaSet=rs0`);

    expect(String(error)).toMatch(
      new RegExp(`MongoDB at 127\\.0\\.0\\.1:${port} cannot be reached: .*ECONNREFUSED.*MONGODB_URI`),
    );
    expect(inspect(error, { depth: 9 })).not.toMatch(/ada|s3cr/);
    expect(performance.now() - before).toBeLessThan(4_500);
  });

  test.each([
    'postgres://ada:s3cret@127.0.0.1/x',
    'mongodb://ada:s3cret@127.0.0.1:0/x',
    'mongodb://ada:s3cret@/x',
    's3cret',
  ])('refuses %s in words that repeat none of it', async (uri) => {
    const error = String(await refusal(uri));

    expect(error).toContain('MONGODB_URI');
    expect(error).not.toContain('s3cret');
  });

  test('refuses a single server without transactions, and says how to make a set of it', async () => {
    await withFolder(async (folder) => {
      const port = await findFreePort();
      const start = await startMongod({ program: testMongod(), folder, port });
      if (start.kind !== 'running') throw new Error(start.kind);
      try {
        const error = String(await refusal(`mongodb://127.0.0.1:${port}/rollcall`));

        expect(error).toContain(`127.0.0.1:${port} is a single server`);
        expect(error).toContain('--replSet');
      } finally {
        await start.mongod.stop(2_000);
      }
    });
  });
});

test('the hosts of a connection string are shown without the rest', () => {
  expect(describeMongoUri('mongodb://a:b@one:1,two:2/db?x=y')).toBe('one:1,two:2');
  expect(describeMongoUri('mongodb+srv://a:p@ss@cluster.example/db')).toBe('cluster.example');
  expect(withoutCredentials('failed for a:p%40ss, p@ss', 'mongodb://a:p%40ss@h/')).toBe(
    'failed for ***, ***',
  );
});

describe('an open connection', () => {
  let database: Database;
  const commands: { name: string; ok: boolean; seconds: number }[] = [];
  beforeAll(async () => {
    const uri = testDatabaseUri('test-connection');
    database = await connect({ uri, metrics: { mongoCommand: (command) => void commands.push(command) } });
  });
  afterAll(async () => {
    await database.connection.dropDatabase();
    await database.close();
  });

  test('refuses fields that the schema does not know, in filters, updates and documents', async () => {
    const model = database.connection.model(
      'Strict',
      new Schema({ name: String, inner: new Schema({ a: String }) }),
    );
    const unknown = { nmae: 'x' } as object;

    await expect(model.find(unknown)).rejects.toThrow('nmae');
    await expect(model.updateOne({ name: 'x' }, { $set: unknown })).rejects.toThrow('nmae');
    expect(() => new model(unknown)).toThrow('nmae');
    await expect(new model({ inner: unknown }).validate()).rejects.toThrow('nmae');
  });

  test('checks enumerations in updates too', async () => {
    const model = database.connection.model(
      'Enum',
      new Schema({ state: { type: String, enum: ['on', 'off'] } }),
    );
    const update = { $set: { state: 'neither' as 'on' } };

    await expect(model.updateOne({}, update)).rejects.toThrow('neither');
  });

  test('writes with majority and journal', () => {
    const concern = database.connection.getClient().options.writeConcern;

    expect(concern).toMatchObject({ w: 'majority', journal: true });
  });

  test('reports every command with its duration, failed ones as such', async () => {
    commands.length = 0;
    await database.connection.collection('reported').findOne({});
    await database.connection
      .collection('reported')
      .findOne({ $nonsense: 1 })
      .catch(() => undefined);

    expect(commands.map(({ name, ok }) => ({ name, ok }))).toEqual([
      { name: 'find', ok: true },
      { name: 'find', ok: false },
    ]);
    expect(commands.every(({ seconds }) => seconds >= 0 && seconds < 5)).toBe(true);
  });

  test('makes neither collections nor indexes by itself', async () => {
    database.connection.model('Untouched', new Schema({ name: String }).index({ name: 1 }, { unique: true }));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const names = (await database.connection.listCollections()).map(({ name }) => name);

    expect(names).not.toContain('untoucheds');
  });
});

test('each test database is its own', async () => {
  const [one, two] = [await openTestDatabase(), await openTestDatabase()];
  await one.connection.collection('c').insertOne({});

  expect(await two.connection.collection('c').countDocuments()).toBe(0);
  await Promise.all([one.close(), two.close()]);
});

describe('when MongoDB goes away', () => {
  test('reads and writes say so in time, a write as uncertain, and isUp does too', async () => {
    await withFolder(async (dataDir) => {
      const options = { program: testMongod(), dataDir, log: createRememberingLog() };
      const first = await startEmbeddedMongo(options);
      const database = await connect({ uri: first.uri });
      const collection = database.connection.collection('c');
      await collection.insertOne({});
      expect(await database.isUp()).toBe(true);
      await first.stop();

      const before = performance.now();
      const faults = await Promise.all([
        answered('read', () => collection.findOne({})).catch((error: unknown) => error),
        answered('write', () => collection.insertOne({})).catch((error: unknown) => error),
      ]);
      expect(performance.now() - before).toBeLessThan(5_000);
      expect(faults).toEqual([expect.any(StorageAway), expect.any(StorageAway)]);
      expect(faults.map((fault) => (fault as StorageAway).uncertain)).toEqual([false, true]);
      expect(await database.isUp()).toBe(false);
      await database.close();
    });
  });

  test('a server that takes the connection and says nothing counts as away in time', async () => {
    const before = performance.now();
    const hung = answered('write', () => new Promise<never>(() => undefined), 300);

    await expect(hung).rejects.toBeInstanceOf(StorageAway);
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  test('a server that never answers the first greeting is given up like one that is not there', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;

    expect(String(await refusal(`mongodb://127.0.0.1:${port}/x`))).toContain('cannot be reached');
    server.close();
  });

  test("errors that are an answer stay as they are, and only the driver's silence becomes StorageAway", async () => {
    const database = await openTestDatabase();
    const collection = database.connection.collection<{ _id: string }>('c');
    await collection.insertOne({ _id: 'same' });
    const error = await collection.insertOne({ _id: 'same' }).catch((fault: unknown) => fault);
    await database.close();

    expect(isAway(error)).toBe(false);
    expect(toStorageAway(error, true)).toBe(error);
    const closed = await collection.findOne({ _id: 'same' }).catch((fault: unknown) => fault);
    expect(toStorageAway(closed, false)).toMatchObject({
      name: 'StorageAway',
      uncertain: false,
      cause: closed,
    });
  });
});
