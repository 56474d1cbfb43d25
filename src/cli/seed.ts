import { seed } from '../directory/mongo/seed';
import { realClock, realEntropy } from '../real';
import { withConfiguredDatabase } from './configured-database';
import { readSize } from './seed-size';

const inEnglish = new Intl.NumberFormat('en');

/** `npm run seed -- --users <number>`: made-up customers and users in the configured MongoDB, to try it at size. */
async function main(): Promise<void> {
  const size = readSize(process.argv.slice(2));
  const began = performance.now();
  const { users, customers, deleted } = await withConfiguredDatabase(({ accounts }) =>
    seed(size, realClock.now(), { accounts, entropy: realEntropy, onProgress: reporter(size.users) }),
  );
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `${inEnglish.format(users)} users (${inEnglish.format(deleted)} of them deleted) of ` +
      `${inEnglish.format(customers)} customers added in ${seconds} s.`,
  );
}

/** Tells about every tenth of the way. */
function reporter(all: number): (users: number) => void {
  let told = 0;
  return (users) => {
    const tenth = Math.floor((10 * users) / all);
    if (tenth <= told) return;
    told = tenth;
    console.error(`${inEnglish.format(users)} of ${inEnglish.format(all)} users`);
  };
}

main().catch((error: unknown) => {
  console.error(`Nothing more was written. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
