import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startDemoServer, type DemoServer, type Script } from '../support/demo-server';
import { textCard } from '../support/sample-card';
import { violationsOn } from './accessibility';
import { launchBrowser, withScreenshot } from './browser';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-files-'));
const csv = join(folder, 'new users.csv');
writeFileSync(csv, 'User Principal Name\nzoe@contoso.example\n');

const script: Script = async ({ input }) => {
  if (input.kind !== 'file') return { place: 'below', card: { name: 'text', data: { said: 'Hello' } } };
  const chunks: Uint8Array[] = [];
  for await (const chunk of await input.file.open()) chunks.push(chunk);
  const said = `${input.file.name} has ${Buffer.concat(chunks).toString().split('\n').length - 1} lines`;
  return { place: 'below', card: { name: 'text', data: { said } } };
};

let browser: Browser;
let server: DemoServer;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startDemoServer(script, (card) => textCard(JSON.stringify(card.data['said']).slice(1, -1)));
}, 60_000);

afterAll(async () => {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

beforeEach(async () => {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1000, height: 700 } });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/#alice`);
  await page.getByRole('heading', { name: 'Hello' }).first().waitFor();
});

afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

/** Holds files over the page, then drops them or carries them away. */
const drag = (event: string, names: readonly string[]) =>
  page.evaluate(`(() => {
    const carried = new DataTransfer();
    for (const name of ${JSON.stringify(names)}) carried.items.add(new File(['a\\nb\\n'], name));
    const options = { dataTransfer: carried, bubbles: true, cancelable: true };
    return document.body.dispatchEvent(new DragEvent('${event}', options));
  })()`);

test('a file is sent by its button, and stands in the conversation with its answer', async () => {
  await withScreenshot(page, 'demo-files button', async () => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Send a file' }).focus();
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(csv);

    await page.getByRole('heading', { name: 'new users.csv has 2 lines' }).waitFor();
    expect(await page.locator('.bubble.file').last().textContent()).toBe('new users.csv 0.04 kB');
    expect(await violationsOn(page)).toEqual([]);
  });
});

test('files are dropped anywhere onto the page, which says so while they are held over it', async () => {
  await withScreenshot(page, 'demo-files drop', async () => {
    await drag('dragover', ['one.csv']);
    expect(await page.getByText('Drop the file here to import it').isVisible()).toBe(true);
    await drag('dragleave', []);
    expect(await page.getByText('Drop the file here to import it').isVisible()).toBe(false);

    await drag('dragover', ['one.csv', 'two.csv']);
    await drag('drop', ['one.csv', 'two.csv']);
    await page.getByRole('heading', { name: 'two.csv has 2 lines' }).waitFor();

    expect(await page.getByRole('heading', { name: 'one.csv has 2 lines' }).count()).toBe(1);
    expect(await page.getByText('Drop the file here to import it').isVisible()).toBe(false);
  });
});

test('what is no file is not taken from somebody who drags text', async () => {
  await drag('dragover', []);

  expect(await page.getByText('Drop the file here to import it').isVisible()).toBe(false);
});
