import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDemoClient } from '../support/demo-client';
import { freePort, spawnRollcall, untilReady, type Process } from '../support/process';

let dataDir: string;
const started: Process[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-process-'));
});
afterEach(async () => {
  for (const one of started.splice(0)) {
    if (one.child.exitCode === null) one.child.kill('SIGKILL');
    await one.ended;
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<Process> {
  const one = spawnRollcall({ DATA_DIR: dataDir, PORT: await freePort(), ...env });
  started.push(one);
  return one;
}

async function startReady(): Promise<Process> {
  const one = await start();
  await untilReady(one);
  return one;
}

/** Adds users one after the other until the process is gone; answers whom it acknowledged. */
async function addUsersUntilGone(url: string, each: (count: number) => void): Promise<string[]> {
  const client = createDemoClient(url, 'web:alice');
  const acknowledged: string[] = [];
  try {
    await client.press(await client.type('/customers contoso'), 'customers.pick');
    for (;;) {
      const username = `user${acknowledged.length}`;
      const done = await client.press(await client.type('/add-user'), 'add-user.save', {
        username,
        displayName: 'Somebody',
      });
      if (!done.text.includes('Account created')) throw new Error(`Not created: ${done.text}`);
      acknowledged.push(`${username}@contoso.example`);
      each(acknowledged.length);
    }
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Not created')) throw error;
    return acknowledged;
  }
}

describe('The process', () => {
  it('loses nothing acknowledged when it is killed in the middle of its work', async () => {
    const first = await startReady();

    const acknowledged = await addUsersUntilGone(first.url, (count) => {
      if (count === 12) setTimeout(() => first.child.kill('SIGKILL'), 7);
    });
    const second = await startReady();

    expect(acknowledged.length).toBeGreaterThanOrEqual(12);
    const client = createDemoClient(second.url, 'web:alice');
    await client.press(await client.type('/customers contoso'), 'customers.pick');
    for (const upn of acknowledged) {
      const [username = ''] = upn.split('@');
      const again = await client.press(await client.type('/add-user'), 'add-user.save', {
        username,
        displayName: 'Somebody',
      });
      expect(again.fault('username')).toMatch(/already has this name/);
    }
  }, 60_000);

  it('ends with 0 on SIGTERM, within ten seconds, also while a page listens', async () => {
    const one = await startReady();
    const page = await fetch(`${one.url}/demo/events?persona=web:alice`, { headers: { origin: one.url } });
    const asked = Date.now();

    one.child.kill('SIGTERM');

    expect(await one.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    await page.body?.cancel().catch(() => undefined);
  });

  it('ends with 0 on SIGTERM while it still starts, however long that would have taken', async () => {
    const [slow, reached] = [join(dataDir, 'mongod'), join(dataDir, 'reached')];
    writeFileSync(slow, `#!/bin/sh\ntouch '${reached}'\nexec sleep 8\n`, { mode: 0o755 });
    const one = await start({ MONGOD_PATH: slow });
    while (!existsSync(reached)) await sleep(50);
    const asked = Date.now();

    one.child.kill('SIGTERM');

    expect(await one.ended).toBe(0);
    expect(Date.now() - asked).toBeLessThan(4_000);
  });

  it('refuses a folder that another one uses, in one sentence and without a stack', async () => {
    await startReady();

    const second = await start();

    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/uses the folder .*mongo already\. Stop that one/);
    expect(second.output()).not.toMatch(/\bat .*\.js:\d+/);
  });

  it('says every wrong variable at once and ends with 1', async () => {
    const one = await start({ PORT: 'http', LOG_LEVEL: 'loud', MicrosoftAppId: 'x' });

    expect(await one.ended).toBe(1);
    expect(one.output()).toMatch(/PORT: /);
    expect(one.output()).toMatch(/LOG_LEVEL: /);
    expect(one.output()).toMatch(/MicrosoftAppTenantId: |PUBLIC_URL: /);
  });

  it('explains in production that a chat is needed, and ends with 1', async () => {
    const one = await start({ NODE_ENV: 'production' });

    expect(await one.ended).toBe(1);
    expect(one.output()).toMatch(/MicrosoftAppId/);
  });

  it('says that its port is taken, and ends with 1', async () => {
    const first = await startReady();
    const other = mkdtempSync(join(tmpdir(), 'rollcall-process-'));

    const second = await start({ PORT: new URL(first.url).port, DATA_DIR: other });

    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/PORT/);
    rmSync(other, { recursive: true, force: true });
  });
});
