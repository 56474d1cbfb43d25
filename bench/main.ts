import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from './compare';
import { fillCustomers } from './customers';
import { measureMemory, measureMessages, measureStart } from './measurements';
import { startMongo } from './mongo';
import { writeReport } from './report';

const file = join(__dirname, '..', 'docs', 'benchmarks.md');

async function measureAll(uri: string): Promise<Measurement[]> {
  await fillCustomers(uri);
  console.log('`/customers` against an echo ...');
  const messages = await measureMessages(uri, { rounds: 7, warmUp: 5_000, messages: 2_000 });
  console.log('Start to /readyz ...');
  const start = await measureStart(uri, 11);
  console.log('Memory ...');
  const memory = await measureMemory(uri, { rounds: 3, messages: 10_000 });
  return [messages, start, memory];
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
