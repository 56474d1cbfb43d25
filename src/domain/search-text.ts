const undecomposed: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ς: 'σ',
};
const mostPrefixes = 10;

/** Lower case without accents: `Hélène` and `helene` are the same. */
function plain(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđıς]/g, (letter) => undecomposed[letter] ?? letter);
}

/** Of plain text. */
function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
}

/** What begins with neither a letter nor a digit in plain text, as it is written. */
function signs(text: string): string[] {
  return text.split(/\s+/).filter((piece) => /^[^\p{L}\p{N}]/u.test(piece));
}

/** What a search for the start of any word is compared with: the words of the texts, each once. */
export function searchTokens(...texts: string[]): string[] {
  return [...new Set(texts.map(plain).flatMap((text) => [...words(text), ...signs(text)]))];
}

/**
 * What is sought has, for each of these, a token that begins with it: the words of the query, whatever stands between
 * them. A query of nothing but signs seeks the signs.
 */
export function searchPrefixes(query: string): string[] {
  const text = plain(query);
  const sought = words(text);
  return [...new Set(sought.length > 0 ? sought : signs(text))].slice(0, mostPrefixes);
}

/** Orders names as people expect, without regard to accents, case and punctuation. */
export function sortKey(text: string): string {
  const key = plain(text);
  return words(key).join(' ') || key.trim();
}
