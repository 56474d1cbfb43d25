/** A file made for an operator. Never a secret in it. */
export interface NewFile {
  /** As it is saved: with its extension, without folders. */
  readonly name: string;
  readonly contentType: 'image/png' | 'text/csv; charset=utf-8';
  /** At most 15 MiB. */
  readonly bytes: Buffer;
}

/** Files behind unguessable links, for 24 hours. Throws `StorageAway` when the database does not answer. */
export interface Files {
  /** Keeps the file and answers with the URL under which it can be read (GET). */
  keep(file: NewFile, now: Date): Promise<string>;
}
