import { word, type CardData } from '../../src/ports/card';
import type { Locale } from '../../src/ports/chat';
import { createWords, languageOf } from '../../src/words/words';

const words = createWords();
const en: Locale = { language: 'en', timeZone: 'Europe/Paris' };
const fr: Locale = { language: 'fr', timeZone: 'Europe/Paris' };
const instant = new Date('2026-11-22T17:31:00Z');

describe('a text', () => {
  test('comes in the language of its reader', () => {
    expect(words.t(en, 'roles.admin_agent')).toBe('Admin agent');
    expect(words.t(fr, 'roles.admin_agent')).toBe('Agent d’administration');
  });

  test('takes its values, numbers as the language writes them', () => {
    expect(words.t(en, 'faults.too-long', { limit: 12_345 })).toBe('At most 12,345 characters.');
    expect(words.t(fr, 'faults.too-long', { limit: 12_345 })).toBe('12\u202f345 caractères au maximum.');
  });

  test('takes another text or an instant as a value', () => {
    const nested = { names: word('faults.too-long', { limit: 3 }) };
    expect(words.t(en, 'faults.unknown-role', nested)).toBe('There is no such role: At most 3 characters..');
    expect(words.t(fr, 'faults.unknown-role', { names: instant })).toContain('22 novembre 2026 à 18:31');
  });

  test.each(['<b>&"\'', '{{names}}', '$t(roles.admin_agent)', '$1 $& $$', '{{- names}}', '${x}'])(
    'puts the value %p in as it is, and reads nothing into it',
    (names) => {
      expect(words.t(en, 'faults.unknown-role', { names })).toBe(`There is no such role: ${names}.`);
    },
  );

  test.each(['faults.no-such-fault', 'nothing', '', 'faults', 'roles.admin_agent.more'])(
    'that is not there is an error: %p',
    (key) => {
      expect(() => words.t(en, key)).toThrow();
      expect(() => words.t(fr, key)).toThrow();
    },
  );

  test('is the name of a country or territory by its code', () => {
    expect(words.t(en, 'locations.DE')).toBe('Germany');
    expect(words.resolve({ at: word('locations.DE') }, fr)).toEqual({ at: 'Allemagne' });
    expect(() => words.t(en, 'locations.XX')).toThrow("'locations.XX'");
  });

  test('with a placeholder left open is an error that names it', () => {
    expect(() => words.t(en, 'faults.too-long')).toThrow("placeholder 'limit'");
  });

  test('has a name for whatever stands in Object.prototype only if it is a text', () => {
    expect(() => words.t(en, 'constructor')).toThrow();
    expect(() => words.section(en, '__proto__')).toThrow();
  });
});

describe('an instant', () => {
  test.each([
    [en, '22 November 2026 at 18:31'],
    [fr, '22 novembre 2026 à 18:31'],
    [{ language: 'en', timeZone: 'America/New_York' }, '22 November 2026 at 12:31'],
    [{ language: 'en', timeZone: 'Pacific/Auckland' }, '23 November 2026 at 06:31'],
    [{ language: 'fr', timeZone: 'Nowhere/At_All' }, '22 novembre 2026 à 17:31'],
  ] as const)('is written for %j as %p', (locale, expected) => {
    expect(words.resolve({ at: instant }, locale)).toEqual({ at: expected });
  });
});

describe('the data of a card', () => {
  test('gets its words and instants put in, however deep, and keeps all else', () => {
    const data: CardData = {
      title: word('roles.sales_agent'),
      rows: [{ name: 'Ann', state: word('faults.required') }, [word('roles.admin_agent')], instant],
      count: 1234,
      on: false,
      none: null,
      missing: undefined,
      nested: { $word: undefined, deep: { at: instant } },
    };
    expect(words.resolve(data, en)).toStrictEqual({
      title: 'Sales agent',
      rows: [{ name: 'Ann', state: 'This field is required.' }, ['Admin agent'], '22 November 2026 at 18:31'],
      count: 1234,
      on: false,
      none: null,
      nested: { deep: { at: '22 November 2026 at 18:31' } },
    });
  });

  test('is not changed itself', () => {
    const data = { title: word('roles.sales_agent'), list: [instant] };
    words.resolve(data, fr);
    expect(data).toEqual({ title: { $word: 'roles.sales_agent' }, list: [instant] });
  });

  test('with a text that is not there is an error', () => {
    expect(() => words.resolve({ rows: [{ state: word('no.such.key') }] }, en)).toThrow('no.such.key');
  });
});

describe('a section', () => {
  test('has its texts without placeholders, in the language of the reader', () => {
    const faults = words.section(fr, 'faults');
    expect(faults['required']).toBe('Ce champ est obligatoire.');
    expect(faults).not.toHaveProperty('too-long');
  });

  test('that is not there is an error', () => {
    expect(() => words.section(en, 'no-such-section')).toThrow('no-such-section');
    expect(() => words.section(en, 'faults.required')).toThrow('faults.required');
  });
});

describe('the locations', () => {
  test.each([
    [en, 'DE', 'Germany'],
    [fr, 'DE', 'Allemagne'],
  ])('are named for %j: %s is %s', (locale, code, name) => {
    expect(words.locationNames(locale)).toContainEqual({ code, name });
  });

  test('are all there, in the order of the language', () => {
    const names = words.locationNames(fr).map(({ name }) => name);
    expect(names).toHaveLength(249);
    expect(names).toEqual([...names].sort(new Intl.Collator('fr').compare));
    expect(names.indexOf('Égypte')).toBeLessThan(names.indexOf('France'));
  });

  test('never go by their bare codes', () => {
    for (const locale of [en, fr]) {
      for (const { code, name } of words.locationNames(locale)) expect(name).not.toBe(code);
    }
  });
});

describe('the language of a reader', () => {
  test.each([
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR_fr', 'fr'],
    ['en-US', 'en'],
    ['de', 'en'],
    ['frp', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('whose chat says %p is %p', (tag, expected) => {
    expect(languageOf(tag)).toBe(expected);
  });
});
