import type { Connection } from 'mongoose';
import { connect } from '../../src/storage/connection';

export interface TestDatabase {
  readonly connection: Connection;
  /** Names this database: another process or connection can be pointed at it. */
  readonly uri: string;
  /** Empties the database for the next test, and closes the connection. */
  close(): Promise<void>;
}

/** Empty ones, whose collections and indexes are there: making those takes longer than most tests. */
const emptied: string[] = [];
let opened = 0;

/** An empty database of its own on the MongoDB of this test run. Test files of one worker use the same ones in turn. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const uri = emptied.pop() ?? (await takeNext());
  const { connection, close } = await connect({ uri });
  return {
    connection,
    uri,
    async close() {
      await empty(connection);
      emptied.push(uri);
      await close();
    },
  };
}

/** One that this test file has not used yet, without what a file before it may have left when it failed. */
async function takeNext(): Promise<string> {
  opened += 1;
  const uri = testDatabaseUri(`test-${fromSetup('JEST_WORKER_ID')}-${opened}`);
  const { connection, close } = await connect({ uri });
  await empty(connection);
  await close();
  return uri;
}

async function empty(connection: Connection): Promise<void> {
  const collections = (await connection.db?.collections()) ?? [];
  await Promise.all(collections.map((collection) => collection.deleteMany({})));
}

export function testDatabaseUri(name: string): string {
  const uri = new URL(fromSetup('ROLLCALL_TEST_MONGODB_URI'));
  uri.pathname = `/${name}`;
  return uri.toString();
}

/** The mongod of this test run, for tests that start one themselves. */
export function testMongod(): string {
  return fromSetup('ROLLCALL_TEST_MONGOD');
}

function fromSetup(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with jest, which starts MongoDB first.`);
  return value;
}

/** A test's clock stands still, and what MongoDB thinks out of date by its own would be gone while the test needs it. */
export async function keepExpired(connection: Connection): Promise<void> {
  await connection.getClient().db('admin').command({ setParameter: 1, ttlMonitorEnabled: false });
}
