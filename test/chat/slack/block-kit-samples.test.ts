import {
  convertCard,
  everySurface,
  isOfOurWords,
  shownIn,
  type ConvertedCard,
} from '../../support/converted-card';
import { renderSamples, type CardNode } from '../../support/sample-cards';

const address = /[^\s<>(),;"`]+@[^\s<>(),;"`]+\.[^\s<>(),;"`]+/g;

function keyOf(verb: unknown, data: unknown, takesInputs: boolean): string {
  return `${String(verb)} ${JSON.stringify(data)} ${takesInputs}`;
}

function executesOf(shown: readonly CardNode[]): string[] {
  return shown
    .filter(({ type }) => type === 'Action.Execute')
    .map(({ verb, data, associatedInputs }) => keyOf(verb, data, associatedInputs !== 'none'));
}

/** What the card says that stands in an input, as a chat that keeps to the choices sends it. */
function valuesOf(shown: readonly CardNode[]): Record<string, string> {
  const inputs = shown.filter(({ type }) => String(type).startsWith('Input.'));
  return Object.fromEntries(inputs.map((input) => [String(input.id), valueOf(input)]));
}

function valueOf({ type, value, choices, isMultiSelect }: CardNode): string {
  const said = typeof value === 'string' ? value : '';
  if (type !== 'Input.ChoiceSet' || !Array.isArray(choices)) return said;
  const chosen = isMultiSelect === true ? said.split(',') : [said];
  const known = choices.map((choice: { value: string }) => choice.value);
  return known.filter((one) => chosen.includes(one)).join(',');
}

function addressesOf(shown: readonly CardNode[]): string[] {
  return shown.flatMap(({ text, title }) =>
    [text, title].flatMap((said) => (typeof said === 'string' ? (said.match(address) ?? []) : [])),
  );
}

/** A card, and what has to come through of it. */
interface Sample {
  readonly of: string;
  readonly json: object;
  readonly executes: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly addresses: readonly string[];
}

let samples: readonly Sample[] = [];

beforeAll(async () => {
  samples = (await renderSamples()).map(({ of, json }) => {
    const shown = shownIn(json);
    const [executes, values, addresses] = [executesOf(shown).sort(), valuesOf(shown), addressesOf(shown)];
    return { of, json, executes, values, addresses };
  });
});

describe.each(everySurface)('every card of Rollcall in Slack as %s', (surface) => {
  let cards: readonly { sample: Sample; converted: ConvertedCard }[] = [];

  beforeAll(() => {
    cards = samples.map((sample) => ({ sample, converted: convertCard(sample.json, surface) }));
  });

  const strange = (find: (converted: ConvertedCard, sample: Sample) => readonly unknown[]): unknown[] =>
    cards.flatMap(({ sample, converted }) => {
      const found = find(converted, sample);
      return found.length === 0 ? [] : [[sample.of, found]];
    });

  it('is taken by Slack', () => {
    expect(samples.length).toBeGreaterThan(100);
    expect(strange(({ flaws }) => flaws)).toEqual([]);
  });

  it('keeps every action and its data', () => {
    const lost = strange(({ presses }, { executes }) => {
      const kept = presses.flatMap((one) => (one ? [keyOf(one.verb, one.data, one.takesInputs)] : [])).sort();
      return JSON.stringify(kept) === JSON.stringify(executes) ? [] : [executes, kept];
    });

    expect(lost).toEqual([]);
  });

  it('gives back what stands in every input', () => {
    const lost = strange(({ values }, sample) =>
      Object.entries(sample.values).filter(([id, value]) => values[id] !== value),
    );

    expect(lost).toEqual([]);
  });

  it('shows every address whole', () => {
    expect(samples.flatMap(({ addresses }) => addresses).length).toBeGreaterThan(100);
    const cut = strange(({ reading }, { addresses }) => addresses.filter((one) => !reading.includes(one)));

    expect(cut).toEqual([]);
  });

  it('is warned of in words that hold no data', () => {
    expect(strange(({ warnings }) => warnings.filter((one) => !isOfOurWords(one)))).toEqual([]);
  });
});
