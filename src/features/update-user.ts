import { effectId } from '../domain/hand-over';
import type { ActiveUser } from '../domain/user';
import type { UserChange } from '../domain/user-edit';
import type { AuditAction, AuditEntry } from '../ports/audit';
import type { Directory, UpdateUserOutcome } from '../ports/directory';
import type { CustomerRequest } from './feature';

interface Edit {
  readonly user: ActiveUser;
  readonly change: UserChange;
  readonly form: string;
  /** `userFingerprint` of the user as the operator saw it. */
  readonly seen: string;
}

/** Stores an edit with its audit entries, once for a form; after a new name the links under the old one are dead. */
export function updateUser(
  request: CustomerRequest,
  { user, change, form, seen }: Edit,
  directory: Directory,
): Promise<UpdateUserOutcome> {
  const { licenses: _, id: userId, customerId, createdAt: _at, ...fields } = user;
  return directory.updateUser(
    { customerId, userId, seen, fields: { ...fields, ...change } },
    {
      id: effectId(form),
      result: { userId, fields: Object.keys(change).join(',') },
      audit: entriesOf(request, user, change),
      ...(change.userPrincipalName === undefined ? {} : { endsHandOversOf: [userId] }),
    },
  );
}

/** A new name is an entry of its own. */
function entriesOf(request: CustomerRequest, user: ActiveUser, change: UserChange): AuditEntry[] {
  const { userPrincipalName, ...others } = change;
  return [
    ...(userPrincipalName === undefined
      ? []
      : [entryOf(request, user, 'update_customer_user_principal_name', { userPrincipalName })]),
    ...(Object.keys(others).length === 0 ? [] : [entryOf(request, user, 'update_customer_user', others)]),
  ];
}

function entryOf(
  { now, operator, customer }: CustomerRequest,
  user: ActiveUser,
  action: AuditAction,
  after: UserChange,
): AuditEntry {
  const fields = Object.keys(after) as (keyof UserChange)[];
  return {
    at: now,
    operator: operator.id,
    action,
    customerId: customer.id,
    target: user.userPrincipalName,
    userId: user.id,
    outcome: 'success',
    details: { before: Object.fromEntries(fields.map((field) => [field, user[field]])), after },
  };
}
