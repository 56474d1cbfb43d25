import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hostConfig } from '../src/chat/demo/page/host-config';
import { createPictures } from '../src/pictures/timeline';
import { languages, type Language } from '../src/ports/chat';
import { launchBrowser } from '../test/e2e/browser';
import { cardSamples, type CardSample } from '../test/support/card-samples';
import { readPng } from '../test/support/png';
import { createSampleCards } from '../test/support/sample-cards';
import { many } from '../test/support/sample-data';
import { writePalettePng } from './palette-png';

const folder = join(__dirname, '..', 'docs', 'cards');
/** The extreme ones are for looking at, not for keeping. */
const extremeFolder = join(folder, 'extreme');
const pageFolder = join(__dirname, '..', 'src', 'chat', 'demo', 'page');
const pageStyle = ['base.css', 'conversation.css', 'cards.css']
  .map((name) => readFileSync(join(pageFolder, name), 'utf8'))
  .join('');
const width = 600;

const shell = `<!doctype html><meta charset="utf-8">
<style>${pageStyle}
body { display: block; height: auto; overflow: visible; margin: 0; }
main { width: ${width}px; padding: 8px; }
.card { box-shadow: none; }
* { animation: none !important; }</style>
<main></main>`;

/** Draws `card` as the demo page does, without its script: a filtered list shows the title of its default. */
const draw = `
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig);
  card.parse(json);
  for (const input of card.getAllInputs()) {
    const chosen = input.style === 'filtered' && input.choices.find(({ value }) => value === input.defaultValue);
    if (chosen) input.defaultValue = chosen.title;
  }
  const frame = document.createElement('div');
  frame.className = 'card';
  frame.append(card.render());
  for (const fault of frame.querySelectorAll('[id^="fault."]')) {
    const input = document.getElementById(fault.id.slice(6)) ?? frame.querySelector('[id="' + fault.id.slice(6) + '"]');
    input?.querySelector('.ac-input')?.classList.add('is-faulty');
  }
  document.querySelector('main').replaceChildren(frame);
`;

interface Picture {
  readonly sample: CardSample;
  readonly files: Readonly<Record<Language, string>>;
}

async function main(): Promise<void> {
  const cards = createSampleCards();
  const samples = await cardSamples();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(extremeFolder, { recursive: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width: width + 16, height: 400 },
      colorScheme: 'light',
    });
    const timeline = await sampleTimeline();
    await page.route('**/f/**', (route) => route.fulfill({ contentType: 'image/png', body: timeline }));
    await page.setContent(shell);
    await page.addScriptTag({ path: require.resolve('adaptivecards/dist/adaptivecards.min.js') });
    for (const sample of samples) {
      for (const language of languages) {
        const json = cards.render(sample.card, { language, timeZone: 'Europe/Paris' });
        const picture = await drawOne(page, json);
        const file = join(folder, fileOf(sample, language));
        writeFileSync(file, sample.extreme ? picture : writePalettePng(readPng(picture)));
      }
    }
  } finally {
    await browser.close();
  }
  const shown = samples
    .filter(({ extreme }) => !extreme)
    .map((sample) => ({ sample, files: { en: fileOf(sample, 'en'), fr: fileOf(sample, 'fr') } }));
  writeFileSync(join(folder, 'README.md'), table(shown));
  console.log(`${samples.length * languages.length} pictures are in ${folder}.`);
}

/** What stands behind every link to a picture. */
function sampleTimeline(): Promise<Buffer> {
  const lost = [1, 4, 27];
  return createPictures().timeline({
    days: many(30, (place) => new Date(Date.UTC(2026, 10, 22 + place)).toISOString().slice(5, 10)),
    counts: many(30, (place) => (lost.includes(place) ? 1 : 0)),
    marks: lost.map((day, place) => ({ day, label: String(place + 1) })),
  });
}

async function drawOne(page: Page, json: object): Promise<Buffer> {
  await page.evaluate(`(() => {
    const json = ${JSON.stringify(json)};
    const hostConfig = ${JSON.stringify(hostConfig)};
    ${draw}
    return Promise.all([...document.images].map((image) => image.decode()));
  })()`);
  return page.locator('main').screenshot();
}

function fileOf({ card, as, extreme }: CardSample, language: Language): string {
  const what = as === 'typical' ? '' : `.${as.replace(/[^a-z0-9]+/gi, '-')}`;
  return `${extreme ? 'extreme/' : ''}${card.name}${what}.${language}.png`;
}

function table(pictures: readonly Picture[]): string {
  const rows = pictures.map(
    ({ sample: { card, as }, files }) =>
      `| **${card.name}**<br>${as} | ![${card.name}, ${as}](${files.en}) | ![${card.name}, ${as}](${files.fr}) |`,
  );
  return [
    '# The cards',
    '',
    'Drawn by `npm run cards` from `cards/` with the data of `test/support/card-samples.ts`, as the demo page shows',
    'them. The same command writes the extreme ones (longest names, fullest lists) to `extreme/`, which is not kept.',
    '',
    '| card | English | French |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

void main();
