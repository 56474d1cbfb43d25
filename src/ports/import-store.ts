import type { Customer } from '../domain/customer';
import type { HandOverRecord, Sealed } from '../domain/hand-over';
import type { ImportFault } from '../domain/import-fault';
import type { foreseeIssue, IssueScope, LeftOut } from '../domain/import-issue';
import type { LicenseRow } from '../domain/import-licenses';
import type { ImportedUser } from '../domain/import-user';
import type { LetterRecord } from '../domain/letter';
import type { PasswordDigest } from '../domain/password';
import type { PartnerRole } from '../domain/permission';
import type { Locale } from './chat';
import type { ImportRecord } from './imports';
import type { Row, TableOpened } from './tables';

/** A row of a file as it waits for its import, decided when the file was checked. */
export type WaitingRow = { readonly line: number; readonly raw: readonly string[] } & (
  | {
      readonly kind: 'user';
      readonly customerId: string;
      readonly user: ImportedUser;
      /** Where its letter goes, if letters are sent. */
      readonly handOverEmail?: string;
    }
  | { readonly kind: 'license'; readonly customerId: string; readonly change: LicenseRow }
  | { readonly kind: 'skipped' | 'failed'; readonly faults: readonly ImportFault[] }
);

/** Where the reading of a waiting file has come to: rows read, and the byte at which the next one begins. */
export interface Position {
  readonly row: number;
  readonly offset: number;
}

export interface Waiting<T> {
  readonly rows: readonly T[];
  readonly next: Position;
}

