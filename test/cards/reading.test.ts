import type { CardValue } from '../../src/ports/card';
import { createSampleCards, nodesOf, renderSamples, textsOf, type SampleCard } from '../support/sample-cards';

/** Said alike in both languages: names, and examples of what to type. */
const sameInBoth = ['Office 365', 'contoso.example', 'ENTERPRISEPACK=25', 'Power BI Pro'];

let samples: readonly SampleCard[];
beforeAll(async () => {
  samples = await renderSamples();
});

describe('What people have typed', () => {
  it('stands only where no chat reads Markdown, markup or mentions in it', () => {
    const places = samples.flatMap(({ json }) =>
      [...nodesOf(json)].flatMap((node) =>
        Object.entries(node)
          .filter(([, text]) => typeof text === 'string' && text.includes('**x**'))
          .map(([name]) => `${typeof node.type === 'string' ? node.type : 'choice'}.${name}`),
      ),
    );

    expect([...new Set(places)].sort()).toEqual([
      'Action.Execute.tooltip',
      'Input.Text.value',
      'TextRun.text',
      'choice.title',
    ]);
  });

  it('is no link where it is the title of a choice', () => {
    const titles = samples.flatMap(({ json }) =>
      [...nodesOf(json)].filter(({ type }) => type === undefined).map(({ title }) => String(title)),
    );

    expect(titles.filter((title) => /\]\(|:\/\/|<at>/.test(title))).toEqual([]);
  });

  it('is not taken for a template', () => {
    const cards = createSampleCards();
    const locale = { language: 'en', timeZone: 'UTC' } as const;
    const name = '${words.title} {{count}} $word';

    const json = cards.render({ name: 'not-an-operator', data: { id: name } }, locale);

    expect([...nodesOf(json)].map(({ text }) => text)).toContain(name);
  });
});

describe('A card in French', () => {
  it('has no words of the English one', () => {
    const pairs = samples.flatMap((english) => {
      const french = samples.find(({ sample, language }) => sample === english.sample && language === 'fr');
      return english.language === 'en' && french ? [[english, french] as const] : [];
    });
    const same = pairs.flatMap(([english, french]) => {
      const typed = typedBy(english.sample.card.data);
      const inFrench = new Set(wordsOn(french));
      return wordsOn(english).filter((text) => inFrench.has(text) && !isName(text, typed));
    });

    expect([...new Set(same)]).toEqual([]);
  });

  it('names the locations in French, in the order of French', () => {
    const form = samples.find(({ of }) => of === 'add-user, typical, fr');
    const list = [...nodesOf(form?.json)].find(({ id }) => id === 'usageLocation');
    const names = (list?.choices as { title: string }[]).map(({ title }) => title);

    expect(names).toHaveLength(249);
    expect(names).toContain('Allemagne');
    expect(names.indexOf('Éthiopie')).toBeLessThan(names.indexOf('Finlande'));
  });
});

/** Every text of a card but the names of locations, many of which are the same in both languages. */
function wordsOn({ json }: SampleCard): string[] {
  const nodes = [...nodesOf(json)];
  const locations = nodes.find(({ id }) => id === 'usageLocation')?.choices as object[] | undefined;
  return nodes
    .filter((node) => !locations?.includes(node))
    .flatMap(textsOf)
    .map(([, text]) => text.trim());
}

function isName(text: string, typed: ReadonlySet<string>): boolean {
  const isCommand = /^(@.* )?\/[a-z-]+$/s.test(text);
  return isCommand || !/\p{L}/u.test(text) || typed.has(text) || sameInBoth.includes(text);
}

/** The data of a card that is not ours to translate. */
function typedBy(value: CardValue | undefined): Set<string> {
  if (typeof value === 'string') return new Set([value.trim()]);
  if (typeof value !== 'object' || value === null || value instanceof Date || '$word' in value)
    return new Set();
  const parts: (CardValue | undefined)[] = Object.values(value);
  return new Set(parts.flatMap((one) => [...typedBy(one)]));
}
