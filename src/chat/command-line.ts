import { closest, distance } from 'fastest-levenshtein';

/** A typed line taken apart: a known command with what stood behind it, or the nearest one for a typo. */
export type CommandLine =
  | { readonly kind: 'known'; readonly command: string; readonly text: string }
  | { readonly kind: 'unknown'; readonly typed: string; readonly nearest: string | null };

const help = 'rollcall';

/** Reads `/add-user`, `add-user` and `/rollcall add-user` alike; nothing typed is the help. */
export function parseCommandLine(line: string, commands: readonly string[]): CommandLine {
  const words = line.split(/\s+/).filter((word) => nameOf(word) !== '');
  const start = words.findIndex((word) => nameOf(word) !== help);
  const [first = '', ...rest] = start < 0 ? [help] : words.slice(start);
  const name = nameOf(first);
  if (commands.includes(name)) return { kind: 'known', command: name, text: rest.join(' ') };
  return { kind: 'unknown', typed: first, nearest: nearestCommand(name, commands) };
}

function nameOf(word: string): string {
  return word.replace(/^\//, '').toLowerCase();
}

/** At most three letters away, and never so far that another word was meant. */
function nearestCommand(typed: string, commands: readonly string[]): string | null {
  const nearest = closest(typed, [...commands]);
  return distance(typed, nearest) <= Math.min(3, Math.floor(typed.length / 2)) ? nearest : null;
}
