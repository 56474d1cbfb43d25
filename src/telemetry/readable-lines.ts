import { prettyFactory } from 'pino-pretty';

/** Makes the log's JSON a line that people read. */
export function createReadableLines({ colorize }: { colorize: boolean }): (line: string) => string {
  return prettyFactory({ colorize, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}
