import type { Language, Locale } from '../ports/chat';

const regions = { en: 'en-GB', fr: 'fr-FR' } as const;
const mostTimeZones = 500;

interface Formats {
  number(value: number, locale: Locale): string;
  /** Date and time of day in the reader's time zone; in UTC if that zone is not known. */
  instant(value: Date, locale: Locale): string;
}

/** Formatters are slow to make and fast to use, so each is made once, when it is first wanted. */
export function createFormats(): Formats {
  const numbers = new Map<Language, Intl.NumberFormat>();
  const instants = new Map<string, Intl.DateTimeFormat>();

  function numberFormat(language: Language): Intl.NumberFormat {
    const format = numbers.get(language) ?? new Intl.NumberFormat(regions[language]);
    numbers.set(language, format);
    return format;
  }

  function instantFormat({ language, timeZone }: Locale): Intl.DateTimeFormat {
    const name = `${language}:${timeZone}`;
    const known = instants.get(name);
    if (known) return known;
    // Zones come from chats, which may spell them in many ways.
    if (instants.size >= mostTimeZones) instants.clear();
    const format = createInstantFormat(language, timeZone);
    instants.set(name, format);
    return format;
  }

  return {
    number: (value, locale) => numberFormat(locale.language).format(value),
    instant: (value, locale) => instantFormat(locale).format(value),
  };
}

function createInstantFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  const style = { dateStyle: 'long', timeStyle: 'short' } as const;
  try {
    return new Intl.DateTimeFormat(regions[language], { ...style, timeZone });
  } catch {
    return new Intl.DateTimeFormat(regions[language], { ...style, timeZone: 'UTC' });
  }
}
