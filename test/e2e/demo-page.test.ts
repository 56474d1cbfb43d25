import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startDemoServer, type DemoServer, type Script } from '../support/demo-server';
import { doneCard, formCard, refusedCard, textCard } from '../support/sample-card';
import { violationsOn } from './accessibility';
import { launchBrowser, withScreenshot } from './browser';

/** Typed words lead to the form or to a text; a press to what was done or refused, `*.again` to a form below. */
const script: Script = ({ input }) => {
  if (input.kind === 'typed') {
    return { place: 'below', card: { name: /add-user/.test(input.text) ? 'form' : 'text', data: {} } };
  }
  if (input.kind === 'file') throw new Error('No file is sent here.');
  if (input.verb.endsWith('.again')) return { place: 'below', card: { name: 'form', data: {} } };
  const isRefused = JSON.stringify(input.data).includes('"username":"zoe."');
  return { place: 'here', card: { name: isRefused ? 'refused' : 'done', data: {} } };
};

const render = (card: { name: string }, { language }: { language: string }): object => {
  if (card.name === 'form') return formCard;
  if (card.name === 'refused') return refusedCard;
  if (card.name === 'done') return doneCard;
  if (card.name === 'changed') return textCard('The link was opened');
  return language === 'fr' ? textCard('Bonjour') : textCard('Hello', 'Press a button or type a command.');
};

let browser: Browser;
let server: DemoServer;
let page: Page;
/** What the console reported: refused scripts and styles are among it. */
let complaints: string[];

beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
});

beforeEach(async () => {
  server = await startDemoServer(script, render);
});

afterEach(async () => {
  await page.context().close();
  await server.close();
});

async function open(options: BrowserContextOptions = {}, path = '/'): Promise<void> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  page = await context.newPage();
  complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.url + path);
  await page.getByRole('heading', { name: /Hello|Bonjour/ }).waitFor();
}

/** A test in which the page may complain of nothing, and that leaves a picture when it fails. */
function pageTest(name: string, steps: () => Promise<void>, options?: BrowserContextOptions): void {
  test(name, async () => {
    await open(options);
    await withScreenshot(page, `demo-page ${name}`, steps);
    expect(complaints).toEqual([]);
  });
}

const say = async (text: string) => {
  await page.getByLabel('Message to Rollcall').fill(text);
  await page.keyboard.press('Enter');
};
const openForm = async () => {
  await page.getByRole('button', { name: '/add-user' }).click();
  await page.getByRole('heading', { name: 'Add a user' }).waitFor();
};
const messages = () => page.getByRole('article');
const lastPress = () => {
  const input = server.commands.at(-1)?.input;
  return input?.kind === 'pressed' ? input : undefined;
};
const faultsOf = async (): Promise<readonly string[]> => {
  // An animation that fades in is not what the reader is left with.
  await until("document.getAnimations().every(({ playState }) => playState !== 'running')");
  return violationsOn(page);
};

pageTest('a first visit is greeted with what can be done', async () => {
  expect(server.commands[0]).toMatchObject({
    operator: 'web:alice',
    input: { kind: 'typed', text: 'rollcall' },
  });
  expect(await messages().count()).toBe(1);
});

pageTest('a form is filled in, sent, and gives way to its result', async () => {
  await say('/add-user');
  await page.getByLabel('First name').fill('Zoë');
  await page.getByLabel('Display name').fill('Zoë Müller');
  await page.getByLabel('User name').fill('zoe');
  await page.getByLabel('Location').selectOption('France');
  await page.getByLabel('Microsoft 365 E5').check();
  await page.getByLabel('Visio Plan 2').check();
  await page.getByLabel('Notes').fill('one\ntwo');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'The user was created' }).waitFor();

  expect(await page.getByRole('heading', { name: 'Add a user' }).count()).toBe(0);
  expect(await messages().count()).toBe(3);
  expect(lastPress()).toEqual({
    kind: 'pressed',
    verb: 'add-user.save',
    data: {
      frozen: 'sealed-add-user.save',
      givenName: 'Zoë',
      displayName: 'Zoë Müller',
      username: 'zoe',
      usageLocation: 'FR',
      licenses: 'SKU_1,SKU_6',
      template: 'none',
      copyFrom: 'u-2',
      accountEnabled: 'true',
      notes: 'one\ntwo',
    },
  });
});

