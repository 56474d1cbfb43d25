import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connect } from '../../src/storage/connection';

export interface TestDatabase {
  readonly connection: Connection;
  /** Names this database: another process or connection can be pointed at it. */
  readonly uri: string;
  /** Drops the database and closes the connection. */
  close(): Promise<void>;
}

/** A database of its own on the MongoDB of this test run. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const uri = testDatabaseUri(`test-${randomUUID()}`);
  const database = await connect({ uri });
  return {
    connection: database.connection,
    uri,
    async close() {
      await database.connection.dropDatabase();
      await database.close();
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
