/** How the next calls of a method go wrong. */
export interface Failure {
  /** An HTTP status; 429 comes with Retry-After. */
  readonly status?: number;
  /** An answer that is not ok, with this code. */
  readonly error?: string;
  /** Seconds, for a 429. */
  readonly retryAfter?: number;
  /** No answer for this many milliseconds; then what else is told, or the true one. */
  readonly hang?: number;
  /** The connection breaks. */
  readonly drop?: boolean;
  /** The call takes effect all the same, only its answer is lost. */
  readonly effect?: boolean;
  /** How many calls; one unless told. */
  readonly times?: number;
}

export interface Failures {
  next(method: string, failure: Failure): void;
  /** The failure that is due now, and one less of it. */
  take(method: string): Failure | null;
}

export function createFailures(): Failures {
  const due = new Map<string, { failure: Failure; left: number }[]>();
  return {
    next(method, failure) {
      due.set(method, [...(due.get(method) ?? []), { failure, left: failure.times ?? 1 }]);
    },
    take(method) {
      const [first, ...rest] = due.get(method) ?? [];
      if (!first) return null;
      first.left -= 1;
      if (first.left <= 0) due.set(method, rest);
      return first.failure;
    },
  };
}
