import { flawsOf, flawsOfView } from '../../../src/chat/slack/block-kit/check';
import type { Json } from './json';
import { listOf, parseJson } from './json';
import type { Flaw } from './rule';
import { flawsInMessage, flawsInView } from './view-rules';

/** What a call is answered; everything that is no success is thrown as a `Refused`. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly more: Json = {},
  ) {
    super(code);
  }
}

/** The arguments of a call; nested ones may come as JSON in a string. */
export interface Args {
  readonly all: Json;
  text(name: string): string;
  needed(name: string): string;
  nested(name: string): unknown;
}

export function readArgs(all: Json): Args {
  const text = (name: string): string => {
    const value = all[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    all,
    text,
    needed(name) {
      if (text(name) === '')
        throw invalidArguments([{ pointer: `/${name}`, message: `missing required field: ${name}` }]);
      return text(name);
    },
    nested(name) {
      const value = all[name];
      return typeof value === 'string' ? parseJson(value) : value;
    },
  };
}

const said = (flaws: readonly Flaw[]): readonly string[] =>
  flaws.map(({ pointer, message }) => `[ERROR] ${message} [json-pointer:${pointer}]`);

export function invalidArguments(flaws: readonly Flaw[]): Refused {
  return new Refused('invalid_arguments', { response_metadata: { messages: said(flaws) } });
}

/** Blocks of a message that keep the rules of both tables, the fake's and the converter's. */
export function messageBlocks(args: Args): readonly Json[] {
  if (args.all.blocks === undefined) return [];
  const blocks = args.nested('blocks');
  if (!Array.isArray(blocks)) throw new Refused('invalid_blocks_format');
  const flaws = [...flawsInMessage(blocks), ...flawsOf(blocks, 'message')];
  if (flaws.length === 0) return listOf(blocks);
  throw new Refused('invalid_blocks', { errors: said(flaws), response_metadata: { messages: said(flaws) } });
}

/** The flaws of a view by both tables. */
export function flawsOfShownView(view: unknown): readonly Flaw[] {
  return [...flawsInView(view), ...flawsOfView(view)];
}
