import { keepNewest } from './keep-newest';

/** An answer that comes late covers nothing that was brought into its view since. */
export interface Newest {
  /** The view is for the answer to what was done at `at`; false where it is for something later already. */
  take(view: string, at: number): boolean;
}

const mostViews = 1_000;

/** Of the views that this process changes. */
export function createNewest(): Newest {
  const taken = new Map<string, number>();

  return {
    take(view, at) {
      if ((taken.get(view) ?? at) > at) return false;
      keepNewest(taken, mostViews, [view, at]);
      return true;
    },
  };
}
