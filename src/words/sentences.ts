import type { i18n } from 'i18next';
import type { Language } from '../ports/chat';

/** A text of `locales/`, ready to take what stands in its placeholders. Values are put in as they are, once. */
export type Sentence = (value: (name: string) => string) => string;

/** Finds a text by language, key and, for plurals, count. Each is cut at its placeholders only once. */
export function createSentences(
  i18next: i18n,
): (language: Language, key: string, count: number | undefined) => Sentence {
  const byKey = new Map<string, Sentence>();
  const byText = new Map<string, Sentence>();

  function compiled(text: string): Sentence {
    const known = byText.get(text);
    if (known) return known;
    const sentence = compile(text);
    byText.set(text, sentence);
    return sentence;
  }

  return (language, key, count) => {
    if (count !== undefined)
      return compiled(i18next.t(key, { lng: language, count, skipInterpolation: true }));
    const name = `${language}:${key}`;
    const known = byKey.get(name);
    if (known) return known;
    const sentence = compiled(i18next.t(key, { lng: language, skipInterpolation: true }));
    byKey.set(name, sentence);
    return sentence;
  };
}

function compile(text: string): Sentence {
  // Split by a pattern with a group: texts at even places, names of placeholders at odd ones.
  const pieces = text.split(/\{\{\s*([^{}]*?)\s*\}\}/);
  if (pieces.length === 1) return () => text;
  return (value) => pieces.map((piece, place) => (place % 2 === 0 ? piece : value(piece))).join('');
}
