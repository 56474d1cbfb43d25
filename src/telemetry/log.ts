import pino, { type DestinationStream, type Logger } from 'pino';
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
  /** Makes a line readable, as `createReadableLines` does; without it a line is a JSON object. */
  readonly format?: ((line: string) => string) | undefined;
  /** By default the standard output. */
  readonly destination?: DestinationStream;
}

/** The log of this process on its standard output, for people where that is a terminal. */
export async function openLog(level: string): Promise<ProcessLog> {
  if (!process.stdout.isTTY) return createLog({ level });
  // Loaded only where somebody looks: elsewhere it would cost every start.
  const { createReadableLines } = await import('./readable-lines.js');
  return createLog({ level, format: createReadableLines({ colorize: true }) });
}

export function createLog({ level, format, destination }: Options): ProcessLog {
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
  return wrap(pino(options, format ? { write: (line) => output.write(format(line)) } : output));
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
