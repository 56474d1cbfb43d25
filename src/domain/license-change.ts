import type { ActiveUser } from './user';

/** Products to give to some users of a customer and to take from them. */
export interface LicenseChange {
  readonly customerId: string;
  /** Seats are given in this order. */
  readonly userIds: readonly string[];
  /** SKU part numbers. */
  readonly assign: readonly string[];
  readonly remove: readonly string[];
  /** For those of the users who have no location; '' where none is needed. */
  readonly usageLocation: string;
}

/** What came of it for one user. */
export interface LicenseResult {
  readonly before: ActiveUser;
  readonly after: ActiveUser;
  readonly given: readonly string[];
  readonly taken: readonly string[];
  /** For which no seat was left. */
  readonly refused: readonly string[];
}

/**
 * Decides who gets what: takes first, then gives in the order of the users, as far as `free` seats go. What a user has
 * already costs no seat.
 */
export function decideLicenses(
  users: readonly ActiveUser[],
  { assign, remove, usageLocation }: Pick<LicenseChange, 'assign' | 'remove' | 'usageLocation'>,
  free: ReadonlyMap<string, number>,
): readonly LicenseResult[] {
  const left = new Map(free);
  const seatsOf = (sku: string): number => left.get(sku) ?? 0;
  const taken = users.map((user) => user.licenses.filter((sku) => remove.includes(sku)));
  for (const sku of taken.flat()) left.set(sku, seatsOf(sku) + 1);
  return users.map((user, place) => {
    const wanted = [...new Set(assign)].filter((sku) => !user.licenses.includes(sku));
    const given = wanted.filter((sku) => seatsOf(sku) > 0);
    for (const sku of given) left.set(sku, seatsOf(sku) - 1);
    const kept = user.licenses.filter((sku) => !remove.includes(sku));
    const needsLocation = given.length > 0 && user.usageLocation === '';
    return {
      before: user,
      after: {
        ...user,
        licenses: [...kept, ...given],
        usageLocation: needsLocation ? usageLocation : user.usageLocation,
      },
      given,
      taken: taken[place] ?? [],
      refused: wanted.filter((sku) => !given.includes(sku)),
    };
  });
}
