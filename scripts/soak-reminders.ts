import { parseArgs } from 'node:util';
import { startMongo } from '../bench/mongo';
import { noteResult } from '../bench/long-runs';
import { connect } from '../src/storage/connection';
import { soakReminders } from '../test/support/soak-reminders';

/** `npm run soak:reminders`: 1,000 due reminders at a time, by five processes that are killed at random moments. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '100' },
      processes: { type: 'string', default: '5' },
      life: { type: 'string', default: '2000' },
    },
  });
  const [kills, processes, longestLife] = [values.kills, values.processes, values.life].map(Number);
  if (!kills || !processes || !longestLife) throw new Error('Each option is a number.');
  const mongo = await startMongo();
  try {
    const { connection, close } = await connect({ uri: mongo.uri });
    const report = await soakReminders(
      { connection, uri: mongo.uri, close },
      { processes, kills, longestLife, conversations: 10, customers: 20, usersEach: 5 },
    );
    await close();
    console.log(JSON.stringify(report));
    const { reminders, missed, doubled, unexplained } = report;
    await noteResult(
      'npm run soak:reminders',
      `${report.kills} kills of ${processes} processes, ${reminders} reminders: missed ${missed}; came again after a kill, ` +
        `marked as repeats, ${doubled - unexplained}; came again otherwise ${unexplained}.`,
    );
    if (missed + unexplained > 0) process.exitCode = 1;
  } finally {
    await mongo.stop();
  }
}

void main();