pageTest('an answer below leaves the pressed card and gets the focus', async () => {
  await openForm();
  await page.getByLabel('Display name').fill('Zoë');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Add another user' }).click();
  await page.getByRole('heading', { name: 'Add a user' }).waitFor();
  expect(await page.getByRole('heading', { name: 'The user was created' }).count()).toBe(1);
  expect(await messages().last().getByRole('heading').textContent()).toBe('Add a user');
  await expectFocusIn('Add a user');
});

pageTest(
  'the reason for a refused value stands at its field, which gets the focus and is read with it',
  async () => {
    await openForm();
    await page.getByLabel('Display name').fill('Zoë');
    await page.getByLabel('User name').fill('zoe.');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText('No dot directly before the @.').waitFor();
    await until("document.activeElement.getAttribute('aria-invalid') === 'true'");
    const faulty = page.getByLabel('User name');
    const reason = `[id="${(await faulty.getAttribute('aria-describedby')) ?? ''}"]`;
    expect(await page.locator(reason).textContent()).toBe('No dot directly before the @.');
    expect(await faultsOf()).toEqual([]);
  },
);

pageTest('a form that lacks what it needs is not sent, and says where', async () => {
  await openForm();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Enter a display name.').waitFor();
  expect(await page.getByLabel('Display name').getAttribute('aria-invalid')).toBe('true');
  await page.getByLabel('Display name').fill('Zoë');
  expect(await page.getByLabel('Display name').getAttribute('aria-invalid')).toBeNull();
  expect(lastPress()).toBeUndefined();
});

pageTest('a choice typed into a filtered list counts whatever its case', async () => {
  await openForm();
  expect(await page.getByLabel('Copy from').inputValue()).toBe('Alex Wilber');
  await page.getByLabel('Copy from').fill('adele vance ');
  await page.getByLabel('Display name').fill('Zoë');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'The user was created' }).waitFor();
  expect(lastPress()?.data).toMatchObject({ copyFrom: 'u-1' });
});

