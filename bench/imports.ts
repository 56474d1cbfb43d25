import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { accountsOf } from '../src/directory/mongo/accounts';
import { connect } from '../src/storage/connection';
import { createIndexes, recordsOf } from '../src/storage/records';
import { inRounds, type Measurement } from './compare';

const run = promisify(execFile);
const batch = 500;

interface Imported {
  readonly seconds: number;
  /** Of these, until the dry run stood. */
  readonly readIn: number;
  /** MiB. */
  readonly peak: number;
}

/** A whole file in a process of its own, on a database of its own that is left as it is. */
async function importFile(uri: string, rows: number): Promise<Imported> {
  const args = ['--import', 'tsx', join(__dirname, 'import-child.ts'), uri, String(rows)];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1024 * 1024 });
  return JSON.parse(stdout) as Imported;
}

/** The users and audit entries that an import leaves, inserted by the driver alone into collections with the same indexes. */
async function insertRaw(from: string, to: string): Promise<number> {
  const [source, target] = [await connect({ uri: from }), await connect({ uri: to })];
  recordsOf(target.connection);
  accountsOf(target.connection);
  await createIndexes(target.connection);
  let seconds = 0;
  for (const name of ['users', 'audit', 'auditDetails']) {
    let documents: object[] = [];
    const insert = async (): Promise<void> => {
      if (documents.length === 0) return;
      const began = performance.now();
      await target.connection.collection(name).insertMany(documents);
      seconds += (performance.now() - began) / 1000;
      documents = [];
    };
    for await (const document of source.connection.collection(name).find()) {
      documents.push(document);
      if (documents.length >= batch) await insert();
    }
    await insert();
  }
  await target.connection.dropDatabase();
  await Promise.all([source.close(), target.close()]);
  return seconds;
}

/** From the first byte of a file to the last password, beside the writing of the same documents and nothing else. */
export async function measureImports(
  databaseUri: (name: string) => string,
  { rows, rounds }: { readonly rows: number; readonly rounds: number },
): Promise<Measurement> {
  const kept = databaseUri('imported');
  await importFile(kept, rows);
  const found = await inRounds(rounds, {
    floor: async () => rows / (await insertRaw(kept, databaseUri('raw'))),
    async rollcall() {
      const { seconds } = await importFile(databaseUri('again'), rows);
      await drop(databaseUri('again'));
      return rows / seconds;
    },
  });
  await drop(kept);
  const title = `Import of ${rows.toLocaleString('en')} rows`;
  return { title, unit: 'rows a second', target: { atLeast: 0.4 }, ...found };
}

/** Peak memory of the process that checks and imports a large file, beside that of a small one. */
export async function measureImportMemory(
  databaseUri: (name: string) => string,
  { large, small, rounds }: { readonly large: number; readonly small: number; readonly rounds: number },
): Promise<Measurement> {
  const peakOf = (rows: number) => async () => {
    const { peak } = await importFile(databaseUri('peak'), rows);
    await drop(databaseUri('peak'));
    return peak;
  };
  const found = await inRounds(rounds, { floor: peakOf(small), rollcall: peakOf(large) });
  const title = `Import of ${large.toLocaleString('en')} rows beside ${small.toLocaleString('en')}`;
  return { title, unit: 'MiB resident at the most', target: { atMost: 1.2 }, ...found };
}

async function drop(uri: string): Promise<void> {
  const { connection, close } = await connect({ uri });
  await connection.dropDatabase();
  await close();
}
