export type FaultReason =
  | 'required'
  | 'too-long'
  | 'too-many'
  | 'control-characters'
  | 'not-allowed-characters'
  | 'more-than-one-at'
  | 'dot-before-at'
  | 'other-domain'
  | 'unknown-domain'
  | 'unknown-location'
  | 'location-needed-for-license'
  | 'unknown-license'
  | 'no-seats'
  | 'nothing-chosen'
  | 'given-and-taken'
  | 'unknown-role'
  | 'role-not-allowed'
  | 'taken'
  | 'gone'
  | 'not-a-domain'
  | 'domain-taken'
  | 'not-a-seat-line'
  | 'too-many-seats'
  | 'listed-twice'
  | 'not-a-day'
  | 'after-last-day'
  | 'past-day'
  | 'after-deadline'
  | 'not-days'
  | 'unknown-time-zone'
  | 'one-of-both'
  | 'not-an-operator-id'
  | 'already-operator'
  | 'all-or-some'
  | 'unknown-customer'
  | 'last-admin'
  | 'cut-off'
  | 'domain-in-use'
  | 'seats-in-use'
  | 'changed-meanwhile'
  | 'emptied-meanwhile'
  | 'not-an-address'
  | 'own-address';

/**
 * What is wrong with a field. `limit` says how much is allowed (too-long, too-many, too-many-seats);
 * `names` says which of several values is meant. Both are for people to read: `names` is cut short.
 */
export interface Fault<F extends string = string> {
  readonly field: F;
  readonly reason: FaultReason;
  readonly limit?: number;
  readonly names?: readonly string[];
}

const mostNames = 10;
const longestName = 80;

/** Values to name in a fault, cut so that a hostile payload cannot swell the answer. */
export function namesForReading(values: readonly string[]): string[] {
  return values
    .slice(0, mostNames)
    .map((value) =>
      value.length > longestName ? `${Array.from(value).slice(0, longestName).join('')}…` : value,
    );
}
