import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoClient } from '../support/demo-client';
import { freePort, spawnRollcall, untilReady, type Process } from '../support/process';
import { openFakeSlack, type FakeSlack } from '../support/slack/fake-slack';
import { createSlackPerson } from '../support/slack/slack-person';

let dataDir: string;
let fake: FakeSlack;
const started: Process[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-process-'));
  fake = await openFakeSlack();
});
afterEach(async () => {
  for (const one of started.splice(0)) {
    if (one.child.exitCode === null) one.child.kill('SIGKILL');
    await one.ended;
  }
  await fake.close();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
});

async function startWithSlack(env: Readonly<Record<string, string>> = {}): Promise<Process> {
  const port = await freePort();
  const one = spawnRollcall({
    DATA_DIR: dataDir,
    PORT: port,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DEMO: 'true',
    SLACK_API_URL: fake.apiUrl,
    SLACK_BOT_TOKEN: fake.token,
    SLACK_SIGNING_SECRET: fake.signingSecret,
    ...env,
  });
  started.push(one);
  await untilReady(one);
  return one;
}

const person = ({ url }: Process) =>
  createSlackPerson(fake, { user: { id: 'UADA', name: 'Ada Byron' }, eventsUrl: `${url}/slack/events` });

describe('The process with Slack', () => {
  it('has the demo and Slack on one port, and ends with 0', async () => {
    const one = await startWithSlack();
    const ada = person(one);
    const demo = createDemoClient(one.url, 'web:alice');
    await ada.until(() => fake.calls.some(({ method }) => method === 'auth.test'));

    await ada.command('/add-user');
    await ada.until(() => ada.shown().includes('Contoso'));
    const typed = await demo.type('/rollcall');

    expect(typed.text).toContain('What would you like to do?');
    expect(ada.troubles).toEqual([]);
    expect(fake.refusals).toEqual([]);
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
  }, 60_000);

  it('leaves the demo alone where its token is wrong, and says in one sentence what to do', async () => {
    const one = await startWithSlack({ SLACK_BOT_TOKEN: 'xoxb-of-another-app' });
    const ada = person(one);
    const demo = createDemoClient(one.url, 'web:alice');

    const [refused, typed] = [await ada.command('/rollcall'), await demo.type('/rollcall')];

    expect(typed.text).toContain('What would you like to do?');
    expect(refused.status).toBe(200);
    expect(ada.whispers()[0]?.text).toContain('nothing was done');
    expect(one.output()).toContain('SLACK_BOT_TOKEN');
    expect(one.output()).not.toContain('xoxb-of-another-app');
    one.child.kill('SIGTERM');
    expect(await one.ended).toBe(0);
  }, 60_000);
});
