import {
  convertCard,
  everySurface,
  isOfOurWords,
  shownIn,
  type ConvertedCard,
} from '../../support/converted-card';
import { renderSamples, type SampleCard } from '../../support/sample-cards';

const address = /[^\s<>(),;"`]+@[^\s<>(),;"`]+\.[^\s<>(),;"`]+/g;

function keyOf(verb: unknown, data: unknown, takesInputs: boolean): string {
  return `${String(verb)} ${JSON.stringify(data)} ${takesInputs}`;
}

function executesOf({ json }: SampleCard): string[] {
  return shownIn(json)
    .filter(({ type }) => type === 'Action.Execute')
    .map(({ verb, data, associatedInputs }) => keyOf(verb, data, associatedInputs !== 'none'));
}

/** What the card says that stands in an input, as a chat that keeps to the choices sends it. */
function valuesOf({ json }: SampleCard): Record<string, string> {
  const inputs = shownIn(json).filter(({ type }) => String(type).startsWith('Input.'));
  return Object.fromEntries(inputs.map((input) => [String(input.id), valueOf(input)]));
}

function valueOf({ type, value, choices, isMultiSelect }: Readonly<Record<string, unknown>>): string {
  const said = typeof value === 'string' ? value : '';
  if (type !== 'Input.ChoiceSet' || !Array.isArray(choices)) return said;
  const chosen = isMultiSelect === true ? said.split(',') : [said];
  const known = choices.map((choice: { value: string }) => choice.value);
  return known.filter((one) => chosen.includes(one)).join(',');
}

function addressesOf({ json }: SampleCard): string[] {
  return shownIn(json).flatMap(({ text, title }) =>
    [text, title].flatMap((said) => (typeof said === 'string' ? (said.match(address) ?? []) : [])),
  );
}

let samples: readonly SampleCard[] = [];

beforeAll(async () => {
  samples = await renderSamples();
});

describe.each(everySurface)('every card of Rollcall in Slack as %s', (surface) => {
  let cards: readonly { sample: SampleCard; converted: ConvertedCard }[] = [];

  beforeAll(() => {
    cards = samples.map((sample) => ({ sample, converted: convertCard(sample.json, surface) }));
  });

  const strange = (find: (converted: ConvertedCard, sample: SampleCard) => readonly unknown[]): unknown[] =>
    cards.flatMap(({ sample, converted }) => {
      const found = find(converted, sample);
      return found.length === 0 ? [] : [[sample.of, found]];
    });

  it('is taken by Slack', () => {
    expect(samples.length).toBeGreaterThan(100);
    expect(strange(({ flaws }) => flaws)).toEqual([]);
  });

  it('keeps every action and its data', () => {
    const lost = strange(({ presses }, sample) => {
      const kept = presses.flatMap((one) => (one ? [keyOf(one.verb, one.data, one.takesInputs)] : [])).sort();
      const said = executesOf(sample).sort();
      return JSON.stringify(kept) === JSON.stringify(said) ? [] : [said, kept];
    });

    expect(lost).toEqual([]);
  });

  it('gives back what stands in every input', () => {
    const lost = strange(({ values }, sample) =>
      Object.entries(valuesOf(sample)).filter(([id, value]) => values[id] !== value),
    );

    expect(lost).toEqual([]);
  });

  it('shows every address whole', () => {
    expect(samples.flatMap(addressesOf).length).toBeGreaterThan(100);
    const cut = strange(({ reading }, sample) => addressesOf(sample).filter((one) => !reading.includes(one)));

    expect(cut).toEqual([]);
  });

  it('is warned of in words that hold no data', () => {
    expect(strange(({ warnings }) => warnings.filter((one) => !isOfOurWords(one)))).toEqual([]);
  });
});
