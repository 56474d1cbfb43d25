import { userColumns } from '../domain/import-fault';
import type { Language } from './chat';

/** Which column of ours a column of the file is. */
export const fields = [...userColumns, 'license', 'action', 'statusUpdate'] as const;
export type Field = (typeof fields)[number];

/** What a file is for: new users, licenses to give and take, or user principal names and nothing else. */
export type TableContent = 'users' | 'licenses' | 'names';
export type HeadingLanguage = 'en' | 'fr' | 'de' | 'it' | 'es' | 'pt-BR';
export type TableFamily = 'partner-center' | 'microsoft-365' | 'entra' | 'rollcall';
export type TableEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type TableSeparator = ',' | ';' | '\t' | '|';
export type TableNewline = '\n' | '\r\n' | '\r';

/** How a file was written, enough to write another one like it. Plain JSON. */
export interface Dialect {
  readonly family: TableFamily;
  /** Of the headings. */
  readonly language: HeadingLanguage;
  /** A sheet of a workbook is written as CSV: what stands below says how. */
  readonly format: 'csv' | 'xlsx';
  readonly encoding: TableEncoding;
  /** Is written with a byte order mark: the file has one, or nothing but ASCII was seen, and reasons may hold more. */
  readonly bom: boolean;
  readonly separator: TableSeparator;
  readonly newline: TableNewline;
  /** Begins with `sep=`. */
  readonly sepLine: boolean;
  /** `version:v1.0` stands before the headings. */
  readonly versionLine: boolean;
  /** As they stand in the file, in its order. */
  readonly headings: readonly string[];
  /** What the bytes left open: `encoding` when windows-1252 is the last resort, `separator` when there is one column. */
  readonly guessed: { readonly encoding: boolean; readonly separator: boolean };
}

export interface Row {
  /** The physical line on which the record begins, from 1, `sep=` and `version:` counted; the sheet's row for xlsx. */
  readonly line: number;
  /** Trimmed; a column that the file does not have is absent, an empty cell is ''. Never a password. */
  readonly cells: Readonly<Partial<Record<Field, string>>>;
  /** Every cell in the order of the columns, cells of password columns blanked. */
  readonly raw: readonly string[];
  /** It has more or fewer cells than there are headings: what stands under which heading is not certain. */
  readonly ragged: boolean;
}

/** A heading that was looked for, and the unknown heading of the file that is nearest to it. */
export interface MissingHeading {
  readonly field: Field;
  /** In the language of the headings. */
  readonly heading: string;
  readonly nearest: string | null;
}

export interface TableOpened {
  readonly kind: 'opened';
  readonly content: TableContent;
  readonly dialect: Dialect;
  /** What each heading of the dialect is, by its place; null where it is ignored. */
  readonly columns: readonly (Field | null)[];
  /** Headings that are ignored, as they stand in the file; password columns are not among them. */
  readonly unknown: readonly string[];
  /** Columns that would be used and are not there; none of them is required. */
  readonly missing: readonly MissingHeading[];
  /** Headings of columns that hold passwords, as they stand in the file. */
  readonly passwordColumns: readonly string[];
  /** Once. Rows without any content are left out. Throws `TableBroken`, or what the source throws. */
  rows(): AsyncIterable<Row>;
  /** Lets go of the source when the rows are not wanted; harmless after them. */
  close(): Promise<void>;
}

export type TableFault =
  /** More than `maxBytes`. */
  | 'too-large'
  /** Not text, nor a workbook. */
  | 'binary'
  | 'empty'
  /** The first line holds no heading that is known: perhaps it has no headings at all. */
  | 'no-known-heading'
  | 'heading-twice'
  /** `missing` says which. */
  | 'missing-headings'
  /** A record of more than `longestRecord` characters: often a quote that is not closed. */
  | 'line-too-long'
  /** The file ends within quotes that were opened in the record of `line`. */
  | 'quote-not-closed'
  /** More than `mostColumns`. */
  | 'too-many-columns'
  | 'unreadable-xlsx'
  /** More than `mostSheetRows`, or more than `mostUnpackedBytes`. */
  | 'xlsx-too-large'
  /** A workbook that asks for a password. */
  | 'protected-xlsx'
  /** A workbook of before 2007. */
  | 'old-xls';

export interface TableRefused {
  readonly kind: 'refused';
  readonly reason: TableFault;
  readonly line?: number;
  /** The one that stands twice (its second, as in the file). */
  readonly heading?: string;
  /** For `missing-headings` and `no-known-heading`. */
  readonly missing?: readonly MissingHeading[];
}

/** The file turned out to be broken after rows of it were read. */
export class TableBroken extends Error {
  constructor(
    readonly reason: TableFault,
    readonly line: number,
  ) {
    super(`The table is broken at line ${line}: ${reason}`);
    this.name = 'TableBroken';
  }
}

/** Characters of a record. */
export const longestRecord = 64 * 1024;
export const mostColumns = 200;
export const mostSheetRows = 20_000;
/** 50 MiB: of a workbook, unpacked. */
export const mostUnpackedBytes = 50 * 1024 * 1024;

export interface TableSource {
  /** As the file was named by who sent it. */
  readonly name: string;
  readonly maxBytes: number;
}

/** Reads no more than the beginning of a CSV; a workbook is read once as a whole, for its limits. */
export type OpenTable = (
  source: AsyncIterable<Uint8Array>,
  options: TableSource,
) => Promise<TableOpened | TableRefused>;

export interface WrittenRow {
  /** As `Row.raw`. What stands there under the status heading is replaced. */
  readonly raw: readonly string[];
  readonly status: string;
}

/**
 * A file in a dialect, with the status of each row under its own heading, which is added when there is none. No cell
 * runs as a formula in a spreadsheet; read again, every row is what it was, and a ragged one is still ragged.
 */
export type WriteTable = (dialect: Dialect, rows: AsyncIterable<WrittenRow>) => AsyncIterable<Buffer>;

export interface TableTemplate {
  readonly dialect: Dialect;
  readonly rows: readonly WrittenRow[];
}

export type TemplateOf = (content: 'users' | 'licenses', language: Language) => TableTemplate;

export interface Tables {
  readonly open: OpenTable;
  readonly write: WriteTable;
  readonly templateOf: TemplateOf;
}
