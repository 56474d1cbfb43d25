import { createHash } from 'node:crypto';

/** The same short text for the same values; tells whether something is still as it was seen. */
export function fingerprint(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, 22);
}
