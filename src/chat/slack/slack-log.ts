import { type Logger, LogLevel } from '@slack/web-api';
import type { Log } from '../../ports/log';

/** Slack's SDK in our log: warnings and errors without what they quote, and nothing below, for that holds payloads. */
export function toSlackLogger(log: Log): Logger {
  return {
    ...createSilentLogger(),
    warn: (...said: unknown[]) => log.warn(harmless(said), 'The Slack SDK warns.'),
    error: (...said: unknown[]) => log.error(harmless(said), 'The Slack SDK reports an error.'),
  };
}

/** For what is told in our own words. */
export function createSilentLogger(): Logger {
  const silent = (): void => undefined;
  return {
    debug: silent,
    info: silent,
    warn: silent,
    error: silent,
    setLevel: silent,
    getLevel: () => LogLevel.WARN,
    setName: silent,
  };
}

/** The SDK's fixed words come first; behind a colon or a bracket, and in errors, it may quote what was sent. */
function harmless(said: readonly unknown[]): object {
  const [first] = said;
  const error = said.find((one) => one instanceof Error);
  const code: unknown = error && 'code' in error ? error.code : undefined;
  return {
    ...(typeof first === 'string' ? { said: first.split(/[:(]/, 1)[0]?.trim() } : {}),
    ...(error ? { error: error.name } : {}),
    ...(typeof code === 'string' ? { code } : {}),
  };
}
