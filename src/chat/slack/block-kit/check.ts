import type { Surface } from './convert';

/** What Slack would refuse in a payload, and where. */
export interface Flaw {
  readonly pointer: string;
  readonly message: string;
}

const most = { message: 50, home: 100 };

export function flawsOf(blocks: readonly unknown[], surface: Surface): readonly Flaw[] {
  if (blocks.length <= most[surface]) return [];
  return [{ pointer: '', message: `more than ${most[surface]} blocks` }];
}

export function flawsOfView(view: unknown): readonly Flaw[] {
  return JSON.stringify(view).length > 250_000
    ? [{ pointer: '', message: 'a view of more than 250 kB' }]
    : [];
}
