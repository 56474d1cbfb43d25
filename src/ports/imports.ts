import type { Customer } from '../domain/customer';
import type { Fault } from '../domain/fault';
import type { ImportChoiceField } from '../domain/import-choices';
import type { ImportFault } from '../domain/import-fault';
import type { IssueScope, LeftOut } from '../domain/import-issue';
import type { PartnerAction } from '../domain/permission';
import type { Operator } from '../domain/operator';
import type { Language, Locale } from './chat';
import type { DryRun } from './import-dry-run';
import type { Dialect, TableContent, TableRefused } from './tables';

export type ImportState = 'checked' | 'running' | 'done' | 'failed' | 'cancelled';

/** What the operator chose on the dry run. Empty where nothing was chosen. */
export interface ImportChoices {
  /** For rows that name none. */
  readonly usageLocation: string;
  readonly licenses: readonly string[];
  /** For a file of names alone. */
  readonly assign: readonly string[];
  readonly remove: readonly string[];
}

export const noChoices: ImportChoices = { usageLocation: '', licenses: [], assign: [], remove: [] };

/** Rows that were ready when their file was checked and were not done: what it rests on has changed since. */
export interface ChangedRows {
  readonly skipped: number;
  readonly failed: number;
  /** The first ten, by line. */
  readonly first: readonly ChangedRow[];
}

export interface ChangedRow {
  readonly line: number;
  readonly userPrincipalName: string;
  readonly kind: 'skipped' | 'failed';
  readonly fault: ImportFault;
}

export const nothingChanged: ChangedRows = { skipped: 0, failed: 0, first: [] };

/** What the undo of an import did. */
export interface UndoneImport {
  readonly at: Date;
  readonly by: string;
  readonly finished: boolean;
  readonly removed: number;
  /** Left alone because somebody changed, reset, deleted or renamed them since, or they have signed in. */
  readonly changed: number;
  /** Left alone because their roles are above the reach of the operator. */
  readonly guarded: number;
  /** The first ten that were left. */
  readonly left: readonly { readonly userPrincipalName: string; readonly why: 'changed' | 'guarded' }[];
}

/** New temporary passwords for users of an import, on a sheet that takes the place of the one before. */
export interface IssuedSheet extends LeftOut {
  readonly scope: IssueScope;
  readonly at: Date;
  readonly by: string;
  readonly finished: boolean;
  /** Passwords that were foreseen, and those made so far. */
  readonly expected: number;
  readonly issued: number;
}

export interface ImportRecord {
  readonly id: string;
  /** The operator's customer, or the first that the file names; null where it names none. */
  readonly customerId: string | null;
  readonly state: ImportState;
  readonly total: number;
  /** Users created; of a licenses or names file, rows done. */
  readonly created: number;
  readonly skipped: number;
  readonly failed: number;
  /** Of the rows skipped and failed, those that the dry run had said would be done. */
  readonly changed: ChangedRows;
  /** Of the users created, those who get their link by letter. */
  readonly lettered: number;
  /** The language of these letters; null where none are sent, and everybody stands on the sheet. */
  readonly letters: Language | null;
  /** Who sent the file. */
  readonly operator: string;
  readonly locale: Locale;
  readonly fileName: string;
  readonly content: TableContent;
  readonly dialect: Dialect;
  /** SHA-256 of the bytes, as hexadecimal. */
  readonly digest: string;
  readonly dryRun: DryRun;
  readonly choices: ImportChoices;
  readonly checkedAt: Date;
  readonly startedAt: Date | null;
  /** Who pressed Import. */
  readonly startedBy: string | null;
  readonly finishedAt: Date | null;
  /** `passwords`: all rows are through, the sheet is being made. `posted`: nothing is left to do. */
  readonly phase: 'rows' | 'passwords' | 'posted';
  readonly cancelRequested: boolean;
  /** The sheet of passwords; null while there is none, and where nobody was created. */
  readonly handOverId: string | null;
  /** The latest one. */
  readonly issue: IssuedSheet | null;
  readonly undo: UndoneImport | null;
}

export interface UploadedFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Who does it, where, when. A `Request` of a feature is one. */
export interface ImportRequest {
  readonly operator: Operator;
  readonly locale: Locale;
  readonly now: Date;
}

export type CheckOutcome =
  | { readonly kind: 'checked'; readonly record: ImportRecord }
  /** Nothing was stored. */
  | TableRefused
  /** The file names no customers, and none was given: it is kept for 24 hours, see `checkKept`. */
  | { readonly kind: 'customer-needed'; readonly uploadId: string }
  /** The operator's role has not this right; nothing was stored. */
  | { readonly kind: 'not-allowed'; readonly action: PartnerAction };

export type { ImportChoiceField };

