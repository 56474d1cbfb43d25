import fc from 'fast-check';
import { searchPrefixes, searchTokens, sortKey } from '../../src/domain/search-text';

/** What a directory does with both: each word of the query begins some token. */
function finds(query: string, ...texts: string[]): boolean {
  const tokens = searchTokens(...texts);
  return searchPrefixes(query).every((prefix) => tokens.some((token) => token.startsWith(prefix)));
}

describe('a search', () => {
  test.each([
    ['helene', 'Hélène Dupont'],
    ['HÉLÈNE', 'Helene Dupont'],
    ['dup hel', 'Hélène Dupont'],
    ['oneil', 'Shaun ONeil'],
    ["o'neil", 'O’Neil'],
    ['loeuillet', 'Lœuillet'],
    ['strasse', 'Straße'],
    ['soren', 'Søren'],
    ['istanbul', 'İSTANBUL'],
    ['ann.lee@contoso', 'ann.lee@contoso.example'],
    ['lee', 'ann.lee@contoso.example'],
    ['example', 'ann.lee@contoso.example'],
    ['', 'Hélène'],
    ['*', 'Five *stars* Hotel'],
    ['(ex', 'Ann (extern)'],
    ['(', 'Ann (extern)'],
    ['- ann', 'Ann-Lee'],
    ['Ж', 'жанна'],
    ['σοφοσ', 'Σοφός'],
    ['ℌans', 'hans'],
    ['山', '山田'],
  ])('for %p finds %p', (query, text) => {
    expect(finds(query, text)).toBe(true);
  });

  test.each([
    ['elene', 'Hélène'],
    ['upont', 'Hélène Dupont'],
    ['helene x', 'Hélène Dupont'],
    ['h.lène', 'Hélène'],
    ['.*', 'Hélène'],
    ['*', 'Hélène'],
    ['.', 'ann.lee@contoso.example'],
    ['(', 'Hélène'],
  ])('for %p does not find %p', (query, text) => {
    expect(finds(query, text)).toBe(false);
  });

  test('finds any text by itself and by the start of any of its words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        expect(finds(text, text)).toBe(true);
        for (const word of searchTokens(text))
          expect(finds(Array.from(word).slice(0, 2).join(''), text)).toBe(true);
      }),
    );
  });

  test('has a few words of letters and digits in its query, or a few signs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (query) => {
        const prefixes = searchPrefixes(query);
        expect(prefixes.length).toBeLessThanOrEqual(10);
        const words = prefixes.filter((prefix) => /^[\p{L}\p{N}]+$/u.test(prefix));
        const signs = prefixes.filter((prefix) => /^[^\p{L}\p{N}\s]+$/u.test(prefix));
        expect([words.length, signs.length]).toContain(prefixes.length);
      }),
    );
  });
});

test('a query of hundreds of words is cut to ten', () => {
  const query = Array.from({ length: 300 }, (_, index) => `w${index}`).join(' ');
  expect(searchPrefixes(query)).toHaveLength(10);
});

describe('what is kept for searching', () => {
  test('are the words of all texts, each once', () => {
    expect(searchTokens('Ann Lee', 'ann@contoso.example')).toEqual(['ann', 'lee', 'contoso', 'example']);
  });

  test('are words that begin with a sign with it, too', () => {
    expect(searchTokens('Ann (extern) & Co')).toEqual(['ann', 'extern', 'co', '(extern)', '&']);
  });
});

describe('the order of names', () => {
  test('does not depend on accents, case or punctuation', () => {
    const names = ['zoe', 'Émile', 'eric', '"Anna"', 'Éa'];
    expect(names.sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))).toEqual([
      ...['"Anna"', 'Éa', 'Émile', 'eric', 'zoe'],
    ]);
  });

  test('has a place for a name without letters', () => {
    expect(sortKey(' *** ')).toBe('***');
  });
});
