import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connect } from '../../src/storage/connection';

export interface TestDatabase {
  readonly connection: Connection;
  /** Names this database: another process or connection can be pointed at it. */
  readonly uri: string;
  /** Empties the database for the next test of this file, or drops it after the last, and closes the connection. */
  close(): Promise<void>;
}

/** Empty ones, whose collections and indexes are there: making those takes longer than most tests. */
const emptied: string[] = [];
let isLast = false;

async function dropEmptied(): Promise<void> {
  isLast = true;
  for (const uri of emptied.splice(0)) {
    const { connection, close } = await connect({ uri });
    await connection.dropDatabase();
    await close();
  }
}

// Child processes of tests and of the bench open databases that are given to them.
if ('afterAll' in globalThis) afterAll(dropEmptied);

/** An empty database of its own on the MongoDB of this test run. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const uri = emptied.pop() ?? testDatabaseUri(`test-${randomUUID()}`);
  const { connection, close } = await connect({ uri });
  return {
    connection,
    uri,
    async close() {
      if (isLast) await connection.dropDatabase();
      else {
        const collections = (await connection.db?.collections()) ?? [];
        await Promise.all(collections.map((collection) => collection.deleteMany({})));
        emptied.push(uri);
      }
      await close();
    },
  };
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
