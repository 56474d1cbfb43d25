import { availableSeats, type Subscription } from './license';
import type { StartingPoint } from './template';
import type { Values } from './user-fields';

/** The form after it took over what a template or another user has, and what could not be taken over. */
export interface TakenOver {
  readonly values: Values;
  /** Products without a free seat, and such as are not the customer's any more. */
  readonly withoutSeat: readonly string[];
  readonly notOffered: readonly string[];
  /** Roles that the operator may not assign. */
  readonly notAllowed: readonly string[];
}

/** Takes over location, department, licenses and roles; all else stays as it was typed. */
export function takeOver(
  from: StartingPoint,
  typed: Values,
  { subscriptions, mayAssignRoles }: { subscriptions: readonly Subscription[]; mayAssignRoles: boolean },
): TakenOver {
  const seatsOf = new Map(subscriptions.map((one) => [one.skuPartNumber, availableSeats(one)]));
  const offered = from.licenses.filter((sku) => seatsOf.has(sku));
  const withSeat = offered.filter((sku) => (seatsOf.get(sku) ?? 0) > 0);
  return {
    values: {
      ...typed,
      ...(from.usageLocation === '' ? {} : { usageLocation: from.usageLocation }),
      ...(from.department === '' ? {} : { department: from.department }),
      licenses: withSeat.join(','),
      roles: mayAssignRoles ? from.roles.join(',') : '',
    },
    withoutSeat: offered.filter((sku) => !withSeat.includes(sku)),
    notOffered: from.licenses.filter((sku) => !seatsOf.has(sku)),
    notAllowed: mayAssignRoles ? [] : from.roles,
  };
}
