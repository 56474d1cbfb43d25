import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, withScreenshot } from '../browser';
import { speaking, startPlayground, startRollcall, type Person, type Running } from './processes';

/** What an operator of a language reads and types. */
interface Script {
  readonly operator: Person;
  readonly help: string;
  readonly asked: string;
  readonly pick: string;
  readonly givenName: string;
  readonly surname: string;
  readonly username: string;
  readonly save: string;
  readonly required: string;
  readonly created: string;
  readonly reveal: RegExp;
  readonly opened: RegExp;
  readonly remind: string;
  readonly keep: string;
  readonly reminded: string;
  readonly digest: string;
  readonly names: { readonly given: string; readonly family: string; readonly user: string };
}

const english: Script = {
  operator: 'Ann',
  help: 'What would you like to do?',
  asked: 'Which customer is it for?',
  pick: 'Pick',
  givenName: 'Given name',
  surname: 'Surname',
  username: 'User name (required)',
  save: 'Create user',
  required: 'This field is required.',
  created: 'Account created',
  reveal: /reveal/i,
  opened: /Opened on/,
  remind: 'Reminders in this chat',
  keep: 'Save',
  reminded: 'This chat is reminded',
  digest: '2 deleted users will be lost soon',
  names: { given: 'Zoe', family: 'Durand', user: 'zoe.durand' },
};
const french: Script = {
  operator: 'Anne',
  help: 'Que souhaitez-vous faire',
  asked: 'Pour quel client',
  pick: 'Choisir',
  givenName: 'Prénom',
  surname: 'Nom',
  username: 'Nom d’utilisateur (obligatoire)',
  save: 'Créer l’utilisateur',
  required: 'Ce champ est obligatoire.',
  created: 'Compte créé',
  reveal: /afficher|révéler/i,
  opened: /Ouvert le/,
  remind: 'Rappels dans cette conversation',
  keep: 'Enregistrer',
  reminded: 'Cette conversation recevra des rappels',
  digest: '2 utilisateurs supprimés seront bientôt perdus',
  names: { given: 'Hélène', family: 'Lefèvre', user: 'helene.lefevre' },
};

/** Two operators at once, each in a Teams client of their own: help, customer, form, fault, account, link, opened, reminded. */
async function main(): Promise<void> {
  const running: Running[] = [];
  const started = async (process: Promise<Running>): Promise<Running> => {
    const one = await process;
    running.unshift(one);
    return one;
  };
  const browser = await launchBrowser();
  try {
    const bot = await started(startRollcall(3978));
    const frenchBot = await started(speaking('fr-FR', bot.url, 3979));
    const ann = await started(startPlayground(bot.url, 56150, english.operator));
    const anne = await started(startPlayground(frenchBot.url, 56151, french.operator));
    await Promise.all([story(browser, ann.url, english), story(browser, anne.url, french)]);
    await groupStory(browser, ann.url);
  } finally {
    await browser.close();
    for (const one of running) await one.stop();
  }
}

async function story(browser: Browser, url: string, script: Script): Promise<void> {
  const page = await openClient(browser, url);
  const name = `playground-${script.operator.toLowerCase()}`;
  await withScreenshot(page, name, async () => {
    await lastCard(page, script.help).waitFor();
    await say(page, '/add-user');
    await lastCard(page, script.asked).getByRole('button', { name: script.pick }).last().click();

    const form = lastCard(page, script.save);
    await form.getByRole('button', { name: script.save }).click();
    await form.getByText(script.required).first().waitFor();
    await fillIn(form, script);
    await form.getByRole('button', { name: script.save }).click();

    const done = lastCard(page, script.created);
    await done.waitFor();
    const link = /http:\/\/127\.0\.0\.1:\d+\/s\/[\w-]{43}/.exec(await done.innerText())?.[0];
    assert.ok(link, 'The card shows the one-time link.');
    await page.screenshot({ path: `test-results/${name}-created.png` });
    assert.match(await reveal(browser, link, script), /^[\w]{4}(-[\w]{4}){3}$/);
    await lastCard(page, script.created).getByText(script.opened).waitFor();
    await page.screenshot({ path: `test-results/${name}-opened.png` });
    await beReminded(page, name, script);
  });
  await page.context().close();
}

/** Asked for once, the card about those whom the demo has deleted comes by itself. */
async function beReminded(page: Page, name: string, script: Script): Promise<void> {
  await say(page, '/reminders');
  await lastCard(page, script.remind).getByRole('button', { name: script.keep }).click();
  await lastCard(page, script.reminded).waitFor();
  const digest = lastCard(page, script.digest);
  await digest.waitFor();
  assert.match(await digest.innerText(), /Lena Vogel/);
  await page.screenshot({ path: `test-results/${name}-reminded.png` });
}

/** The card is drawn twice, as the answer and as the message updated: what is typed between the two is typed again. */
async function fillIn(form: Locator, { givenName, surname, username, names }: Script): Promise<void> {
  const fields = [
    [form.getByLabel(givenName, { exact: true }), names.given],
    [form.getByLabel(surname, { exact: true }), names.family],
    [form.getByLabel(username), names.user],
  ] as const;
  const stands = () =>
    Promise.all(fields.map(async ([field, value]) => (await field.inputValue()) === value));
  do {
    for (const [field, value] of fields) await field.fill(value);
    await form.page().waitForTimeout(500);
  } while ((await stands()).includes(false));
}

/** In a group the answer is personal: one line there points to the private chat. */
async function groupStory(browser: Browser, url: string): Promise<void> {
  const page = await openClient(browser, url);
  await withScreenshot(page, 'playground-group', async () => {
    // Until it is greeted, the client does not keep what comes while another chat is open.
    await lastCard(page, english.help).waitFor();
    await page.getByRole('treeitem', { name: /Helpdesk/ }).click();
    await page.locator('[data-lexical-editor=true]').click();
    await page.keyboard.type('@Roll');
    await page.getByRole('menuitem', { name: /Rollcall/ }).click();
    await page.keyboard.type(' add-user');
    await page.keyboard.press('Enter');
    await page
      .getByText(/private chat/)
      .first()
      .waitFor();
    assert.equal(await page.getByRole('button', { name: english.save }).count(), 0, 'No form in the group.');
    await page.getByRole('treeitem', { name: /Personal Chat/ }).click();
    await lastCard(page, english.asked).waitFor();
  });
  await page.context().close();
}

async function openClient(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1100 } });
  const local = /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/;
  await context.route(/.*/, (route) =>
    local.test(route.request().url()) ? route.continue() : route.abort(),
  );
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText('Type a message').waitFor();
  await page.getByRole('button', { name: 'Hide log panel' }).click();
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  await page.locator('[data-lexical-editor=true]').click();
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
}

function lastCard(page: Page, text: string): Locator {
  return page.locator('.fai-OutputCard').filter({ hasText: text }).last();
}

async function reveal(browser: Browser, link: string, script: Script): Promise<string> {
  const page = await browser.newPage({ locale: script === french ? 'fr-FR' : 'en-US' });
  await page.goto(link);
  await page.getByRole('button', { name: script.reveal }).click();
  const password = await page.locator('[data-field=password]').innerText();
  await page.close();
  return password;
}

mkdirSync('test-results', { recursive: true });
main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
