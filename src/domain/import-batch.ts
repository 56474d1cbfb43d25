import type { ImportFault } from './import-fault';
import type { ImportedUser } from './import-user';
import { namesForReading } from './fault';
import { productName } from './license';
import { partsOfUpn, upnKey } from './upn';

/** A row that was ready when its file was checked. */
interface ReadyUser {
  readonly customerId: string;
  readonly user: ImportedUser;
}

/** How it stands at the moment of the import. */
export interface BatchFacts {
  /** By customer; one that is not there any more has none. */
  readonly domains: ReadonlyMap<string, readonly string[]>;
  /** Names within their customer that active users have. */
  readonly taken: ReadonlySet<string>;
  /** Free seats of each product within its customer; null: there are enough. */
  readonly free: ReadonlyMap<string, number> | null;
}

export type UserVerdict =
  | { readonly kind: 'create' }
  | {
      readonly kind: 'skipped' | 'failed';
      readonly faults: readonly ImportFault[];
    };

/** A name or a product within a customer. */
export function withinCustomer(customerId: string, key: string): string {
  return `${customerId} ${key}`;
}

/** Decides row by row, in the order of the file: all that a row needs or nothing. */
export function decideUsers(rows: readonly ReadyUser[], facts: BatchFacts): readonly UserVerdict[] {
  const left = facts.free && new Map(facts.free);
  const taken = new Set(facts.taken);
  return rows.map(({ customerId, user }) => {
    const { local, domain } = partsOfUpn(user.userPrincipalName);
    const domains = facts.domains.get(customerId) ?? [];
    if (local === '' || !domains.some((known) => upnKey(known) === upnKey(domain))) {
      return refused('failed', { field: 'userPrincipalName', reason: 'unknown-domain' });
    }
    const name = withinCustomer(customerId, upnKey(user.userPrincipalName));
    if (taken.has(name)) return refused('skipped', { field: 'userPrincipalName', reason: 'already-there' });
    const seats = user.licenses.map((sku) => withinCustomer(customerId, sku));
    const without = user.licenses.filter((_, place) => left && (left.get(seats[place] ?? '') ?? 0) < 1);
    if (without.length > 0) return refused('failed', noSeats(without));
    for (const seat of seats) left?.set(seat, (left.get(seat) ?? 0) - 1);
    taken.add(name);
    return { kind: 'create' };
  });
}

export function noSeats(skuPartNumbers: readonly string[]): ImportFault {
  return { field: 'licenses', reason: 'no-seats', names: namesForReading(skuPartNumbers.map(productName)) };
}

function refused(kind: 'skipped' | 'failed', fault: ImportFault): UserVerdict {
  return { kind, faults: [fault] };
}
