import { openTestDatabase } from '../support/mongo';
import { soakReminders } from '../support/soak-reminders';

test('Processes that are killed at random moments miss no reminder, and say of each that may have come already', async () => {
  const database = await openTestDatabase();

  const report = await soakReminders(database, {
    ...{ processes: 2, kills: 2, longestLife: 600 },
    ...{ conversations: 3, customers: 4, usersEach: 5 },
  });
  await database.close();

  expect(report).toMatchObject({ missed: 0, unexplained: 0 });
  expect(report.kills).toBeGreaterThanOrEqual(2);
}, 120_000);
