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
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[œæßøłđıς]/g, (letter) => undecomposed[letter] ?? letter);
}

function words(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
}

/** Addresses as they are written, whole and on either side of the `@`. */
function addresses(text: string): string[] {
  const written = plain(text)
    .split(/\s+/)
    .filter((piece) => /[\p{L}\p{N}][.@][\p{L}\p{N}]/u.test(piece));
  return written.flatMap((piece) => [piece, ...piece.split('@')]).filter((piece) => piece !== '');
}

/** What a search for the start of any word is compared with: the words of the texts, each once. */
export function searchTokens(...texts: string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...words(text), ...addresses(text)]))];
}

/** The words of a query; what is sought has, for each, a token that begins with it. */
export function searchPrefixes(query: string): string[] {
  return [...new Set(words(query))].slice(0, mostPrefixes);
}

/** Orders names as people expect, without regard to accents, case and punctuation. */
export function sortKey(text: string): string {
  return words(text).join(' ') || plain(text).trim();
}
