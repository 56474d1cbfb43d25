import { crashImports } from '../support/crash-imports';
import { startOwnMongod } from '../support/own-mongod';

test('Processes that are killed at random moments lose no row of a file and do none twice', async () => {
  const mongod = await startOwnMongod();

  const report = await crashImports(mongod.database, { rows: 2_000, kills: 2, longestLife: 900 });
  await mongod.close();

  expect(report).toMatchObject({ lost: 0, doubled: 0 });
  expect(report.kills).toBeGreaterThanOrEqual(2);
}, 120_000);
