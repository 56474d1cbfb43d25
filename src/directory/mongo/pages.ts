import type { Page } from '../../ports/page';

interface Sorted {
  readonly _id: string;
  readonly sortKey: string;
}

/** The place of a row in a sorted list, for the page after or before it; unreadable keys mean the first page. */
function pageKey({ sortKey, _id }: Sorted): string {
  return Buffer.from(JSON.stringify([sortKey, _id])).toString('base64url');
}

export function readPageKey(key: string | undefined): Sorted | null {
  if (key === undefined) return null;
  try {
    const [sortKey, _id] = JSON.parse(Buffer.from(key, 'base64url').toString()) as unknown[];
    return typeof sortKey === 'string' && typeof _id === 'string' ? { sortKey, _id } : null;
  } catch {
    return null;
  }
}

/**
 * The rows behind (or, going back, in front of) a place in a list sorted by `sortKey` and `_id`. The first condition
 * leads an index straight to the place; the second leaves out who has the same name and was shown already.
 */
export function beyond({ sortKey, _id }: Sorted, direction: 'after' | 'before') {
  return direction === 'after'
    ? { sortKey: { $gte: sortKey }, $or: [{ sortKey: { $gt: sortKey } }, { _id: { $gt: _id } }] }
    : { sortKey: { $lte: sortKey }, $or: [{ sortKey: { $lt: sortKey } }, { _id: { $lt: _id } }] };
}

/** Makes a page of rows read one more than shown; rows read backwards come in backward order. */
export function toPage<R extends Sorted, T>(
  rows: readonly R[],
  { limit, from, direction }: { limit: number; from: Sorted | null; direction: 'after' | 'before' },
  toItem: (row: R) => T,
): Page<T> {
  const more = rows.length > limit;
  const shown = rows.slice(0, limit);
  if (direction === 'before') shown.reverse();
  const [first, last] = [shown[0], shown.at(-1)];
  const hasPrevious = direction === 'before' ? more : from !== null;
  const hasNext = direction === 'before' ? true : more;
  return {
    items: shown.map(toItem),
    previous: hasPrevious && first ? pageKey(first) : null,
    next: hasNext && last ? pageKey(last) : null,
  };
}
