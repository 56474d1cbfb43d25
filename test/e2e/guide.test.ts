import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openTestDatabase, type TestDatabase } from '../support/mongo';
import { freePort, spawnRollcall, untilReady, type Process } from '../support/process';
import { launchBrowser, withScreenshot } from './browser';
import { keepIn, openClient } from './guide/client';
import { beReminded } from './guide/be-reminded';
import { bringIn } from './guide/bring-in';
import { deleteAndRestore } from './guide/delete-and-restore';
import { hire } from './guide/hire';
import { manage } from './guide/manage';
import { ageLink, storeStaff } from './guide/people';
import { stories } from './guide/stories';
import { supervise } from './guide/supervise';

/** `npm run guide` names the folder of the guide's pictures; no others are taken, which would cost half a minute. */
const pictures = process.env['GUIDE_PICTURES'];

let browser: Browser;
let database: TestDatabase;
let rollcall: Process;

beforeAll(async () => {
  database = await openTestDatabase();
  const eager = { LOG_LEVEL: 'warn', REMINDER_SCHEDULE: '*/2 * * * * *' };
  rollcall = spawnRollcall({ MONGODB_URI: database.uri, PORT: await freePort(), ...eager });
  [browser] = await Promise.all([launchBrowser(), untilReady(rollcall)]);
  for (const { staff } of stories) await storeStaff(database.connection, staff, new Date());
}, 60_000);

afterAll(async () => {
  await browser.close();
  rollcall.child.kill('SIGTERM');
  await rollcall.ended;
  await database.close();
});

it('a helpdesk agent may not manage operators', async () => {
  const hugo = await openClient(browser, { url: rollcall.url, persona: 'hugo', language: 'en' });
  await hugo.say('/operators');
  const denied = await hugo.card(hugo.t('denied.title'));
  await denied.getByText(hugo.t('roles.admin_agent')).first().waitFor();
  expect(hugo.complaints).toEqual([]);
});

describe.each(stories)("an operator's day in the demo page ($language)", (story) => {
  const { language, persona, newcomer } = story;

  it('goes from the customer to the audit trail, and says at each step what happened', async () => {
    const who = { url: rollcall.url, language };
    const client = await openClient(
      browser,
      { ...who, persona },
      pictures === undefined ? undefined : keepIn(join(pictures, language)),
    );
    const colleague = await openClient(browser, { ...who, persona: newcomer });
    await withScreenshot(client.page, `guide ${language}`, async () => {
      const leaveLinkUnopened = () => ageLink(database.connection, story.staff);
      const day = { ...story, client, leaveLinkUnopened };
      await hire(day);
      await manage(day);
      await deleteAndRestore(day);
      await supervise(day, colleague);
      await bringIn(day);
      await beReminded(day);
    });
    expect([...client.complaints, ...colleague.complaints]).toEqual([]);
  }, 120_000);
});
