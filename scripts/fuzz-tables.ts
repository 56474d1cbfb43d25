/** `npm run fuzz -- 100000 [seed]`: reads that many generated files, good and hostile. */
import fc from 'fast-check';
import { noteResult } from '../bench/long-runs';
import { nothingBreaksIt, whatIsWrittenIsRead } from '../test/support/tables/properties';

const [files = '100000', seed] = process.argv.slice(2);
const options = {
  numRuns: Math.ceil(Number(files) / 2),
  ...(seed === undefined ? {} : { seed: Number(seed) }),
};

async function main(): Promise<void> {
  await fc.assert(whatIsWrittenIsRead, options);
  console.log(`${options.numRuns} tables were written and read again`);
  await fc.assert(nothingBreaksIt, options);
  console.log(`${options.numRuns} hostile files were refused, read, or found broken`);
  await noteResult(
    'npm run fuzz',
    `${options.numRuns} tables were written and read again the same, ${options.numRuns} hostile files broke nothing.`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
