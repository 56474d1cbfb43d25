import type * as Library from 'adaptivecards';
import { cardNames } from '../../src/chat/templates';
import { choiceLimit } from '../../src/features/choices';
import { cardParts } from '../support/card-samples';
import { openTestHouse, type TestHouse } from '../support/house';
import { nodesOf, nodesOfType, renderSamples, type SampleCard } from '../support/sample-cards';

const { AdaptiveCard, SerializationContext, Versions } = jest.requireActual<typeof Library>(
  'adaptivecards/dist/adaptivecards.min.js',
);

/** What Teams takes at most, in bytes. */
const mostBytes = 28 * 1024;

let samples: readonly SampleCard[];
let world: TestHouse;
beforeAll(async () => {
  samples = await renderSamples();
  world = await openTestHouse();
});
afterAll(() => world.close());

/** What is wrong, by the sample it is wrong with. */
function wrongWith(find: (sample: SampleCard) => unknown[]): Record<string, unknown[]> {
  const found = samples.map((sample) => [sample.of, find(sample)] as const);
  return Object.fromEntries(found.filter(([, wrong]) => wrong.length > 0));
}

describe('Every card', () => {
  it('has a sample, and every sample a card', () => {
    const sampled = samples.flatMap(({ sample: { card } }) => [
      card.name,
      ...Object.keys(cardParts).filter((part) => cardParts[part]! in card.data),
    ]);

    expect([...new Set(sampled)].sort()).toEqual([...cardNames()].sort());
  });

  it('is valid for Adaptive Cards 1.5', () => {
    expect(
      wrongWith(({ json }) => {
        const context = new SerializationContext(Versions.v1_5);
        const card = new AdaptiveCard();
        card.parse(json, context);
        const parsed = Array.from({ length: context.eventCount }, (_, place) => context.getEventAt(place));
        const checked = card.validateProperties().validationEvents;
        return [...parsed, ...checked].map(({ message }) => message);
      }),
    ).toEqual({});
  });

  it('fits into a message of Teams', () => {
    const sizes = samples.map(({ of, json }) => [of, Buffer.byteLength(JSON.stringify(json))] as const);

    expect(Object.fromEntries(sizes.filter(([, bytes]) => bytes >= mostBytes))).toEqual({});
  });

  it('has a label for every input', () => {
    expect(
      wrongWith(({ json }) =>
        nodesOfType(json, 'Input.')
          .filter(({ label }) => typeof label !== 'string' || label.trim() === '')
          .map(({ id }) => id),
      ),
    ).toEqual({});
  });

  it('gives each id once', () => {
    expect(
      wrongWith(({ json }) => {
        const ids = [...nodesOf(json)].map(({ id }) => id).filter((id) => id !== undefined);
        return ids.filter((id, place) => ids.indexOf(id) !== place);
      }),
    ).toEqual({});
  });

  it('has a place for the fault of an input beside that input', () => {
    expect(
      wrongWith(({ json }) => {
        const inputs = nodesOfType(json, 'Input.').map(({ id }) => `fault.${String(id)}`);
        const faults = nodesOfType(json, 'RichTextBlock').flatMap(({ id }) =>
          typeof id === 'string' ? [id] : [],
        );
        return faults.filter((id) => !inputs.includes(id));
      }),
    ).toEqual({});
  });

  it('leaves nothing of its template open', () => {
    expect(wrongWith(({ json }) => JSON.stringify(json).match(/\$\{[^"]*|undefined|null/g) ?? [])).toEqual(
      {},
    );
  });

  it('has buttons that lead to a step of the router, or open an address', () => {
    const verbs = Object.keys(world.house.router.routes);
    expect(
      wrongWith(({ json }) =>
        nodesOfType(json, 'Action.')
          .filter(({ type }) => type !== 'Action.OpenUrl')
          .filter(({ type, verb }) => type !== 'Action.Execute' || !verbs.includes(String(verb)))
          .map(({ type, verb }) => `${String(type)} ${String(verb)}`),
      ),
    ).toEqual({});
  });

  it('freezes for each button what its step reads', () => {
    const { routes } = world.house.router;
    expect(
      wrongWith(({ json }) =>
        nodesOfType(json, 'Action.Execute')
          .filter(({ verb, data }) => {
            const route = routes[String(verb)];
            const { frozen } = data as { frozen?: { seal?: string } };
            if (!frozen) return !route?.typed;
            const { seal, ...payload } = frozen;
            return seal === undefined || !route?.frozen.safeParse(payload).success;
          })
          .map(({ verb }) => verb),
      ),
    ).toEqual({});
  });

  it('has one positive button at most, and no more than six at its end', () => {
    expect(
      wrongWith(({ json }) => {
        const positive = nodesOfType(json, 'Action.').filter(({ style }) => style === 'positive');
        const atEnd = (json.actions ?? []) as object[];
        return [...positive.slice(1), ...atEnd.slice(6)];
      }),
    ).toEqual({});
  });

  it('shows a choice list of at most 60, the locations apart', () => {
    expect(
      wrongWith(({ json }) =>
        nodesOfType(json, 'Input.ChoiceSet')
          .filter(({ id }) => id !== 'usageLocation')
          .filter(({ choices }) => (choices as unknown[]).length > choiceLimit)
          .map(({ id }) => id),
      ),
    ).toEqual({});
  });
});
