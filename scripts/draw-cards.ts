import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { languages, type Language } from '../src/ports/chat';
import { launchBrowser } from '../test/e2e/browser';
import { cardSamples, type CardSample } from '../test/support/card-samples';
import { readPng } from '../test/support/png';
import { createSampleCards } from '../test/support/sample-cards';
import { openAdaptiveDrawing } from './adaptive-drawing';
import { writePalettePng } from './palette-png';
import { openSlackDrawing } from './slack-drawing';

const folder = join(__dirname, '..', 'docs', 'cards');
const names: Readonly<Record<Language, string>> = { en: 'English', fr: 'French' };

async function main(): Promise<void> {
  const cards = createSampleCards();
  const samples = await cardSamples();
  rmSync(folder, { recursive: true, force: true });
  const browser = await launchBrowser();
  try {
    const adaptive = await openAdaptiveDrawing(browser);
    const slack = await openSlackDrawing(browser);
    for (const sample of samples) {
      for (const language of languages) {
        const locale = { language, timeZone: 'Europe/Paris' };
        const json = cards.render(sample.card, locale);
        write(sample, fileOf(sample, language), await adaptive(json));
        const shown = { name: sample.card.name, json, locale };
        write(sample, `slack/${fileOf(sample, language)}`, await slack(shown));
      }
    }
  } finally {
    await browser.close();
  }
  writeFileSync(join(folder, 'README.md'), table(samples.filter(({ extreme }) => !extreme)));
  console.log(`${samples.length * languages.length * 2} pictures are in ${folder}.`);
}

/** The extreme ones are for looking at, not for keeping. */
function write({ extreme }: CardSample, name: string, picture: Buffer): void {
  const file = join(folder, extreme ? 'extreme' : '', name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, extreme ? picture : writePalettePng(readPng(picture)));
}

function fileOf({ card, as }: CardSample, language: Language): string {
  const what = as === 'typical' ? '' : `.${as.replace(/[^a-z0-9]+/gi, '-')}`;
  return `${card.name}${what}.${language}.png`;
}

function table(samples: readonly CardSample[]): string {
  const rows = samples.flatMap((sample) =>
    languages.map((language) => {
      const { card, as } = sample;
      const [file, what] = [fileOf(sample, language), `${card.name}, ${as}, ${names[language]}`];
      const title = `**${card.name}**<br>${as}<br>${names[language]}`;
      return `| ${title} | ![${what}](${file}) | ![${what}, in Slack](slack/${file}) |`;
    }),
  );
  return [
    '# The cards',
    '',
    'Drawn by `npm run cards` from `cards/` with the data of `test/support/card-samples.ts`: as the demo page shows them,',
    'which is much like Teams, and as they look in Slack, drawn after what is sent there. The same command writes the',
    'extreme ones (longest names, fullest lists) to `extreme/`, which is not kept.',
    '',
    '| card | Teams and demo | Slack |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

void main();
