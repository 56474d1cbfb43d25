import type { ActiveUser } from '../domain/user';
import { word, type Word } from '../ports/card';
import type { AuditAction, AuditTrail } from '../ports/audit';
import type { People } from '../ports/people';
import type { CustomerRequest } from './feature';
import { personOf } from './person';

interface Deps {
  readonly trail: Pick<AuditTrail, 'ofUser'>;
  readonly people: Pick<People, 'names'>;
}

/** What changes a field that an operator can edit. */
const changing: readonly AuditAction[] = [
  'update_customer_user',
  'update_customer_user_principal_name',
  'update_customer_user_licenses',
  'restore_customer_user',
];
const lookedAt = 10;

/** Says who changed the user last, and when. */
export async function lastChangeOf(
  { customer }: CustomerRequest,
  user: ActiveUser,
  { trail, people }: Deps,
): Promise<Word> {
  const entries = await trail.ofUser(customer.id, user.id, lookedAt);
  const last = entries.find(({ action, outcome }) => outcome === 'success' && changing.includes(action));
  if (!last) return word('edit-user.meanwhile.somebody');
  const { operator, at } = last;
  return word('edit-user.meanwhile.who', { who: personOf(operator, await people.names([operator])), at });
}