export type StartOutcome =
  | { readonly kind: 'started'; readonly record: ImportRecord }
  /** What was chosen does not do; nothing was started. */
  | {
      readonly kind: 'refused';
      readonly record: ImportRecord;
      readonly faults: readonly Fault<ImportChoiceField>[];
    }
  | { readonly kind: 'not-allowed'; readonly action: PartnerAction; readonly customerId: string | null }
  /** Started before (whether by this form or another), or done. */
  | { readonly kind: 'already'; readonly record: ImportRecord }
  /** The very same file is being imported right now. */
  | { readonly kind: 'same-running'; readonly record: ImportRecord }
  /** So it is, by somebody for whom more of it counts: this operator must not see how it goes. */
  | { readonly kind: 'same-elsewhere'; readonly record: ImportRecord }
  /** Its rows are kept for 24 hours only, or there is no such import of these customers. */
  | { readonly kind: 'gone' };

export type UndoOutcome =
  /** It goes on by itself where it is not finished yet. */
  | { readonly kind: 'undone'; readonly record: ImportRecord }
  | { readonly kind: 'not-allowed'; readonly action: PartnerAction; readonly customerId: string | null }
  /** More than 24 hours after it ended. */
  | { readonly kind: 'too-late'; readonly record: ImportRecord }
  /** New passwords are being made for its users right now. */
  | { readonly kind: 'busy'; readonly record: ImportRecord }
  /** Not at its end yet, not an import of users, or nobody was created. */
  | { readonly kind: 'nothing-to-undo'; readonly record: ImportRecord }
  | { readonly kind: 'gone' };

export interface ForeseenIssue {
  readonly issue: number;
  readonly left: LeftOut;
}

export type IssueOutcome =
  /** It goes on by itself. */
  | { readonly kind: 'issuing'; readonly record: ImportRecord }
  /** Somebody else was first, it was undone meanwhile, or nobody is left for it: nothing was done. */
  | { readonly kind: 'overtaken' | 'nobody'; readonly record: ImportRecord }
  | { readonly kind: 'not-allowed'; readonly action: PartnerAction; readonly customerId: string | null }
  | { readonly kind: 'gone' };

/** A row of the file with what became of it, for a report. */
export interface ReportedRow {
  readonly line: number;
  readonly raw: readonly string[];
  readonly faults: readonly ImportFault[];
}

/** Milliseconds for which the rows of a checked file are kept. */
export const rowsKept = 24 * 60 * 60 * 1000;

/** Milliseconds after the end of an import in which it can be undone. */
export const undoWindow = 24 * 60 * 60 * 1000;

/**
 * Files of users and licenses: checked, then imported by a worker that survives a crash. Throws `StorageAway` when the
 * database does not answer; what was under way goes on by itself.
 */
export interface Imports {
  /** `customer`: the operator's, for rows that name none. Stores no user. Throws what `file.bytes` throws. */
  checkFile(request: ImportRequest, customer: Customer | null, file: UploadedFile): Promise<CheckOutcome>;
  /** Goes on with a file that a customer was missing for; null where it is kept no longer. */
  checkKept(request: ImportRequest, customer: Customer, uploadId: string): Promise<CheckOutcome | null>;
  find(importId: string): Promise<ImportRecord | null>;
  /** The files that this operator has sent, the latest first. */
  latest(operator: string, limit: number): Promise<readonly ImportRecord[]>;
  /** `form` is good for one start. Only an operator with all customers of the file in reach may. */
  start(
    request: ImportRequest,
    importId: string,
    choices: Readonly<Record<string, string>>,
    form: string,
  ): Promise<StartOutcome>;
  /** The worker stops after the batch it is at; what is done stays. False where there is nothing to stop. */
  cancel(request: ImportRequest, importId: string): Promise<boolean>;
  undo(request: ImportRequest, importId: string, form: string): Promise<UndoOutcome>;
  /** How many users would get a new password, and how many not. */
  foreseeIssue(request: ImportRequest, importId: string, scope: IssueScope): Promise<ForeseenIssue>;
  /** `seen`: the sheet that is there, as the operator knows it. `form` is good for one new sheet. */
  issue(
    request: ImportRequest,
    importId: string,
    wanted: { readonly scope: IssueScope; readonly seen: string | null },
    form: string,
  ): Promise<IssueOutcome>;
  /** Rows of the dry run that are not ready, by line. */
  problems(importId: string): AsyncIterable<ReportedRow>;
  /**
   * Rows that were not done, by line: not ready, changed since the dry run, or not reached before a cancel. Those that
   * the dry run had said would be skipped are not among them.
   */
  failedRows(importId: string): AsyncIterable<ReportedRow>;
}

/** Told by the worker how an import stands. */
export interface ImportProgress {
  /** Rows were done; not more often than a chat takes it. A failure is logged, the work goes on. */
  progress(record: ImportRecord): Promise<void>;
  /**
   * Shows the result; `token` leads to the sheet of passwords, null where there is none. Resolves when the message
   * stands; `gone` where it cannot be shown any more. Throws to be asked again, with another token then.
   */
  result(record: ImportRecord, token: string | null): Promise<'delivered' | 'gone'>;
}

export interface ImportWorker {
  /** Runs what is to be run, until there is nothing left or `ending`; in two processes each import is run by one. Never throws. */
  runDue(ending: AbortSignal): Promise<void>;
}
