import { slackHtml } from '../../scripts/slack-drawing';
import { createWords } from '../../src/words/words';
import { renderSamples, type SampleCard } from '../support/sample-cards';

const words = createWords();
const htmlOf = ({ sample, json, language }: SampleCard): string =>
  slackHtml({ name: sample.card.name, json, locale: { language, timeZone: 'UTC' } }, words);

let samples: readonly SampleCard[];
beforeAll(async () => {
  samples = await renderSamples();
});
const sampleOf = (of: string): SampleCard => samples.find((sample) => sample.of === of)!;

it('every card can be drawn as Slack shows it', () => {
  const frames = samples.map(
    (sample) => [sample.of, /^<div class="slack (\w+)/.exec(htmlOf(sample))?.[1]] as const,
  );

  expect(frames.filter(([, frame]) => frame === undefined)).toEqual([]);
  expect(new Set(frames.map(([, frame]) => frame))).toEqual(new Set(['message', 'modal', 'home']));
});

it('what people have typed is no markup in the picture', () => {
  const hostile = samples.map(htmlOf).filter((html) => html.includes('Everyone'));

  expect(hostile.length).toBeGreaterThan(10);
  expect(hostile.filter((html) => /<at>|<b>b<\/b>|<b>x<\/b>|href="https:\/\/evil/.test(html))).toEqual([]);
});

it('a form is drawn with its title, its values, and the buttons of a modal', () => {
  const html = htmlOf(sampleOf('add-user, faulty, en'));

  expect(html).toMatch(/^<div class="slack modal"><header>.*<b>\S.*<\/header>/);
  expect(html).toContain('zoé.');
  expect(html).toMatch(/<footer>.*Close.*<span class="button primary">Create user<\/span><\/footer>/);
});
