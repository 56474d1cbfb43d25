import type { HandOverRecord, Sealed } from '../domain/hand-over';

/** A part of the sheet of an import. */
export interface SheetPartRead {
  readonly sealed: Sealed;
  /** In the order in which they are sealed, by their present names; null for one whose password is another by now. */
  readonly users: readonly ({ readonly userPrincipalName: string; readonly displayName: string } | null)[];
}

/** The parts of a sheet, each read as it is needed: a sheet may hold a million passwords. */
export interface SheetParts {
  /** How many of its passwords are still good. */
  count(sheet: HandOverRecord): Promise<number>;
  find(sheetId: string, index: number): Promise<SheetPartRead | null>;
  /** The same, with an audit entry for each user shown. */
  show(sheet: HandOverRecord, index: number, now: Date): Promise<SheetPartRead | null>;
  /** The same, for the last time: the ciphertext is erased. */
  take(sheetId: string, index: number): Promise<SheetPartRead | null>;
  /** Erases what is left. */
  erase(sheetId: string): Promise<void>;
}

/**
 * The one-time links. They are made with the effect that needs them, through `Directory`; here they are read
 * and revealed. Throws `StorageAway` when the database does not answer.
 */
export interface HandOvers {
  find(handOverId: string): Promise<HandOverRecord | null>;
  findByToken(tokenHash: string): Promise<HandOverRecord | null>;
  /** Those made for users that were added one after the other, oldest first. */
  inRow(row: string): Promise<readonly HandOverRecord[]>;
  /**
   * The one who wins gets the sealed accounts; the ciphertext is erased and the audit entry stored in the same
   * transaction, for each of `targets` (the UPNs revealed). Null: somebody was first, or it is not waiting any more.
   */
  reveal(tokenHash: string, now: Date, targets: readonly string[]): Promise<HandOverRecord | null>;
  readonly parts: SheetParts;
}
