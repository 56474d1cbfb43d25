import { choiceLimit, choiceTitle, limitChoices } from '../../src/features/choices';
import { many } from '../support/sample-data';

const numbered = (count: number, length = 8): string[] =>
  many(count, (place) => `${String(place).padStart(3, '0')} ${'x'.repeat(length - 4)}`);
const cut = (all: readonly string[], { chosen = [] as readonly string[], find = '' } = {}) =>
  limitChoices(all, { text: String, chosen: (one) => chosen.includes(one), find });

describe('A choice list', () => {
  it('is shown whole up to 60 entries', () => {
    const all = numbered(choiceLimit);

    expect(cut(all, { find: '001' })).toEqual({ shown: all, more: false });
  });

  it('is cut to 60 beyond that', () => {
    const all = numbered(choiceLimit + 1);

    expect(cut(all)).toEqual({ shown: all.slice(0, choiceLimit), more: true });
  });

  it('is cut sooner when its entries are so long that the card would not fit into a message', () => {
    const all = numbered(60, 200);

    const { shown, more } = cut(all);

    expect(more).toBe(true);
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.join('').length).toBeLessThan(5_000);
  });

  it('keeps what is chosen, found or not, and finds what is not shown', () => {
    const all = numbered(500);

    const { shown } = cut(all, { chosen: [all[300]!], find: '499' });

    expect(shown).toEqual([all[300], all[499]]);
  });

  it('never drops what is chosen, be it more than 60', () => {
    const all = numbered(500);

    expect(cut(all, { chosen: all.slice(0, 70) }).shown).toEqual(all.slice(0, 70));
  });
});

describe('The title of a choice made of a name', () => {
  it.each(['Zoé Durand', "O'Neil (Ann) [Shops]", 'a@contoso.example', '3 < 4', 'www', 'Ratio 1:2'])(
    'is left as it is where nothing could be a link: %s',
    (name) => expect(choiceTitle(name)).toBe(name),
  );

  it.each([
    '[click](https://evil.example)',
    '[click][ref]',
    '[ref]: https://evil.example',
    '<at>Everyone</at>',
    '<https://evil.example>',
    'https://evil.example/a',
    'WWW.evil.example',
  ])('holds no link and no tag, and reads the same: %s', (name) => {
    const title = choiceTitle(name);

    expect(title).not.toMatch(/\]\(|\]\[|\]:|<[a-z/]|:\/\/|www\./i);
    expect(title.replace(/\u2060/g, '')).toBe(name);
  });
});
