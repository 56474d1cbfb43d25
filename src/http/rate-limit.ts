import type { Clock } from '../ports/clock';

export interface RateLimit {
  /** Books the cost of a request; false when the caller's budget of this window is spent. */
  spend(caller: string, cost: number): boolean;
}

interface Options {
  readonly budget: number;
  /** Milliseconds. */
  readonly window: number;
  /** How many callers are remembered at most; the one seen first is forgotten. */
  readonly most: number;
  readonly clock: Clock;
}

/** Counts in memory, for this process alone. */
export function createRateLimit({ budget, window, most, clock }: Options): RateLimit {
  const accounts = new Map<string, { readonly until: number; spent: number }>();

  const open = (caller: string, now: number) => {
    const account = { until: now + window, spent: 0 };
    accounts.delete(caller);
    const [oldest] = accounts.keys();
    if (accounts.size >= most && oldest !== undefined) accounts.delete(oldest);
    accounts.set(caller, account);
    return account;
  };

  return {
    spend(caller, cost) {
      const now = clock.now().getTime();
      const known = accounts.get(caller);
      const account = known && now < known.until ? known : open(caller, now);
      account.spent += cost;
      return account.spent <= budget;
    },
  };
}
