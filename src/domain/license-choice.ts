import type { Fault } from './fault';
import { namesForReading } from './fault';
import { productName, type Subscription } from './license';
import type { LicenseChange } from './license-change';
import { isLocation } from './location';
import { splitValues, tidyText } from './text';
import type { ActiveUser } from './user';

/** A product, and how many of the chosen users have it. */
export interface ProductHeld extends Subscription {
  readonly have: number;
}

/** What can be chosen for some users: the products that not all of them have, and those that some have. */
export interface LicenseOffer {
  readonly give: readonly ProductHeld[];
  readonly take: readonly ProductHeld[];
  /** Some of the users have no location, and a license needs one. */
  readonly asksLocation: boolean;
}

export type LicenseField = 'assign' | 'remove' | 'usageLocation';

type Users = readonly Pick<ActiveUser, 'licenses' | 'usageLocation'>[];
type Choice = Pick<LicenseChange, 'assign' | 'remove' | 'usageLocation'>;
type LicenseFault = Fault<LicenseField>;
type ChoiceCheck =
  | { readonly ok: true; readonly choice: Choice }
  | { readonly ok: false; readonly faults: readonly LicenseFault[] };

export function offerLicenses(users: Users, subscriptions: readonly Subscription[]): LicenseOffer {
  const known = new Set(subscriptions.map(({ skuPartNumber }) => skuPartNumber));
  const held = new Set(users.flatMap(({ licenses }) => licenses));
  // What somebody has can be taken, though the customer has it no longer.
  const others = [...held].filter((sku) => !known.has(sku)).map(withoutSeats);
  const have = (sku: string): number => users.filter(({ licenses }) => licenses.includes(sku)).length;
  const count = (one: Subscription): ProductHeld => ({ ...one, have: have(one.skuPartNumber) });
  const give = subscriptions.map(count).filter((product) => product.have < users.length);
  return {
    give,
    take: [...subscriptions, ...others].map(count).filter((product) => product.have > 0),
    asksLocation: give.length > 0 && users.some(({ usageLocation }) => usageLocation === ''),
  };
}

function withoutSeats(skuPartNumber: string): Subscription {
  return { skuPartNumber, total: 0, consumed: 0 };
}

/** Reads what was chosen; every fault is reported, in the order of the form. */
export function checkLicenseChoice(
  values: Readonly<Record<string, string>>,
  users: Users,
  subscriptions: readonly Subscription[],
): ChoiceCheck {
  const assign = splitValues(values['assign']);
  const remove = splitValues(values['remove']);
  const usageLocation = tidyText(values['usageLocation']).toUpperCase();
  const { give } = offerLicenses(users, subscriptions);
  const known = subscriptions.map(({ skuPartNumber }) => skuPartNumber);
  const held = users.flatMap(({ licenses }) => licenses);
  const unknown = (skus: readonly string[], names: readonly string[]) =>
    skus.filter((sku) => !names.includes(sku));
  const faults: LicenseFault[] = [
    ...(assign.length + remove.length === 0
      ? [{ field: give.length > 0 ? 'assign' : 'remove', reason: 'nothing-chosen' } as const]
      : []),
    ...naming('assign', 'unknown-license', unknown(assign, known)),
    ...checkLocation(usageLocation, assign, users),
    ...naming('remove', 'unknown-license', unknown(remove, [...known, ...held])),
    ...naming('remove', 'given-and-taken', remove.filter((sku) => assign.includes(sku)).map(productName)),
  ];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, choice: { assign, remove, usageLocation } };
}

/** Needed for those alone who are to be given something and have none. */
function checkLocation(usageLocation: string, assign: readonly string[], users: Users): LicenseFault[] {
  const needed = users.some(
    (user) => user.usageLocation === '' && assign.some((sku) => !user.licenses.includes(sku)),
  );
  if (!needed || isLocation(usageLocation)) return [];
  const reason = usageLocation === '' ? 'location-needed-for-license' : 'unknown-location';
  return [{ field: 'usageLocation', reason }];
}

function naming(
  field: LicenseField,
  reason: LicenseFault['reason'],
  names: readonly string[],
): LicenseFault[] {
  return names.length > 0 ? [{ field, reason, names: namesForReading(names) }] : [];
}
