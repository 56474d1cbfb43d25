import type { ActiveUser } from '../domain/user';
import { word, type Word } from '../ports/card';
import type { AuditAction, AuditRecord, AuditTrail } from '../ports/audit';
import type { People } from '../ports/people';
import type { CustomerRequest } from './feature';
import { personOf } from './person';

interface Deps {
  readonly trail: Pick<AuditTrail, 'ofUser'>;
  readonly people: Pick<People, 'names'>;
}

/** What changes fields that an operator can edit. */
const changing: readonly AuditAction[] = [
  'update_customer_user',
  'update_customer_user_principal_name',
  'restore_customer_user',
];
const lookedAt = 10;

/** With a license, the location may have been changed too. */
function changesFields({ action, details }: AuditRecord): boolean {
  if (action !== 'update_customer_user_licenses') return changing.includes(action);
  return details?.after !== undefined && 'usageLocation' in details.after;
}

/** Says who changed the user last, and when. */
export async function lastChangeOf(
  { customer }: CustomerRequest,
  user: ActiveUser,
  { trail, people }: Deps,
): Promise<Word> {
  const entries = await trail.ofUser(customer.id, user.id, lookedAt);
  const last = entries.find((entry) => entry.outcome === 'success' && changesFields(entry));
  if (!last) return word('edit-user.meanwhile.somebody');
  const { operator, at } = last;
  return word('edit-user.meanwhile.who', { who: personOf(operator, await people.names([operator])), at });
}
