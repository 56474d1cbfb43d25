/** As typed, without spaces around it, in the composed form of Unicode. */
export function tidyText(typed: string | undefined): string {
  return (typed ?? '').normalize('NFC').trim();
}

/** The parts of a multi-valued input, which arrive comma-joined; each once, in the order given. */
export function splitValues(typed: string | undefined): string[] {
  return [...new Set((typed ?? '').split(',').map(tidyText))].filter((value) => value !== '');
}

/** Controls, line separators, lone surrogates, and the marks that turn the direction of the text around them. */
export function hasControlCharacters(text: string): boolean {
  return /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text);
}

/** Whether a reader would see anything: false for spaces and invisible marks alone. */
export function isVisible(text: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}
