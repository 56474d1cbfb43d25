import { readFile, writeFile } from 'node:fs/promises';
import type { Measurement } from './compare';
import { fillCustomers } from './customers';
import { measureMemory, measureMessages, measureStart } from './measurements';
import { measureDirectory } from './directory';
import { measureImportMemory, measureImports } from './imports';
import { startMongo } from './mongo';
import { writeReport } from './report';
import { measureCommands } from './slack';
import { measureSweep } from './sweep';
import { benchmarks, longRunsOn } from './long-runs';
import { fillUsers } from './users';

/** How much is measured. The short form is for a look between two changes: fewer rounds on smaller databases. */
const sizes = {
  full: {
    messages: { rounds: 5, warmUp: 5_000, messages: 2_000 },
    ...{
      starts: 11,
      memories: 3,
      users: 1_000_000,
      customers: 10_000,
      directory: { rounds: 21, calls: 100 },
      sweep: { due: 1_000, rounds: 21, looks: 20 },
    },
    imports: { rows: 100_000, rounds: 3 },
    memoryOfImports: { large: 1_000_000, small: 10_000, rounds: 1 },
  },
  short: {
    messages: { rounds: 3, warmUp: 2_000, messages: 1_000 },
    ...{ starts: 5, memories: 1, users: 100_000, customers: 1_000, directory: { rounds: 7, calls: 50 } },
    sweep: { due: 1_000, rounds: 7, looks: 20 },
    imports: { rows: 100_000, rounds: 1 },
    memoryOfImports: { large: 300_000, small: 10_000, rounds: 1 },
  },
} as const;

async function measureAll(
  uri: string,
  {
    messages,
    starts,
    memories,
    users,
    customers,
    directory,
    sweep,
    imports,
    memoryOfImports,
  }: (typeof sizes)[keyof typeof sizes],
): Promise<Measurement[]> {
  await fillCustomers(uri);
  console.log('`/customers` against an echo ...');
  const ofCustomers = await measureMessages('/customers', uri, messages);
  console.log('Start to /readyz ...');
  const start = await measureStart(uri, starts);
  console.log('Memory ...');
  const memory = await measureMemory(uri, { rounds: memories, messages: 10_000 });
  console.log(`${users} users ...`);
  const seeded = anotherDatabase(uri, 'bench-at-size');
  const filled = await fillUsers(seeded, { users, customers, deleted: 0.02 });
  console.log('`/users` against an echo ...');
  const ofUsers = await measureMessages('/users', seeded, messages);
  console.log('`/users` in Slack against an echo ...');
  const inSlack = await measureCommands('/users', seeded, messages);
  console.log('The directory against the driver ...');
  const ofDirectory = await measureDirectory(seeded, filled, directory);
  console.log('A look for whom to remind ...');
  const ofSweep = await measureSweep(seeded, sweep);
  console.log('Imports against the driver ...');
  const fresh = (name: string) => anotherDatabase(uri, `bench-${name}`);
  const ofImports = await measureImports(fresh, imports);
  console.log('Memory of imports ...');
  const ofRows = await measureImportMemory(fresh, memoryOfImports);
  return [ofCustomers, ofUsers, inSlack, start, memory, ...ofDirectory, ofSweep, ofImports, ofRows];
}

function anotherDatabase(uri: string, name: string): string {
  const url = new URL(uri);
  url.pathname = `/${name}`;
  return url.toString();
}

async function main(form: keyof typeof sizes): Promise<void> {
  const mongo = await startMongo();
  try {
    const report = writeReport(await measureAll(mongo.uri, sizes[form]), new Date(), sizes[form].users);
    const others = longRunsOn(await readFile(benchmarks, 'utf8'));
    await writeFile(benchmarks, others === '' ? report : `${report}\n${others}`);
    console.log(report);
  } finally {
    await mongo.stop();
  }
}

void main(process.argv.includes('--short') ? 'short' : 'full');
