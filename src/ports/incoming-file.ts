/** A file that somebody put into a chat; nothing of it is fetched before it is opened. */
export interface IncomingFile {
  /** As its sender named it: not to be trusted, least of all as a path. */
  readonly name: string;
  /** In bytes, as the chat says; null where it does not. */
  readonly size: number | null;
  /** Once. Rejects with `FileUnavailable`, here or while it is read, where the chat does not give it. */
  open(): Promise<AsyncIterable<Uint8Array>>;
}

export type UnavailableReason =
  /** The chat gives it no more, or never gave it to us. */
  | 'expired'
  /** It did not come, or not whole. */
  | 'not-arrived'
  /** More than a file may have. */
  | 'too-large'
  /** Whoever runs this must first allow it to read files in the chat. */
  | 'not-permitted';

/** A file that was sent cannot be read. */
export class FileUnavailable extends Error {
  override readonly name = 'FileUnavailable';

  constructor(
    readonly reason: UnavailableReason,
    /** For the log: no address, which may hold a secret. */
    detail: string,
  ) {
    super(`A file could not be fetched: ${detail}.`);
  }
}
