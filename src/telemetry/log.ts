import pino, { type DestinationStream, type Logger } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Log } from '../ports/log';
import { redact, redactText } from './redact';

/** The log of a process. */
export interface ProcessLog extends Log {
  /** A log whose every line carries `bindings`, such as the id of a request. */
  child(bindings: object): ProcessLog;
  /** Resolves when what was logged so far is written. */
  flush(): Promise<void>;
}

interface Options {
  readonly level: string;
  /** Readable lines in colour; otherwise a JSON object a line. */
  readonly readable: boolean;
  /** By default the standard output. */
  readonly destination?: DestinationStream;
}

export function createLog({ level, readable, destination }: Options): ProcessLog {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => error },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (data: object) => redact(data) as Record<string, unknown>,
    },
  };
  const output = destination ?? pino.destination(1);
  return wrap(pino(options, readable ? prettify(output, destination === undefined) : output));
}

function prettify(output: DestinationStream, colorize: boolean): DestinationStream {
  const format = prettyFactory({ colorize, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
  return { write: (line) => output.write(format(line)) };
}

function wrap(logger: Logger): ProcessLog {
  const writer =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (data: object, message: string): void =>
      logger[level](data, redactText(message));
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    child: (bindings) => wrap(logger.child(redact(bindings) as object)),
    flush: () =>
      new Promise((resolve, reject) => logger.flush((error) => (error ? reject(error) : resolve()))),
  };
}
