/** A file made for an operator. Never a secret in it. */
export interface NewFile {
  /** As it is saved: with its extension, without folders. */
  readonly name: string;
  readonly contentType:
    'image/png' | `text/csv; charset=${'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'}`;
  /** At most `mostFileBytes`. */
  readonly bytes: Buffer;
}

/** 15 MiB. */
export const mostFileBytes = 15 * 1024 * 1024;

/** Milliseconds for which a file is kept. */
export const fileLifetime = 24 * 60 * 60 * 1000;

/** Files behind unguessable links, for 24 hours. Throws `StorageAway` when the database does not answer. */
export interface Files {
  /** Keeps the file and answers with the URL under which it can be read (GET). Throws `RangeError` when it is too large. */
  keep(file: NewFile, now: Date): Promise<string>;
}

/** The same for the file that a form asks for: sent again, it leads to the same link. */
export interface FilesOfForms {
  /** Keeps the file unless one is kept for this form already. */
  keepFor(formId: string, file: NewFile, now: Date): Promise<void>;
  linkFor(formId: string): string;
}

/** What the links lead to. Throws `StorageAway` when the database does not answer. */
export interface KeptFiles {
  /** Null: there is no such file, or no longer. */
  find(token: string, now: Date): Promise<NewFile | null>;
}
