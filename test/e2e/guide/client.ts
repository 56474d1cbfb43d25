import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Language } from '../../../src/ports/chat';
import type { Word } from '../../../src/ports/card';
import { createWords } from '../../../src/words/words';
import { writePalettePng } from '../../../scripts/palette-png';
import { readPng } from '../../support/png';

const timeZone = 'Europe/Paris';
const words = createWords();

/** The demo page in front of one operator. */
export interface Client {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: readonly string[];
  /** What the operator reads, as it stands in `locales/`. */
  t(key: string, params?: Word['with']): string;
  /** Types it, and waits for the answer. */
  say(text: string): Promise<void>;
  /** The latest card with this heading, once it is there. */
  card(heading: string): Promise<Locator>;
  /** Keeps a picture of the card, numbered in the order taken; where none are kept it only has to be there. */
  picture(name: string, of: Locator): Promise<void>;
}

export interface Who {
  readonly url: string;
  readonly persona: string;
  readonly language: Language;
}

export async function openClient(
  browser: Browser,
  { url, persona, language }: Who,
  keep?: (name: string, picture: Buffer) => void,
): Promise<Client> {
  const context = await browser.newContext({
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: timeZone,
    viewport: { width: 760, height: 1900 },
    reducedMotion: 'reduce',
    colorScheme: 'light',
  });
  context.setDefaultTimeout(12_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const t = (key: string, params?: Word['with']) => words.t({ language, timeZone }, key, params);
  const client: Client = {
    page,
    complaints,
    t,
    async say(text) {
      const messages = page.getByRole('article');
      const before = await messages.count();
      const field = page.getByLabel(t('demo.composerLabel'));
      await field.fill(text);
      await field.press('Enter');
      await messages.nth(before + 1).waitFor();
    },
    async card(heading) {
      const title = page.getByRole('heading', { name: heading, exact: true, level: 2 });
      const card = page.locator('.card').filter({ has: title }).last();
      await card.waitFor();
      return card;
    },
    async picture(name, of) {
      await of.waitFor();
      if (!keep) return;
      await page.mouse.move(0, 0);
      keep(name, await of.screenshot({ animations: 'disabled', caret: 'hide' }));
    },
  };
  await page.goto(`${url}/#${persona}`);
  await client.card(t('help.title'));
  return client;
}

/** Writes pictures into a folder, numbered in the order taken. */
export function keepIn(folder: string): (name: string, picture: Buffer) => void {
  mkdirSync(folder, { recursive: true });
  let taken = 0;
  return (name, picture) => {
    taken += 1;
    const file = `${String(taken).padStart(2, '0')}-${name}.png`;
    writeFileSync(join(folder, file), writePalettePng(readPng(picture)));
  };
}