pageTest('names of people are shown as they are, never as markup or links', async () => {
  await openForm();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Zoë **Bold** [x](http://evil.example)').waitFor();
  expect(await page.locator('a[href*="evil"]').count()).toBe(0);
});

pageTest('a changed card arrives by itself, in every tab', async () => {
  await openForm();
  const other = await page.context().newPage();
  await other.goto(server.url);
  await other.getByRole('heading', { name: 'Add a user' }).waitFor();
  const address = server.delivered.at(-1)!;
  const locale = { language: 'en', timeZone: 'UTC' } as const;
  await server.door.messenger.update(address, { name: 'changed', data: {} }, locale);
  for (const tab of [page, other]) await tab.getByRole('heading', { name: 'The link was opened' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Add a user' }).count()).toBe(0);
});

pageTest('the bar and the composer stay in view, however long the conversation', async () => {
  for (let count = 0; count < 3; count++) await say('/add-user');
  await messages().nth(6).waitFor();
  await messages().last().getByLabel('Notes').focus();
  const top = "document.querySelector('.bar').getBoundingClientRect().top";
  const bottom = "document.querySelector('.foot').getBoundingClientRect().bottom";
  expect(await page.evaluate(top)).toBe(0);
  expect(await page.evaluate(bottom)).toBeLessThanOrEqual(900);
});

pageTest('a reload keeps the chat', async () => {
  await openForm();
  await page.reload();
  await page.getByRole('heading', { name: 'Add a user' }).waitFor();
  expect(await messages().count()).toBe(3);
  expect(server.commands).toHaveLength(2);
});

pageTest('another persona has another conversation, in their language', async () => {
  await page.getByLabel('You are').selectOption('web:benoit');
  await page.getByRole('heading', { name: 'Bonjour' }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('fr');
  expect(await page.getByRole('button', { name: 'Envoyer', exact: true }).isVisible()).toBe(true);
  expect(server.commands.at(-1)).toMatchObject({ operator: 'web:benoit', locale: { language: 'fr' } });
  await page.reload();
  await page.getByRole('heading', { name: 'Bonjour' }).waitFor();
  expect(await page.getByLabel('Vous êtes').inputValue()).toBe('web:benoit');
});

pageTest('the reader can be someone else, by any name', async () => {
  await page.getByLabel('You are').selectOption('Someone else…');
  await page.getByLabel('Name of the operator').fill('stranger-1');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/#stranger-1$/);
  await page.getByRole('heading', { name: 'Hello' }).waitFor();
  expect(server.commands.at(-1)?.operator).toBe('web:stranger-1');
});

pageTest('everything is done with the keyboard alone', async () => {
  await page.getByLabel('Message to Rollcall').focus();
  await page.keyboard.type('/a');
  await page.getByRole('option', { name: '/add-user' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Add a user' }).waitFor();

  await tabTo('Display name', 'Shift+Tab');
  await page.keyboard.type('Zoë');
  await tabTo('Microsoft 365 E3', 'Tab');
  await page.keyboard.press('Space');
  await tabTo('Create', 'Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'The user was created' }).waitFor();
  expect(lastPress()?.data).toMatchObject({ displayName: 'Zoë', licenses: 'SKU_0' });
  await expectFocusIn('The user was created');
  await tabTo('Issue again', 'Tab');
});

pageTest('a pressed button takes no second press until its answer is there', async () => {
  await openForm();
  await page.getByLabel('Display name').fill('Zoë');
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/demo/messages', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('status').getByText('Rollcall is working').waitFor();
  for (const name of ['Create', 'Delete', 'Not now']) {
    expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
  }
  release();
  await page.getByRole('heading', { name: 'The user was created' }).waitFor();
});

test('when Rollcall does not answer, the page says so and keeps what was typed', async () => {
  await open();
  await page.route('**/demo/messages', (route) => route.abort());
  await withScreenshot(page, 'demo-page unreachable', async () => {
    await say('/customers');
    await page.getByRole('alert').getByText('Rollcall does not answer').waitFor();
    expect(await page.getByLabel('Message to Rollcall').inputValue()).toBe('/customers');
  });
});

pageTest('links open in a new tab that knows nothing of this one', async () => {
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Open the page' }).click();
  expect(await (await opened).evaluate('window.opener')).toBeNull();
});

describe.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 390],
  ['dark', 390],
] as const)('in %s, %i pixels wide', (colorScheme, width) => {
  const options = { colorScheme, viewport: { width, height: 844 } };

  pageTest(
    `axe finds nothing (${colorScheme}, ${width})`,
    async () => {
      await openForm();
      expect(await faultsOf()).toEqual([]);
      await page.getByLabel('Message to Rollcall').fill('/');
      expect(await faultsOf()).toEqual([]);
      await page.getByLabel('Message to Rollcall').fill('');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByText('Enter a display name.').waitFor();
      expect(await faultsOf()).toEqual([]);
      await page.getByLabel('Display name').fill('Zoë');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByRole('heading', { name: 'The user was created' }).waitFor();
      expect(await faultsOf()).toEqual([]);
    },
    options,
  );

  pageTest(
    `nothing is wider than the window (${colorScheme}, ${width})`,
    async () => {
      await openForm();
      const rights =
        "[...document.querySelectorAll('.bar *, .log *')].map((one) => one.getBoundingClientRect().right)";
      expect(Math.max(...(await page.evaluate<number[]>(rights)))).toBeLessThanOrEqual(width);
    },
    options,
  );
});

pageTest('the theme can be chosen, and stays chosen', async () => {
  const isDark = "getComputedStyle(document.body).backgroundColor === 'rgb(20, 24, 26)'";
  expect(await page.evaluate(isDark)).toBe(false);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  expect(await page.evaluate(isDark)).toBe(true);
  await page.reload();
  expect(await page.evaluate(isDark)).toBe(true);
  expect(await page.getByRole('button', { name: 'Dark theme' }).getAttribute('aria-pressed')).toBe('true');
});

async function tabTo(name: string, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    await page.keyboard.press(key);
    const focused = await page.evaluate<string>(
      "[document.activeElement, ...(document.activeElement.labels ?? [])].map((one) => one.textContent).join(' ')",
    );
    if (focused.includes(name)) return;
  }
  throw new Error(`The key ${key} never reaches "${name}".`);
}

async function expectFocusIn(text: string): Promise<void> {
  await until(`document.activeElement.textContent.includes('${text}')`);
}

/** Playwright's own waiting needs `eval` in the page, which its policy refuses. */
async function until(expression: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await page.evaluate<boolean>(expression)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`Never true: ${expression}`);
}
