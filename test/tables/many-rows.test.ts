import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { TableOpened } from '../../src/ports/tables';
import { open, write } from '../support/tables/reading';

const count = 40_000;
const mebibyte = 1024 * 1024;

/** A file of that many rows, never there as a whole: about 4 MiB. */
async function* file(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from('Prénom;Nom complet;Courrier;Fonction\r\n'));
  for (let at = 0; at < count; at += 1_000) {
    const lines = Array.from(
      { length: 1_000 },
      (_, row) =>
        `Zoé;"Zoé ""Z""\r\nBrûlé ${at + row}";zoe${at + row}@contoso.example;Ingénieure réseau et télécoms\r\n`,
    );
    yield Buffer.from(lines.join(''));
  }
}

async function openFile(): Promise<TableOpened> {
  const table = await open(file(), { name: 'many.csv', maxBytes: 1_000 * mebibyte });
  if (table.kind === 'refused') throw new Error(table.reason);
  return table;
}

/** The most bytes of objects and buffers that were needed beyond those at the start. */
function createMeter() {
  setFlagsFromString('--expose-gc');
  const collectGarbage: unknown = runInNewContext('gc');
  const used = () => {
    if (isCallable(collectGarbage)) collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const start = used();
  let most = 0;
  return {
    look: () => {
      most = Math.max(most, used() - start);
    },
    most: () => most,
  };
}

function isCallable(value: unknown): value is () => void {
  return typeof value === 'function';
}

it('reads and writes forty thousand rows without holding them', async () => {
  const table = await openFile();
  const meter = createMeter();
  let last = 0;
  let bytes = 0;

  async function* failed() {
    for await (const row of table.rows()) {
      last = row.line;
      if (row.line % 20_000 === 0) meter.look();
      yield { raw: row.raw, status: 'Déjà pris' };
    }
  }
  for await (const piece of write(table.dialect, failed())) bytes += piece.length;

  expect(last).toBe(2 * count);
  expect(bytes).toBeGreaterThan(4 * mebibyte);
  expect(meter.most()).toBeLessThan(6 * mebibyte);
});

it('waits for who reads: the source is not drained ahead', async () => {
  let given = 0;
  async function* counted() {
    for await (const piece of file()) {
      given += piece.length;
      yield piece;
    }
  }
  const table = await open(counted(), { name: 'many.csv', maxBytes: 1_000 * mebibyte });
  if (table.kind === 'refused') throw new Error(table.reason);

  const rows = table.rows()[Symbol.asyncIterator]();
  await rows.next();
  await new Promise((resolve) => setTimeout(resolve, 50));

  expect(given).toBeLessThan(3 * mebibyte);
  await rows.return?.();
});
