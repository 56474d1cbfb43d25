import { availableSeats } from '../domain/license';
import { isAllowed } from '../domain/permission';
import { decideSeats, domainToReturnTo, type SeatsBack } from '../domain/restore';
import { partsOfUpn, proposeUpns, upnKey } from '../domain/upn';
import type { DeletedUser } from '../domain/user';
import type { Directory } from '../ports/directory';
import type { CustomerRequest } from './feature';

/** What would become of a user that is restored now. */
export interface Prospect extends SeatsBack {
  readonly user: DeletedUser;
  /** `other-domain`: its domain is no longer the customer's. */
  readonly name: 'free' | 'taken' | 'other-domain';
  /** The former name, or a free one like it; '' where none is near. */
  readonly userPrincipalName: string;
  readonly withRoles: boolean;
}

type Names = Pick<Prospect, 'name' | 'userPrincipalName'>;

/** How many names are looked at before none is proposed. */
const namesTried = [1, 12, 200];

/** Nothing stands in the way, and everything comes back. */
export function isClear({ name, withoutSeat, withRoles, user }: Prospect): boolean {
  return name === 'free' && withoutSeat.length === 0 && (withRoles || user.roles.length === 0);
}

/** Looks before anything happens: are the names free, the domains there, and the seats? In the order of the users. */
export async function prospectsOf(
  { customer, operator }: CustomerRequest,
  users: readonly DeletedUser[],
  { directory }: { readonly directory: Pick<Directory, 'listSubscriptions' | 'takenUpns'> },
): Promise<readonly Prospect[]> {
  const [subscriptions, names] = await Promise.all([
    directory.listSubscriptions(customer.id),
    findNames(users, {
      domainOf: (user) => domainToReturnTo(customer, user.userPrincipalName),
      taken: (upns) => directory.takenUpns(customer.id, upns),
    }),
  ]);
  const free = new Map(subscriptions.map((one) => [one.skuPartNumber, availableSeats(one)]));
  const seats = decideSeats(users, free);
  const withRoles = isAllowed(operator.partnerRole, 'assign_role');
  return users.map((user, place) => ({
    user,
    ...(names[place] ?? { name: 'free', userPrincipalName: user.userPrincipalName }),
    ...(seats[place] ?? { back: [], withoutSeat: [] }),
    withRoles,
  }));
}

interface NameSearch {
  domainOf(user: DeletedUser): string;
  taken(upns: readonly string[]): Promise<readonly string[]>;
}

/** A name for each user that nobody has, not even one of the users before it. */
async function findNames(
  users: readonly DeletedUser[],
  { domainOf, taken }: NameSearch,
): Promise<readonly Names[]> {
  const found = new Map<DeletedUser, string>();
  const claimed = new Set<string>();
  for (const count of namesTried) {
    const open = users.filter((user) => !found.has(user));
    if (open.length === 0) break;
    const offers = open.map((user) => proposeUpns(localOf(user), domainOf(user), count));
    const asked = await taken([...new Set(offers.flat())]);
    const refused = new Set(asked.map(upnKey));
    open.forEach((user, place) => {
      const offer = offers[place]?.find((upn) => !refused.has(upnKey(upn)) && !claimed.has(upnKey(upn)));
      if (offer === undefined) return;
      found.set(user, offer);
      claimed.add(upnKey(offer));
    });
  }
  return users.map((user) => {
    const userPrincipalName = found.get(user) ?? '';
    const isFormer = upnKey(userPrincipalName) === upnKey(user.userPrincipalName);
    const moved = upnKey(domainOf(user)) !== upnKey(partsOfUpn(user.userPrincipalName).domain);
    return { name: moved ? 'other-domain' : isFormer ? 'free' : 'taken', userPrincipalName };
  });
}

function localOf(user: DeletedUser): string {
  return partsOfUpn(user.userPrincipalName).local;
}
