import type { Customer } from '../../src/domain/customer';
import { restoreByOf } from '../../src/domain/retention';
import type { ActiveUser, DeletedUser } from '../../src/domain/user';
import type { Request } from '../../src/features/feature';
import { createHome } from '../../src/features/home';
import type { Card } from '../../src/ports/card';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import {
  adam,
  contoso,
  extremeCustomer,
  extremeUsers,
  helpdeskAgent,
  requestWith,
  sampleNow,
  zoe,
} from './sample-data';

const day = 24 * 60 * 60 * 1000;

export async function homeSamples(): Promise<CardSample[]> {
  const two = [deleted(adam, 29), deleted(zoe, 25.5)];
  const billingAdmin = { ...helpdeskAgent, partnerRole: 'billing_admin' } as const;
  const full = extremeUsers(5).map((user) => deleted(user, 29.9));
  return [
    { card: await home({ customer: contoso, gone: two }), as: 'typical' },
    { card: await home({ customer: contoso }, { operator: helpdeskAgent }), as: 'nobody deleted, helpdesk' },
    { card: await home({ customer: contoso }, { operator: billingAdmin }), as: 'billing admin' },
    { card: await home({}), as: 'no customer' },
    { card: await home({ customer: extremeCustomer, gone: full, found: 1_001 }), as: 'full', extreme: true },
  ];
}

interface World {
  readonly customer?: Customer;
  readonly gone?: readonly DeletedUser[];
  readonly found?: number;
}

async function home(
  { customer, gone: items = [], found = items.length }: World,
  changes: Partial<Request> = {},
): Promise<Card> {
  const { open } = createHome({
    directory: directoryWith({
      findCustomer: () => Promise.resolve(customer ?? null),
      searchDeletedUsers: () => Promise.resolve({ items, found, previous: null, next: null }),
    }),
    pickedId: () => Promise.resolve(customer?.id ?? null),
  });
  return (await open(requestWith(undefined, changes))).card;
}

function deleted(user: ActiveUser, daysAgo: number): DeletedUser {
  const deletedAt = new Date(sampleNow.getTime() - daysAgo * day);
  return { ...user, deletedAt, deletedBy: 'web:ben', restoreBy: restoreByOf(deletedAt), deletion: 'a' };
}
