import { parseCommandLine } from './command-line';
import type { Command } from './door';
import type { Router } from './router';

/** What a command will probably lead to, before anything was asked: a chat may prepare for it. */
export interface Foreseen {
  /** Empty for what leads to no step. */
  readonly verb: string;
  readonly opens: 'form' | 'message';
  /** Something may be stored. */
  readonly effect: boolean;
}

export type Foresee = (input: Command['input']) => Foreseen;

/** Reads the table alone: neither rights nor the database are looked at, so it decides nothing. */
export function createForesee({ commands, routes, files }: Router): Foresee {
  const typedVerb = (line: string): string => {
    const parsed = parseCommandLine(line, Object.keys(commands));
    return parsed.kind === 'known' ? (commands[parsed.command] ?? '') : '';
  };

  return (input) => {
    if (input.kind === 'file') {
      const { opens, effect } = files.routeOf(input.file);
      return { verb: files.verb, opens, effect };
    }
    const verb = input.kind === 'typed' ? typedVerb(input.text) : input.verb;
    const route = Object.hasOwn(routes, verb) ? routes[verb] : undefined;
    if (!route) return { verb: '', opens: 'message', effect: false };
    return { verb, opens: route.opens, effect: route.effect };
  };
}
