/** Partner roles, least power first. Names are relied on from outside. */
export const partnerRoles = [
  'billing_admin',
  'sales_agent',
  'helpdesk_agent',
  'user_management_admin',
  'admin_agent',
  'global_admin',
] as const;
export type PartnerRole = (typeof partnerRoles)[number];

export const partnerActions = [
  'list_customers',
  'list_users',
  'view_user',
  'list_deleted',
  'create_user',
  'bulk_create',
  'edit_user',
  'reset_password',
  'delete_user',
  'restore_user',
  'assign_licence',
  'bulk_licence',
  'assign_role',
  'view_audit',
  'manage_customers',
  'manage_operators',
] as const;
export type PartnerAction = (typeof partnerActions)[number];

const ofBilling: readonly PartnerAction[] = ['list_customers'];
const ofSales: readonly PartnerAction[] = [
  ...ofBilling,
  'list_users',
  'view_user',
  'list_deleted',
  'assign_licence',
  'bulk_licence',
];
const ofHelpdesk: readonly PartnerAction[] = [...ofSales, 'reset_password'];
const ofUserManagement: readonly PartnerAction[] = [
  ...ofHelpdesk,
  'create_user',
  'bulk_create',
  'edit_user',
  'delete_user',
  'restore_user',
  'view_audit',
];

const matrix: Readonly<Record<PartnerRole, readonly PartnerAction[]>> = {
  billing_admin: ofBilling,
  sales_agent: ofSales,
  helpdesk_agent: ofHelpdesk,
  user_management_admin: ofUserManagement,
  admin_agent: partnerActions,
  global_admin: partnerActions,
};

/** Denied unless the matrix says otherwise. */
export function isAllowed(role: PartnerRole, action: PartnerAction): boolean {
  return matrix[role].includes(action);
}

/** Who may do it, least power first: the first is the role to ask for. */
export function rolesAllowed(action: PartnerAction): readonly PartnerRole[] {
  return partnerRoles.filter((role) => isAllowed(role, action));
}
