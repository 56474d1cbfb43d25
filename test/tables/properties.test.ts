import fc from 'fast-check';
import { nothingBreaksIt, whatIsWrittenIsRead } from '../support/tables/properties';

/** `npm run fuzz` tries many more. */
const files = 1_000;

it('reads again what it wrote, in every dialect', async () => {
  await fc.assert(whatIsWrittenIsRead, { numRuns: files });
});

it('is broken by no file', async () => {
  await fc.assert(nothingBreaksIt, { numRuns: files });
});
