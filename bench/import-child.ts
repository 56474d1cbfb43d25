import { keepHeapSmall } from '../src/heap';
import { connect } from '../src/storage/connection';
import { contoso, openImports } from '../test/support/imports';
import { rowsOf } from './import-rows';

/** Imports a file of so many rows, from its first byte to its last password, and tells its seconds and peak memory. */
async function main(uri: string, rows: number): Promise<void> {
  keepHeapSmall();
  const { connection, close } = await connect({ uri });
  const world = await openImports({ database: { connection, uri, close }, customers: [contoso] });
  const began = performance.now();
  const file = { name: 'people.csv', bytes: rowsOf(rows) };
  const checked = await world.imports.checkFile(world.request(), world.customer, file);
  if (checked.kind !== 'checked') throw new Error(JSON.stringify(checked));
  const readIn = performance.now() - began;
  const { id } = await world.start(checked.record, { usageLocation: 'FR' });
  await world.run();
  const done = await world.imports.find(id);
  if (done?.state !== 'done' || done.created !== rows) throw new Error(JSON.stringify(done));
  const seconds = (performance.now() - began) / 1000;
  // In KiB.
  const peak = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(JSON.stringify({ seconds, readIn: readIn / 1000, peak }));
  await close();
}

void main(process.argv[2] ?? '', Number(process.argv[3]));
