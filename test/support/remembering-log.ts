import type { Log } from '../../src/ports/log';

export interface RememberingLog extends Log {
  readonly lines: readonly string[];
}

/** Keeps what was logged, as `message {data}`, for a test to look at. */
export function createRememberingLog(): RememberingLog {
  const lines: string[] = [];
  const keep = (data: object, message: string) =>
    void lines.push(`${message} ${JSON.stringify(data, withErrors)}`);
  return { lines, debug: keep, info: keep, warn: keep, error: keep };
}

function withErrors(_: string, value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message}` : value;
}
