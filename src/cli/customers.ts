import { readFile } from 'node:fs/promises';
import { loadCustomers, parseCustomers } from '../directory/mongo/load-customers';
import { realClock, realEntropy } from '../real';
import { withConfiguredDatabase } from './configured-database';

/** `npm run customers -- <file.json>`: loads customers into the configured MongoDB. */
async function main(): Promise<void> {
  const [path] = process.argv.slice(2);
  if (!path) throw new Error('Name the file: npm run customers -- <file.json>');
  const entries = await readCustomers(path);
  const { created, updated } = await withConfiguredDatabase((opened) =>
    loadCustomers(entries, realClock.now(), { ...opened, entropy: realEntropy }),
  );
  console.log(`${created} customers created, ${updated} updated.`);
}

async function readCustomers(path: string): Promise<ReturnType<typeof parseCustomers>> {
  const json = await readFile(path, 'utf8');
  try {
    return parseCustomers(json);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

main().catch((error: unknown) => {
  console.error(`Nothing more was written. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
