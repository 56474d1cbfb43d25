import type { HandOverRecord } from '../domain/hand-over';

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
}
