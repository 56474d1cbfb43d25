import { parseArgs } from 'node:util';
import { noteResult } from '../bench/long-runs';
import { startMongo } from '../bench/mongo';
import { connect } from '../src/storage/connection';
import { crashImports } from '../test/support/crash-imports';

/** `npm run crash -- --kills 100`: imports whose processes are killed at random moments must lose and double nothing. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '100' },
      rows: { type: 'string', default: '20000' },
      life: { type: 'string', default: '1500' },
    },
  });
  const [kills, rows, longestLife] = [Number(values.kills), Number(values.rows), Number(values.life)];
  const mongo = await startMongo();
  try {
    const { connection, close } = await connect({ uri: mongo.uri });
    const report = await crashImports({ connection, uri: mongo.uri, close }, { kills, rows, longestLife });
    await close();
    console.log(JSON.stringify(report));
    await noteResult(
      'npm run crash',
      `${report.kills} kills in ${report.files} imports of ${rows} rows: lost ${report.lost}, doubled ${report.doubled}.`,
    );
    if (report.lost + report.doubled > 0) process.exitCode = 1;
  } finally {
    await mongo.stop();
  }
}

void main();
