import type { ImportFault } from '../domain/import-fault';
import type { Dialect } from './tables';

/** A row that is not ready, as a card can show it. */
export interface RowProblem {
  readonly line: number;
  /** The heading of the column as it stands in the file; '' where the file has no such column. */
  readonly heading: string;
  readonly fault: ImportFault;
  /** What stands in the cell, cut for reading. */
  readonly value: string;
}

export interface SeatsNeeded {
  readonly customerId: string;
  readonly skuPartNumber: string;
  /** By rows that are ready or lack nothing but a seat. */
  readonly needed: number;
  /** When the file was checked. */
  readonly free: number;
}

export interface CustomerTouched {
  readonly customerId: string;
  readonly name: string;
  readonly defaultDomain: string;
  /** Of its rows, those that are ready; how many of these name no license. */
  readonly ready: number;
  readonly withoutLicenses: number;
}

/** One of the first rows, as it was understood. */
export interface RowPreview {
  readonly line: number;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly usageLocation: string;
  readonly licenses: readonly string[];
  readonly roles: readonly string[];
  /** Of a licenses file. */
  readonly action: 'assign' | 'remove' | null;
  readonly faults: readonly ImportFault[];
}

/** What a file would do. `rows = ready + alreadyThere + duplicates + unchanged + notReady`. */
export interface DryRun {
  readonly rows: number;
  /** Lacks at most a location, which can be chosen before the start. */
  readonly ready: number;
  /** Skipped: in the directory, or further up in the file. */
  readonly alreadyThere: number;
  readonly duplicates: number;
  /** Of a licenses file: nothing would change. */
  readonly unchanged: number;
  readonly notReady: number;
  /** Of the first rows, by line, all that is wrong with each: ten faults, and the rest of the last row's. */
  readonly problems: readonly RowProblem[];
  /** How often each reason occurs among the rows that are not ready, the most frequent first. */
  readonly reasons: readonly { readonly reason: ImportFault['reason']; readonly rows: number }[];
  /** Every product of the customers touched, needed or not; of very many, those that are needed first. */
  readonly seats: readonly SeatsNeeded[];
  /** Products that are needed and for which `seats` has no room. */
  readonly moreSeats: number;
  readonly customers: readonly CustomerTouched[];
  /** The first five rows. */
  readonly preview: readonly RowPreview[];
  /** Of the rows that are ready: those that name no location, no license, neither of them. */
  readonly withoutLocation: number;
  readonly withoutLicenses: number;
  readonly withNeither: number;
  /** Of the rows that are ready: those that name licenses and no location; a location must be chosen for them. */
  readonly needLocation: number;
  /** Of the rows that are ready: those that name an address for a letter. */
  readonly withEmail: number;
  readonly withRoles: number;
  /** Not ready because they ask for a role that the operator may not grant. */
  readonly rolesNotAllowed: number;
  /** Ignored headings that were probably meant for a column of ours, which is not there. */
  readonly nearMisses: readonly { readonly heading: string; readonly meant: string }[];
  /** Headings that are ignored, and those of passwords, which are never read. */
  readonly unknownHeadings: readonly string[];
  readonly passwordHeadings: readonly string[];
  readonly guessed: Dialect['guessed'];
}