export interface UploadWriter<T, End extends readonly unknown[] = []> {
  put(rows: readonly T[]): Promise<void>;
  /** All rows are there. Until then nothing of it can be read. */
  end(...told: End): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** What is known of a file that waits for its customer. */
export interface KeptFile extends Pick<
  TableOpened,
  'content' | 'dialect' | 'columns' | 'unknown' | 'missing' | 'passwordColumns'
> {
  readonly name: string;
  readonly digest: string;
  readonly operator: string;
  readonly locale: Locale;
  readonly hasCustomers: boolean;
}

/** Rows that wait, streamed in and out. Gone after 24 hours, unless their import is under way. */
export interface Uploads {
  write(id: string): UploadWriter<WaitingRow>;
  /** In parts of at most `size` rows, from a position on. */
  read(id: string, from: Position, size: number): AsyncIterable<Waiting<WaitingRow>>;
  /** What is known of the file is told at its end. */
  keep(id: string): UploadWriter<Row, [file: KeptFile]>;
  findKept(id: string): Promise<KeptFile | null>;
  readKept(id: string): AsyncIterable<readonly Row[]>;
  exists(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Removes those from before this instant whose import is not under way. */
  removeBefore(instant: Date): Promise<void>;
}

/** How an import stands for its worker. */
export interface ImportWork {
  readonly record: ImportRecord;
  readonly position: Position;
  /** How often in a row the work failed for a reason of its own. */
  readonly failures: number;
  /** The rest of the rows is not tried any more. */
  readonly gaveUp: boolean;
}

export type StartStored =
  | { readonly kind: 'started' | 'not-checked'; readonly record: ImportRecord }
  | { readonly kind: 'same-running'; readonly record: ImportRecord | null };

/** The records of imports. Leases are kept in the server's time. Throws `StorageAway`. */
export interface ImportStore {
  add(record: ImportRecord): Promise<void>;
  find(importId: string): Promise<ImportRecord | null>;
  latest(operator: string, limit: number): Promise<readonly ImportRecord[]>;
  start(
    importId: string,
    started: Pick<ImportRecord, 'choices' | 'letters'> & { readonly by: string; readonly at: Date },
  ): Promise<StartStored>;
  cancel(importId: string): Promise<boolean>;
  /** The one that has waited longest and nobody works on; it is `worker`'s until the lease runs out. Asked again, its own. */
  claim(worker: string): Promise<ImportWork | null>;
  /** Keeps it for the time of another lease. False: it is somebody else's by now. */
  hold(importId: string, worker: string): Promise<boolean>;
  /** Lets go of it; nobody takes it before so many milliseconds. `failed` counts a failure. */
  release(importId: string, worker: string, pause: number, failed: boolean): Promise<void>;
  /** All rows are through, or the rest is given up: what is not created nor skipped has failed. */
  endRows(importId: string, worker: string, gaveUp: boolean): Promise<ImportWork | null>;
  /** Nothing is left to do; stores an audit entry for each customer. False for who has lost the lease. */
  finish(
    importId: string,
    worker: string,
    end: { readonly state: 'done' | 'failed' | 'cancelled'; readonly at: Date },
  ): Promise<boolean>;
  /** How many rows are through. */
  reached(importId: string): Promise<number>;
  /** Rows that were skipped or refused while the import ran, by line. */
  outcomes(importId: string): AsyncIterable<RowOutcome>;
}

export interface RowOutcome {
  readonly line: number;
  readonly kind: 'skipped' | 'failed';
  readonly faults: readonly ImportFault[];
}

/** The next rows of an import, done in one transaction that also moves its position. */
interface Batch {
  readonly importId: string;
  readonly worker: string;
  readonly from: Position;
  readonly to: Position;
  readonly at: Date;
  /** Who started the import. */
  readonly operator: string;
  /** Of the same rows, those that were decided when the file was checked. */
  readonly skipped: number;
  readonly failed: number;
}

export interface UserBatch extends Batch {
  readonly users: readonly UserToCreate[];
}

export interface UserToCreate {
  readonly line: number;
  readonly customerId: string;
  readonly id: string;
  readonly user: ImportedUser;
  /** Brings the link to its password; without one the password is on the sheet. */
  readonly letter: LetterRecord | null;
}

export interface LicenseBatch extends Batch {
  readonly changes: readonly LicenseToChange[];
  /** For users without a location; '' where none was chosen. */
  readonly usageLocation: string;
}

export interface LicenseToChange {
  readonly line: number;
  readonly customerId: string;
  readonly userPrincipalName: string;
  readonly assign: readonly string[];
  readonly remove: readonly string[];
}

/** What imports do to the accounts. Null: the lease is lost, and nothing was done. */
export interface ImportAccounts {
  customersOfDomains(domains: readonly string[]): Promise<readonly Customer[]>;
  createUsers(batch: UserBatch): Promise<ImportWork | null>;
  changeLicenses(batch: LicenseBatch): Promise<ImportWork | null>;
}

/** A user whose password is the import's to make: nobody has given them another since. */
export interface SheetUser {
  readonly id: string;
  readonly customerId: string;
  readonly line: number;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

export interface SheetUsers {
  readonly users: readonly SheetUser[];
  /** How far it was looked. */
  readonly line: number;
  /** Who gets no password up to there, since the line before. */
  readonly left: LeftOut;
}

export interface SheetPart {
  readonly sheetId: string;
  readonly index: number;
  readonly users: readonly SheetUser[];
  readonly digests: ReadonlyMap<string, PasswordDigest>;
  readonly sealed: Sealed;
  readonly at: Date;
  readonly expiresAt: Date;
}

/** The sheet of passwords of an import, made part by part. Null or false: the lease is lost. */
export interface ImportSheets {
  /** Discards what an attempt before has left. `opened`: its sheet was posted, and read already. */
  begin(importId: string, worker: string, sheetId: string): Promise<'begun' | 'opened' | null>;
  /** By line, after this one; null when there are no more. */
  users(importId: string, afterLine: number, size: number): Promise<SheetUsers | null>;
  /** `changed`: not all of them are the import's any more; nothing was stored. */
  seal(importId: string, worker: string, part: SheetPart): Promise<'sealed' | 'changed' | null>;
  /** From now on the link opens the sheet; null: there was nobody for one. */
  complete(importId: string, worker: string, sheet: HandOverRecord | null, left: LeftOut): Promise<boolean>;
}

/** New passwords for users of an import that has ended; a worker makes them, part by part. */
export interface ImportIssues extends ImportSheets {
  /** By what decides about them. */
  groups(importId: string, scope: IssueScope): Promise<readonly IssueGroup[]>;
  /** Letters that would not be sent any more. */
  letters(importId: string, scope: IssueScope): Promise<number>;
  /** Once for each effect id. `overtaken`: the import is not as it was seen, or a worker is at it. */
  start(importId: string, wanted: WantedIssue, effectId: string): Promise<'started' | 'overtaken'>;
  /** Nothing is left to do. False for who has lost the lease. */
  finish(importId: string, worker: string): Promise<boolean>;
}

export type IssueGroup = Parameters<typeof foreseeIssue>[0][number];

export interface WantedIssue {
  readonly scope: IssueScope;
  readonly by: string;
  readonly partnerRole: PartnerRole;
  readonly at: Date;
  readonly seen: string | null;
  readonly expected: number;
}

/** Takes an import back, part after part; in two processes each user is removed once. */
export interface ImportUndos {
  /** Null when the import is not at its end, or is being undone already. */
  begin(
    importId: string,
    undo: { readonly by: string; readonly partnerRole: PartnerRole; readonly at: Date },
  ): Promise<ImportRecord | null>;
  /** The next users of the file; `finished` when there are no more. */
  part(importId: string): Promise<'more' | 'finished'>;
}
