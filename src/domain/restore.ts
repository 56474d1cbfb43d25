import type { Customer } from './customer';
import type { Fault } from './fault';
import { tidyText } from './text';
import { checkUpn, partsOfUpn, upnKey } from './upn';
import type { DeletedUser } from './user';

/** Which former licenses of a user come back. */
export interface SeatsBack {
  readonly back: readonly string[];
  /** For which no seat is left. */
  readonly withoutSeat: readonly string[];
}

/** Gives free seats for former licenses, in the order of the users. */
export function decideSeats(
  users: readonly Pick<DeletedUser, 'licenses'>[],
  free: ReadonlyMap<string, number>,
): readonly SeatsBack[] {
  const left = new Map(free);
  return users.map(({ licenses }) => {
    const back = licenses.filter((sku) => (left.get(sku) ?? 0) > 0);
    for (const sku of back) left.set(sku, (left.get(sku) ?? 0) - 1);
    return { back, withoutSeat: licenses.filter((sku) => !back.includes(sku)) };
  });
}

/** The domain of a former name, or the default one where the former is no longer the customer's. */
export function domainToReturnTo({ domains, defaultDomain }: Customer, formerUpn: string): string {
  const former = partsOfUpn(formerUpn).domain;
  return domains.some((domain) => upnKey(domain) === upnKey(former)) ? former : defaultDomain;
}

/**
 * Reads the name that a restored user shall have: whole, or only what stands before the `@`. Nothing typed is the
 * former name.
 */
export function readRestoredName(
  typed: string | undefined,
  formerUpn: string,
  customer: Customer,
): { readonly userPrincipalName: string; readonly faults: readonly Fault<'username'>[] } {
  const text = tidyText(typed) || formerUpn;
  const userPrincipalName = text.includes('@') ? text : `${text}@${domainToReturnTo(customer, formerUpn)}`;
  const { domain } = partsOfUpn(userPrincipalName);
  const known = customer.domains.some((one) => upnKey(one) === upnKey(domain));
  const faults = checkUpn(userPrincipalName).map((fault) => ({ ...fault, field: 'username' as const }));
  if (faults.length === 0 && !known) faults.push({ field: 'username', reason: 'unknown-domain' });
  return { userPrincipalName, faults };
}
