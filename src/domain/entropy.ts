/** Chance from a cryptographic source. */
export interface Entropy {
  bytes(length: number): Buffer;
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
}
