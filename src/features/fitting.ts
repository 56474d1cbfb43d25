import type { CardValue } from '../ports/card';

/** Bytes of JSON that a card spends on an entry beside its data, at most. */
const frame = { row: 180, part: 120, word: 140 } as const;

/** How many of these rows, from the first on, a card with so many bytes of room can hold. */
export function fitting(rows: readonly CardValue[], room: number): number {
  let left = room;
  const beyond = rows.findIndex((row) => {
    left -= frame.row + weightOf(row);
    return left < 0;
  });
  return beyond < 0 ? rows.length : beyond;
}

function weightOf(value: CardValue | undefined): number {
  if (typeof value === 'string') return Buffer.byteLength(JSON.stringify(value));
  if (typeof value !== 'object' || value === null || value instanceof Date) return 20;
  if (Array.isArray(value)) {
    return (value as readonly CardValue[]).reduce<number>((sum, one) => sum + frame.part + weightOf(one), 0);
  }
  const own = '$word' in value ? frame.word : 0;
  return Object.values(value).reduce<number>((sum, one) => sum + weightOf(one as CardValue), own);
}
