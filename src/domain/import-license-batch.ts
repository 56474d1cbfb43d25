import { noSeats, withinCustomer } from './import-batch';
import type { ImportFault } from './import-fault';
import { namesForReading } from './fault';
import { upnKey } from './upn';
import type { ActiveUser } from './user';

/** Products that a row gives to a user and takes from it. */
interface LicenseChangeRow {
  readonly customerId: string;
  readonly userPrincipalName: string;
  readonly assign: readonly string[];
  readonly remove: readonly string[];
}

export interface LicenseFacts {
  /** Active users by their names within their customer. */
  readonly users: ReadonlyMap<string, ActiveUser>;
  /** Free seats of each product within its customer; a product that is not there cannot be given. */
  readonly free: ReadonlyMap<string, number>;
  /** For users without one; '' where none was chosen. */
  readonly usageLocation: string;
}

export type LicenseVerdict =
  | {
      readonly kind: 'change';
      readonly before: ActiveUser;
      readonly after: ActiveUser;
      readonly given: readonly string[];
      readonly taken: readonly string[];
    }
  | { readonly kind: 'skipped' | 'failed'; readonly faults: readonly ImportFault[] };

/** Decides row by row, in the order of the file; what a row changes is seen by the next. */
export function decideLicenseRows(
  rows: readonly LicenseChangeRow[],
  { users, free, usageLocation }: LicenseFacts,
): readonly LicenseVerdict[] {
  const left = new Map(free);
  const now = new Map(users);
  return rows.map(({ customerId, userPrincipalName, assign, remove }): LicenseVerdict => {
    const key = withinCustomer(customerId, upnKey(userPrincipalName));
    const before = now.get(key);
    if (!before) return refused('failed', { field: 'userPrincipalName', reason: 'no-such-user' });
    const given = assign.filter((sku) => !before.licenses.includes(sku));
    const taken = before.licenses.filter((sku) => remove.includes(sku));
    if (given.length + taken.length === 0)
      return refused('skipped', { field: 'license', reason: 'nothing-to-change' });
    const seat = (sku: string) => withinCustomer(customerId, sku);
    const fault = faultOf(given.map((sku) => [sku, left.get(seat(sku))]));
    if (fault) return refused('failed', fault);
    const location = before.usageLocation || (given.length > 0 ? usageLocation : '');
    if (given.length > 0 && location === '')
      return refused('failed', { field: 'usageLocation', reason: 'location-needed-for-license' });
    for (const sku of given) left.set(seat(sku), (left.get(seat(sku)) ?? 0) - 1);
    for (const sku of taken) left.set(seat(sku), (left.get(seat(sku)) ?? 0) + 1);
    const kept = before.licenses.filter((sku) => !taken.includes(sku));
    const after = { ...before, licenses: [...kept, ...given], usageLocation: location };
    now.set(key, after);
    return { kind: 'change', before, after, given, taken };
  });
}

/** A row for which one product lacks a seat is not done at all. */
function faultOf(seats: readonly (readonly [string, number | undefined])[]): ImportFault | null {
  const unknown = seats.filter(([, free]) => free === undefined).map(([sku]) => sku);
  if (unknown.length > 0)
    return { field: 'license', reason: 'unknown-license', names: namesForReading(unknown) };
  const without = seats.filter(([, free]) => (free ?? 0) < 1).map(([sku]) => sku);
  return without.length > 0 ? { ...noSeats(without), field: 'license' } : null;
}

function refused(kind: 'skipped' | 'failed', fault: ImportFault): LicenseVerdict {
  return { kind, faults: [fault] };
}
