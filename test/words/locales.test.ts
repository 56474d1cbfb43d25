import en from '../../locales/en.json';
import fr from '../../locales/fr.json';
import { directoryRoles } from '../../src/domain/role';
import { partnerRoles } from '../../src/domain/permission';

type Texts = { readonly [name: string]: string | Texts };

const pluralEnding = /_(zero|one|two|few|many|other)$/;
const locales = { en: flat(en), fr: flat(fr) };
const languages = ['en', 'fr'] as const;

describe('the words of both languages', () => {
  test('stand under the same keys', () => {
    expect(stemsOf(locales.fr)).toEqual(stemsOf(locales.en));
  });

  test.each(languages)('are never empty in %s, and have no spaces around them', (language) => {
    const untidy = [...locales[language]].filter(([, text]) => text === '' || text.trim() !== text);
    expect(untidy).toEqual([]);
  });

  test('have the same placeholders', () => {
    expect(placeholdersByStem(locales.fr)).toEqual(placeholdersByStem(locales.en));
  });

  test.each(languages)('have placeholders that are plain names in %s', (language) => {
    const odd = [...locales[language]].filter(([, text]) =>
      text.replace(/\{\{\w+\}\}/g, '').match(/\{\{|\}\}|\$t\(/),
    );
    expect(odd).toEqual([]);
  });

  test.each([
    ['en', ['one', 'other']],
    ['fr', ['many', 'one', 'other']],
  ] as const)('have every plural that %s knows', (language, endings) => {
    const plurals = [...locales[language].keys()].filter((key) => pluralEnding.test(key));
    for (const stem of new Set(plurals.map(stemOf))) {
      const found = plurals.filter((key) => stemOf(key) === stem).map((key) => key.slice(stem.length + 1));
      expect([stem, found.filter((ending) => ending !== 'zero').sort()]).toEqual([stem, endings]);
    }
  });

  test('are said in French where no name is meant', () => {
    const sentences = [...locales.en].filter(([, text]) => text.split(/\s+/).length > 3);
    const untranslated = sentences.filter(([key, text]) => locales.fr.get(key) === text);
    expect(untranslated).toEqual([]);
  });

  test('have the spaces of French before its double marks', () => {
    const loose = [...locales.fr].filter(
      ([, text]) => /[^_] [;:?!»]|« /.test(text) || /[\p{L}}][;?!»]/u.test(text),
    );
    expect(loose).toEqual([]);
  });

  test('name every role', () => {
    expect(Object.keys(en.directoryRoles)).toEqual([...directoryRoles]);
    expect(Object.keys(en.roles)).toEqual([...partnerRoles]);
  });
});

function flat(texts: Texts, path = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([name, value]) =>
      typeof value === 'string' ? [[path + name, value] as const] : [...flat(value, `${path}${name}.`)],
    ),
  );
}

function stemOf(key: string): string {
  return key.replace(pluralEnding, '');
}

function stemsOf(texts: Map<string, string>): string[] {
  return [...new Set([...texts.keys()].map(stemOf))].sort();
}

/** `one` and `zero` may leave the number out, so a plural has the placeholders of all its forms together. */
function placeholdersByStem(texts: Map<string, string>): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const [key, text] of texts) {
    const names = (found[stemOf(key)] ??= new Set());
    for (const [, name] of text.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)) names.add(name ?? '');
  }
  return Object.fromEntries(Object.entries(found).map(([stem, names]) => [stem, [...names].sort()]));
}
