import { closest, distance } from 'fastest-levenshtein';

/** A typed line taken apart: a known command with what stood behind it, or the nearest one for a typo. */
export type CommandLine =
  | { readonly kind: 'known'; readonly command: string; readonly text: string }
  | { readonly kind: 'unknown'; readonly typed: string; readonly nearest: string | null };

const help = 'rollcall';

/** Reads `/add-user`, `add-user` and `/rollcall add-user` alike; nothing typed is the help. */
export function parseCommandLine(line: string, commands: readonly string[]): CommandLine {
  const [first = '', ...rest] = line.trim().split(/\s+/);
  const typed = first.replace(/^\//, '').toLowerCase();
  if (typed === '' || (typed === help && rest.length === 0))
    return { kind: 'known', command: help, text: '' };
  if (typed === help) return parseCommandLine(rest.join(' '), commands);
  if (commands.includes(typed)) return { kind: 'known', command: typed, text: rest.join(' ') };
  return { kind: 'unknown', typed: first, nearest: nearestCommand(typed, commands) };
}

/** At most three letters away, and never so far that another word was meant. */
function nearestCommand(typed: string, commands: readonly string[]): string | null {
  const nearest = closest(typed, [...commands]);
  return distance(typed, nearest) <= Math.min(3, Math.floor(typed.length / 2)) ? nearest : null;
}
