import { limits } from './limits';

/** An input as the open view shows it: its block's id and what stands in it now ('' for nothing, several comma-joined). */
export interface ShownInput {
  readonly id: string;
  readonly blockId: string;
  readonly value: string;
}

/** The block of an input, or of a part of one that Slack cannot hold in one. */
export interface Place {
  readonly id: string;
  readonly part: number | null;
  readonly value: string;
  /** Whether the value is a list, equal in whatever order. */
  readonly several: boolean;
}

export const longestId = limits.id - 25;

/** `userIds:2~1` is a part of `userIds`. */
export function inputIdOf(blockId: string): string {
  return withoutTurn(blockId).replace(/:\d+$/, '');
}

export function partOf(blockId: string): number {
  return Number(/:(\d+)$/.exec(withoutTurn(blockId))?.[1] ?? 0);
}

/**
 * Slack keeps what was typed in a block that an open view had before, and ignores what the new view says: a block that
 * must show another value takes another id.
 */
export function blockIdOf(place: Place, shown: readonly ShownInput[]): string {
  const { id, part } = place;
  const base = part === null ? wholeIdOf(id) : `${id}:${part}`;
  const open = shown.find(({ blockId }) => withoutTurn(blockId) === base);
  if (!open) return base;
  return isSame(open.value, place) ? open.blockId : `${base}~${turnOf(open.blockId) + 1}`;
}

/** An id that ends like a part or a turn is marked as neither. */
function wholeIdOf(id: string): string {
  return /[:~]\d+$/.test(id) ? `${id}:0` : id;
}

function withoutTurn(blockId: string): string {
  return blockId.replace(/~\d+$/, '');
}

function turnOf(blockId: string): number {
  return Number(/~(\d{1,9})$/.exec(blockId)?.[1] ?? 0);
}

function isSame(open: string, { value, several }: Place): boolean {
  return open === value || (several && sorted(open) === sorted(value));
}

function sorted(value: string): string {
  return value.split(',').sort().join(',');
}
