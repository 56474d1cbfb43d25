import { setTimeout as sleep } from 'node:timers/promises';
import { createDemoClient } from '../support/demo-client';
import { passwordIn } from '../support/letter-scene';
import { openTestDatabase, type TestDatabase } from '../support/mongo';
import { freePort, spawnRollcall, untilReady, type Process } from '../support/process';
import { startMailServer, type TestMailServer } from '../support/smtp';

let server: TestMailServer;
let database: TestDatabase;
const started: Process[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startMailServer({
    allowInsecureAuth: true,
    authOptional: false,
    onAuth: ({ username, password }, _, done) =>
      done(password === 'hush-hush' ? null : new Error('Wrong.'), { user: username }),
  });
});
afterAll(async () => {
  for (const one of started) {
    if (one.child.exitCode === null) one.child.kill('SIGKILL');
    await one.ended;
  }
  await server.close();
  await database.close();
});

async function start(): Promise<Process> {
  const SMTP_URL = server.url.replace('//', '//me:hush-hush@');
  const MAIL_FROM = 'Rollcall <rollcall@partner.example>';
  const env = { PORT: await freePort(), MONGODB_URI: database.uri, SMTP_URL, MAIL_FROM, LOG_LEVEL: 'debug' };
  const one = spawnRollcall(env);
  started.push(one);
  await untilReady(one);
  return one;
}

async function untilLetter(count: number): Promise<string> {
  for (let tries = 0; server.letters.length < count; tries += 1) {
    if (tries > 1_500) throw new Error(`There is no letter ${count}.`);
    await sleep(10);
  }
  return server.letters[count - 1]!.token;
}

async function stateOfLetter(): Promise<unknown> {
  return (await database.connection.collection('letters').findOne({}))?.state;
}

describe('The process', () => {
  it('killed after a letter left and before that was noted sends another, whose link is the one that works', async () => {
    const first = await start();
    const client = createDemoClient(first.url, 'web:alice');
    await client.press(await client.type('/customers contoso'), 'customers.pick');
    const values = { username: 'zoe', displayName: 'Zoé Durand' };
    const created = await client.press(await client.type('/add-user'), 'add-user.save', values);
    const form = await client.press(created, 'hand-over.mail');
    server.treat('silence');
    const queued = await client.press(form, 'hand-over.mail', { email: 'zoe@home.example' });
    expect(queued.text).toContain('is about to be sent');

    const lost = await untilLetter(1);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(await stateOfLetter()).toBe('queued');
    // The dead process's lease would run out after two minutes.
    await database.connection.collection('letters').updateOne({}, { $set: { dueAt: new Date(0) } });
    const second = await start();
    const good = await untilLetter(2);
    while ((await stateOfLetter()) !== 'sent') await sleep(50);

    const reveal = (token: string) => fetch(`${second.url}/s/${token}`, { method: 'POST' });
    expect((await reveal(lost)).status).toBe(410);
    const password = passwordIn(await (await reveal(good)).text());
    expect(password).not.toBe('');
    const said = first.output() + second.output();
    for (const secret of ['hush-hush', 'zoe@home.example', lost, good, password])
      expect(said).not.toContain(secret);
  }, 60_000);
});
