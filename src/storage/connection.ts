import { Mongoose } from 'mongoose';
import type { ConnectOptions, Connection, mongo, Schema } from 'mongoose';
import type { Metrics } from '../ports/metrics';
import { driverAdapters } from './driver-options';
import { describeMongoUri, withoutCredentials } from './mongo-uri';

export interface ConnectionOptions {
  readonly uri: string;
  /** Told of every command that MongoDB was sent. */
  readonly metrics?: Pick<Metrics, 'mongoCommand'>;
}

/** The one connection of the process, checked and ready for models. */
export interface Database {
  readonly connection: Connection;
  /** Whether MongoDB answers within a second. Never throws. */
  isUp(): Promise<boolean>;
  close(): Promise<void>;
}

/** MongoDB cannot be used as it is configured; the message names the host, the cause and the remedy, no credentials. */
export class DatabaseUnusable extends Error {
  override readonly name = 'DatabaseUnusable';
}

const settings = {
  ...driverAdapters,
  appName: 'rollcall',
  serverSelectionTimeoutMS: 3_000,
  connectTimeoutMS: 3_000,
  socketTimeoutMS: 20_000,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 10_000 },
} satisfies ConnectOptions;

/** Connects within about 3 s. Throws `DatabaseUnusable` when MongoDB does not answer or has no transactions. */
export async function connect({ uri, metrics }: ConnectionOptions): Promise<Database> {
  const connection = await open(uri, metrics !== undefined);
  try {
    await assertTransactions(connection, uri);
  } catch (error) {
    await connection.close();
    throw error;
  }
  if (metrics) reportCommands(connection.getClient(), metrics);
  return {
    connection,
    isUp: () => isUp(connection),
    close: () => connection.close(),
  };
}

async function open(uri: string, monitorCommands: boolean): Promise<Connection> {
  const connection = strictMongoose().createConnection();
  connection.plugin(beStrict);
  try {
    return await connection.openUri(uri, { ...settings, monitorCommands });
  } catch (error) {
    await connection.close().catch(() => undefined);
    const cause = withoutCredentials(error instanceof Error ? error.message : String(error), uri);
    const remedy = 'Check that it runs and what MONGODB_URI says.';
    throw new DatabaseUnusable(`MongoDB at ${describeMongoUri(uri)} cannot be reached: ${cause}. ${remedy}`);
  }
}

/** An instance of its own: mongoose's settings are otherwise shared by all that require it. */
function strictMongoose(): Mongoose {
  const mongoose = new Mongoose();
  mongoose.set('strictQuery', 'throw');
  mongoose.set('runValidators', true);
  return mongoose;
}

function beStrict(schema: Schema): void {
  schema.set('strict', 'throw');
  schema.set('strictQuery', 'throw');
}

async function assertTransactions(connection: Connection, uri: string): Promise<void> {
  const hello = await connection.getClient().db('admin').command({ hello: 1 });
  if (hello['setName'] !== undefined || hello['msg'] === 'isdbgrid') return;
  throw new DatabaseUnusable(
    `MongoDB at ${describeMongoUri(uri)} is a single server, and Rollcall needs transactions: start it with --replSet ` +
      'and run rs.initiate() once (a replica set of one will do), then name the set in MONGODB_URI.',
  );
}

async function isUp(connection: Connection): Promise<boolean> {
  const answer = connection
    .getClient()
    .db('admin')
    .command({ ping: 1 }, { signal: AbortSignal.timeout(1_000) });
  return answer.then(
    () => true,
    () => false,
  );
}

function reportCommands(client: mongo.MongoClient, metrics: Pick<Metrics, 'mongoCommand'>): void {
  const report = (ok: boolean) => (event: { commandName: string; duration: number }) =>
    metrics.mongoCommand({ name: event.commandName, ok, seconds: event.duration / 1000 });
  client.on('commandSucceeded', report(true));
  client.on('commandFailed', report(false));
}
