import { hasInputs } from '../../../src/chat/slack/block-kit/convert';
import { flawsOfView } from '../../../src/chat/slack/block-kit/check';
import { createViews } from '../../../src/chat/slack/views';
import { languages } from '../../../src/ports/chat';
import { createWords } from '../../../src/words/words';
import { createRememberingLog } from '../../support/remembering-log';
import { renderSamples, type SampleCard } from '../../support/sample-cards';

const words = createWords();
const log = createRememberingLog();
const views = createViews({ words, log });
const origin = {
  channel: 'C0123456789AB',
  kind: 'channel',
  thread: '1790000000.000001',
  depth: 3,
  home: false,
} as const;
let samples: readonly SampleCard[] = [];

beforeAll(async () => {
  samples = await renderSamples();
});

const viewOf = ({ sample, json, language }: SampleCard) =>
  views.ofCard({ name: sample.card.name, card: json, locale: { language, timeZone: 'UTC' } }, origin);

it('every card fits into a view with what it froze and where it belongs', () => {
  const flaws = samples.map((sample) => [sample.of, flawsOfView(viewOf(sample))] as const);

  expect(flaws.filter(([, found]) => found.length > 0)).toEqual([]);
  expect(log.lines.filter((line) => line.includes('more than a view'))).toEqual([]);
});

it('every form says on its button in whole words what it does, and above it what it is', () => {
  const forms = samples.filter(({ json }) => hasInputs(json));
  const cut = forms.filter((form) => {
    const { title, submit } = viewOf(form);
    return title.text === 'Rollcall' || !submit || submit.text.includes('…') || submit.text === 'OK';
  });

  expect(forms.length).toBeGreaterThan(20);
  expect(cut.map(({ of }) => of)).toEqual([]);
});

it.each(languages)('the words above views fit in %s', (language) => {
  const titles = Object.values(words.section({ language, timeZone: 'UTC' }, 'slack.titles'));

  expect(titles.filter((title) => title.length > 24)).toEqual([]);
});
