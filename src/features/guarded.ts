import { mayAdminister, partnerRolesThatMayAdminister } from '../domain/guard';
import type { PartnerAction } from '../domain/permission';
import type { ActiveUser } from '../domain/user';
import type { Denied, Request } from './feature';

/** The refusal for the first of these users whose roles at the customer are above the operator's reach, or null. */
export function guarded(
  request: Request,
  action: PartnerAction,
  users: readonly ActiveUser[],
): Denied | null {
  const { partnerRole } = request.operator;
  const beyond = users.find((user) => !mayAdminister(partnerRole, user.roles));
  if (!beyond) return null;
  const { customerId, userPrincipalName, roles } = beyond;
  return {
    denied: { action, customerId, target: userPrincipalName, roles: partnerRolesThatMayAdminister(roles) },
  };
}
