import type { Customer } from '../domain/customer';
import { customerOf } from './customer-view';
import type { Reply } from './feature';

/** The user is not there any more; nothing was changed. */
export function userGone(customer: Customer): Reply {
  return {
    audience: 'operator',
    card: { name: 'user-gone', data: { ...customerOf(customer), list: { customerId: customer.id } } },
  };
}
