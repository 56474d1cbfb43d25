/** Structured log: data first, then a fixed sentence. Never pass a token, a password or a payload. */
export interface Log {
  debug(data: object, message: string): void;
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}
