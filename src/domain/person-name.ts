import { tidyText } from './text';

const longestName = 256;

/** What a chat calls a person, fit to be kept and read: one line, cut to 256 characters; empty if nothing is left. */
export function personName(typed: string | null): string {
  const name = tidyText(
    (typed ?? '')
      .slice(0, 4 * longestName)
      .replace(/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' '),
  );
  return name.length > longestName ? name.slice(0, longestName).replace(/\p{Cs}$/u, '') : name;
}
