/** A file that somebody put into a chat; nothing of it is fetched before it is opened. */
export interface IncomingFile {
  /** As its sender named it: not to be trusted, least of all as a path. */
  readonly name: string;
  /** In bytes, as the chat says; null where it does not. */
  readonly size: number | null;
  /** Once. Rejects, here or while it is read, where the chat does not give it. */
  open(): Promise<AsyncIterable<Uint8Array>>;
}
