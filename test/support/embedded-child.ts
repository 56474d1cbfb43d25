import { once } from 'node:events';
import mongoose from 'mongoose';
import { startEmbeddedMongo } from '../../src/storage/embedded/embedded-mongo';

/** A process that starts MongoDB in a folder, writes one acknowledged document and then waits to be killed. */
async function main(program: string, dataDir: string): Promise<void> {
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const mongo = await startEmbeddedMongo({ program, dataDir, log });
  const connection = await mongoose.createConnection(mongo.uri).asPromise();
  const writeConcern = { w: 'majority', journal: true } as const;
  await connection.collection('kept').insertOne({ written: true }, { writeConcern });
  process.stdout.write(`${JSON.stringify({ uri: mongo.uri })}\n`);
  await once(process.stdin, 'close');
}

void main(process.argv[2] ?? '', process.argv[3] ?? '');
