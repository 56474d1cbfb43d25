import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { account, accounts } from '../support/accounts';
import { startHttpServer, type TestServer } from '../support/http-server';
import { violationsOn } from './accessibility';
import { launchBrowser, withScreenshot } from './browser';

let browser: Browser;
let house: TestServer;
beforeAll(async () => {
  browser = await launchBrowser();
  house = await startHttpServer();
}, 60_000);
afterAll(async () => {
  await browser.close();
  await house.server.close();
});

const link = (count = 1) =>
  `${house.url}/s/${house.handOvers.add(count === 1 ? [account()] : accounts(count))}`;

/** Opens a page of its own for the steps. What the browser complains about fails the test. */
async function inBrowser(name: string, options: BrowserContextOptions, steps: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  try {
    await withScreenshot(page, `hand-over-${name}`, () => steps(page));
  } finally {
    await context.close();
  }
  expect(complaints.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
}

async function downloaded(page: Page): Promise<{ name: string; text: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download CSV' }).click();
  const file = await download;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

it('reveals a password once, without scripts', async () => {
  await inBrowser('without-script', { javaScriptEnabled: false }, async (page) => {
    const address = link();
    await page.goto(address);
    expect(await page.getByText(account().password).count()).toBe(0);
    await page.getByRole('button', { name: 'Reveal' }).click();
    expect(await page.locator('[data-field="password"]').textContent()).toBe(account().password);
    expect(await page.locator('[data-field="userPrincipalName"]').textContent()).toBe(
      account().userPrincipalName,
    );
    expect(await page.getByRole('button').count()).toBe(0);
    await page.goto(address);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'This link has already been opened',
    );
  });
});

it('gives a sheet as CSV without scripts, and says how to print it', async () => {
  await inBrowser('csv', { javaScriptEnabled: false }, async (page) => {
    await page.goto(link(20));
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.getByText('use the print command of your browser').waitFor();
    const { name, text } = await downloaded(page);
    expect(name).toBe('temporary-passwords.csv');
    expect(text.startsWith('\ufeff"Name","User name","Temporary password"\r\n')).toBe(true);
    expect(text).toContain('"Person 20","person.20@fabrikam.example","JvFm-4Cd3-aPEU-hy20"\r\n');
  });
});

it('works by keyboard alone, and says aloud what was copied', async () => {
  await inBrowser('keyboard', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.goto(link());
    for (const name of ['English', 'Français', 'Reveal']) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe(name);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy password' }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('The password is copied.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(account().password);
  });
});

it('selects the password where the browser refuses to copy it', async () => {
  await inBrowser('copy-refused', {}, async (page) => {
    await page.goto(link());
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))");
    await page.getByRole('button', { name: 'Copy password' }).click();
    await page.getByRole('status').getByText('could not be copied').waitFor();
    expect(await page.evaluate('String(getSelection())')).toBe(account().password);
  });
});

it('prints a sheet by a button, in black on white, without cutting a strip in two', async () => {
  await inBrowser('print', { colorScheme: 'dark' }, async (page) => {
    await page.goto(link(20));
    await page.getByRole('button', { name: 'Reveal' }).click();
    await page.evaluate('window.print = () => { window.printed = true; }');
    await page.getByRole('button', { name: 'Print' }).click();
    expect(await page.evaluate('window.printed')).toBe(true);
    await page.emulateMedia({ media: 'print' });
    const colors =
      'const { color, backgroundColor } = getComputedStyle(document.body); [color, backgroundColor]';
    expect(await page.evaluate(colors)).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
    const breaks =
      "[...document.querySelectorAll('.sheet li')].every((li) => getComputedStyle(li).breakInside === 'avoid')";
    expect(await page.evaluate(breaks)).toBe(true);
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g);
    expect(pages?.length).toBeGreaterThanOrEqual(2);
    expect(pages?.length).toBeLessThanOrEqual(4);
  });
});

it('changes its language by a link and keeps it when the button is pressed', async () => {
  await inBrowser('language', {}, async (page) => {
    await page.goto(link());
    await page.getByRole('link', { name: 'Français' }).click();
    await page.getByRole('button', { name: 'Afficher' }).click();
    await page.getByRole('heading', { name: 'Votre mot de passe temporaire' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.locator('[data-field="password"]').textContent()).toBe(account().password);
  });
});

it('fits a phone, with the longest name', async () => {
  await inBrowser('phone', { viewport: { width: 390, height: 844 } }, async (page) => {
    const long = account({
      userPrincipalName: `${'w'.repeat(64)}@${'w'.repeat(40)}.example`,
      displayName: 'W'.repeat(256),
    });
    for (const sheet of [[long], [long, long]]) {
      await page.goto(`${house.url}/s/${house.handOvers.add(sheet)}`);
      await page.getByRole('button', { name: 'Reveal' }).click();
      await page.locator('[data-field="password"]').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      expect((await page.locator('[data-field="password"]').first().boundingBox())!.height).toBeLessThan(50);
    }
  });
});

it.each(['light', 'dark'] as const)(
  'has nothing that stands in the way of a screen reader (%s)',
  async (colorScheme) => {
    await inBrowser(`axe-${colorScheme}`, { colorScheme, bypassCSP: true }, async (page) => {
      for (const address of [link(), link(3)]) {
        await page.goto(address);
        expect(await violationsOn(page)).toEqual([]);
        await page.getByRole('button', { name: 'Reveal' }).click();
        await page.locator('[data-field="password"]').first().waitFor();
        expect(await violationsOn(page)).toEqual([]);
        await page.goto(address);
        expect(await violationsOn(page)).toEqual([]);
      }
    });
  },
);
