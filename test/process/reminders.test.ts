import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, spawnRollcall, untilReady, type Process } from '../support/process';
import { lastCardIn } from '../support/demo-client';

let dataDir: string;
let rollcall: Process;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-reminders-'));
  rollcall = spawnRollcall({ DATA_DIR: dataDir, PORT: await freePort() });
  await untilReady(rollcall);
}, 30_000);
afterAll(async () => {
  rollcall.child.kill('SIGTERM');
  await rollcall.ended;
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
});

it.each([
  ['alice', '2 deleted users will be lost soon'],
  ['benoit', '2 utilisateurs supprimés seront bientôt perdus'],
])('a demo that has just started reminds %s of those whom it will lose', async (name, title) => {
  const url = `${rollcall.url}/demo/messages?persona=web:${name}`;
  const read = async () => {
    const answer = await fetch(url, { headers: { origin: rollcall.url } });
    return lastCardIn(answer).catch(() => null);
  };
  let card = await read();
  for (let tries = 0; !card && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    card = await read();
  }

  expect(card?.text).toContain(title);
  expect(card?.text).toContain('Lena Vogel');
  expect(card?.text).toContain('Omar Haddad');
  expect(card?.text).toContain('Alice Martin');
  expect(card?.text).not.toContain('Ruth Adler');
});
