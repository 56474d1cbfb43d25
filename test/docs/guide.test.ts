import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWords } from '../../src/words/words';

const folder = join(__dirname, '..', '..', 'docs', 'guide');
const read = (language: string): string => readFileSync(join(folder, `${language}.md`), 'utf8');
const picturesIn = (text: string): string[] =>
  [...text.matchAll(/\]\((pictures\/[^)]+)\)/g)].map(([, file]) => file!);
const headingsIn = (text: string): string[] => text.match(/^#+ /gm) ?? [];

describe('The guide for operators', () => {
  it('has the same parts and pictures in both languages', () => {
    const [english, french] = [read('en'), read('fr')];

    expect(headingsIn(french)).toEqual(headingsIn(english));
    expect(picturesIn(french)).toEqual(picturesIn(english).map((file) => file.replace('/en/', '/fr/')));
  });

  it.each(['en', 'fr'] as const)('shows every picture that was taken, and no other (%s)', (language) => {
    const taken = readdirSync(join(folder, 'pictures', language)).map(
      (file) => `pictures/${language}/${file}`,
    );

    expect(picturesIn(read(language)).sort()).toEqual(taken.sort());
  });

  it.each(['en', 'fr'] as const)('quotes the refusals as the cards say them (%s)', (language) => {
    const words = createWords();
    const titles = ['denied', 'not-an-operator', 'customer-not-yours', 'stale', 'storage-away', 'unexpected'];

    for (const name of titles)
      expect(read(language)).toContain(`| ${words.t({ language, timeZone: 'UTC' }, `${name}.title`)} `);
  });
});
