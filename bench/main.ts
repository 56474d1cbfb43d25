import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from './compare';
import { fillCustomers } from './customers';
import { measureMemory, measureMessages, measureStart } from './measurements';
import { measureDirectory } from './directory';
import { measureImportMemory, measureImports } from './imports';
import { startMongo } from './mongo';
import { writeReport } from './report';
import { measureCommands } from './slack';
import { fillUsers } from './users';

const file = join(__dirname, '..', 'docs', 'benchmarks.md');

async function measureAll(uri: string): Promise<Measurement[]> {
  await fillCustomers(uri);
  const amounts = { rounds: 7, warmUp: 5_000, messages: 2_000 };
  console.log('`/customers` against an echo ...');
  const customers = await measureMessages('/customers', uri, amounts);
  console.log('Start to /readyz ...');
  const start = await measureStart(uri, 11);
  console.log('Memory ...');
  const memory = await measureMemory(uri, { rounds: 3, messages: 10_000 });
  console.log('A million users ...');
  const seeded = anotherDatabase(uri);
  const filled = await fillUsers(seeded, { users: 1_000_000, customers: 10_000, deleted: 0.02 });
  console.log('`/users` against an echo ...');
  const users = await measureMessages('/users', seeded, amounts);
  console.log('`/users` in Slack against an echo ...');
  const inSlack = await measureCommands('/users', seeded, amounts);
  console.log('The directory against the driver ...');
  const directory = await measureDirectory(seeded, filled, { rounds: 21, calls: 100 });
  console.log('Imports against the driver ...');
  const fresh = (name: string) => anotherDatabase(uri, `bench-${name}`);
  const imports = await measureImports(fresh, { rows: 100_000, rounds: 3 });
  console.log('Memory of a million rows ...');
  const ofRows = await measureImportMemory(fresh, { large: 1_000_000, small: 10_000, rounds: 1 });
  return [customers, users, inSlack, start, memory, ...directory, imports, ofRows];
}

function anotherDatabase(uri: string, name = 'bench-at-size'): string {
  const url = new URL(uri);
  url.pathname = `/${name}`;
  return url.toString();
}

async function main(): Promise<void> {
  const mongo = await startMongo();
  try {
    const report = writeReport(await measureAll(mongo.uri), new Date());
    await writeFile(file, report);
    console.log(report);
  } finally {
    await mongo.stop();
  }
}

void main();
