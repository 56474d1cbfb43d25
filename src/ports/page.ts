/** A part of a sorted list; `previous` and `next` are keys that lead to the pages beside it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly previous: string | null;
  readonly next: string | null;
}

/** A page that says how many there are in all, counted no further than `mostCounted + 1`. */
export interface CountedPage<T> extends Page<T> {
  readonly found: number;
}

/** Counting further costs time and tells nobody more. */
export const mostCounted = 1_000;
