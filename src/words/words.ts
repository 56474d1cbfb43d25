import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import type { CardData, CardValue, Word } from '../ports/card';
import { languages, type Language, type Locale } from '../ports/chat';
import { createFormats } from './formats';
import { createLocationNames, type LocationName } from './location-names';
import { createSections } from './sections';
import { createSentences } from './sentences';

/** Card data as a template takes it: every word is a text by now, every instant a date and a time. */
export type Shown = string | number | boolean | null | readonly Shown[] | ShownData;
export interface ShownData {
  readonly [name: string]: Shown;
}

/**
 * Everything a person reads. A key that is not in `locales/`, or a placeholder left open, throws. `locations.FR` and
 * the like need not stand there: they are the names of the countries and territories.
 */
export interface Words {
  t(locale: Locale, key: string, params?: Word['with']): string;
  resolve(data: CardData, locale: Locale): ShownData;
  /** The texts of a section (a dotted path) that have no placeholders and no plural, for use as `words.xxx`. */
  section(locale: Locale, path: string): Readonly<Record<string, string>>;
  /** Countries and territories, in the order of the language. */
  locationNames(locale: Locale): readonly LocationName[];
}

const localesFolder = join(__dirname, '..', '..', 'locales');

/** Reads `locales/` once, at the start. */
export function createWords(): Words {
  const texts = { en: readLocale('en'), fr: readLocale('fr') };
  const sentences = createSentences(createI18n(texts));
  const formats = createFormats();
  const locationNames = createLocationNames();

  function t(locale: Locale, key: string, params?: Word['with']): string {
    const location = locationIn(key);
    if (location !== null) return nameLocation(location, locale);
    const { count } = params ?? {};
    const sentence = sentences(locale.language, key, typeof count === 'number' ? count : undefined);
    return sentence((name) => {
      const value = params?.[name];
      if (value === undefined)
        throw new Error(`The text '${key}' has a placeholder '${name}' that was not given.`);
      return show(value, locale);
    });
  }

  function nameLocation(code: string, locale: Locale): string {
    return (
      locationNames(locale).find((location) => location.code === code)?.name ?? refuse(`locations.${code}`)
    );
  }

  function show(value: string | number | Date | Word, locale: Locale): string {
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return formats.number(value, locale);
    return value instanceof Date ? formats.instant(value, locale) : t(locale, value.$word, value.with);
  }

  function resolveValue(value: CardValue, locale: Locale): Shown {
    if (value === null || typeof value !== 'object') return value;
    if (value instanceof Date) return formats.instant(value, locale);
    if (isList(value)) return value.map((item) => resolveValue(item, locale));
    return isWord(value) ? t(locale, value.$word, value.with) : resolve(value, locale);
  }

  function resolve(data: CardData, locale: Locale): ShownData {
    const shown: Record<string, Shown> = {};
    for (const name of Object.keys(data)) {
      const value = data[name];
      if (value !== undefined) shown[name] = resolveValue(value, locale);
    }
    return shown;
  }

  return { t, resolve, section: createSections(texts), locationNames };
}

/** The language to speak for a tag of a chat or a browser, as in `fr-CA`; English where in doubt. */
export function languageOf(tag: string | undefined): Language {
  const wanted = tag?.toLowerCase().split(/[-_]/)[0];
  return languages.find((language) => language === wanted) ?? 'en';
}

function readLocale(language: Language): object {
  return JSON.parse(readFileSync(join(localesFolder, `${language}.json`), 'utf8')) as object;
}

function createI18n(texts: Readonly<Record<Language, object>>): i18n {
  const instance = createInstance();
  void instance.init({
    resources: { en: { translation: texts.en }, fr: { translation: texts.fr } },
    lng: 'en',
    fallbackLng: false,
    initAsync: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    parseMissingKeyHandler: refuse,
    returnedObjectHandler: refuse,
  });
  return instance;
}

function locationIn(key: string): string | null {
  return key.startsWith('locations.') ? key.slice('locations.'.length) : null;
}

function refuse(key: string): never {
  throw new Error(`No text stands in locales/ under '${key}'.`);
}

function isList(value: CardData | Word | readonly CardValue[]): value is readonly CardValue[] {
  return Array.isArray(value);
}

function isWord(value: CardData | Word): value is Word {
  return typeof value.$word === 'string';
}
