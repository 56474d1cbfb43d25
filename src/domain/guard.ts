import type { PartnerRole } from './permission';
import { partnerRoles } from './permission';

/** The directory role that a partner role counts as. */
type ActingRole = 'Helpdesk Administrator' | 'User Administrator' | 'Global Administrator';

const actsAs: Readonly<Record<PartnerRole, ActingRole | null>> = {
  global_admin: 'Global Administrator',
  admin_agent: 'Global Administrator',
  user_management_admin: 'User Administrator',
  helpdesk_agent: 'Helpdesk Administrator',
  sales_agent: null,
  billing_admin: null,
};

const everyone: readonly ActingRole[] = [
  'Helpdesk Administrator',
  'User Administrator',
  'Global Administrator',
];
const userAdministrators: readonly ActingRole[] = ['User Administrator', 'Global Administrator'];
const globalAdministrators: readonly ActingRole[] = ['Global Administrator'];

/** Microsoft's table of who may reset whose password; a role that is not named here is as guarded as the highest. */
const mayBeResetBy: ReadonlyMap<string, readonly ActingRole[]> = new Map([
  ['Directory Readers', everyone],
  ['Guest Inviter', everyone],
  ['Password Administrator', everyone],
  ['Helpdesk Administrator', everyone],
  ['Message Center Reader', everyone],
  ['Reports Reader', everyone],
  ['Usage Summary Reports Reader', everyone],
  ['Groups Administrator', userAdministrators],
  ['User Administrator', userAdministrators],
]);

/** Whether the role is powerful enough to take over a user who holds these directory roles: the strictest counts. */
export function mayAdminister(partnerRole: PartnerRole, rolesOfTarget: readonly string[]): boolean {
  const acting = actsAs[partnerRole];
  if (acting === null) return false;
  return rolesOfTarget.every((role) => (mayBeResetBy.get(role) ?? globalAdministrators).includes(acting));
}

/** Least power first. */
export function partnerRolesThatMayAdminister(rolesOfTarget: readonly string[]): readonly PartnerRole[] {
  return partnerRoles.filter((role) => mayAdminister(role, rolesOfTarget));
}
