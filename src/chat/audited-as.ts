import type { PartnerAction } from '../domain/permission';
import type { AuditAction } from '../ports/audit';

const byRight: Readonly<Record<PartnerAction, AuditAction>> = {
  list_customers: 'list_customer_users',
  list_users: 'list_customer_users',
  view_user: 'list_customer_users',
  list_deleted: 'list_customer_users',
  create_user: 'create_customer_user',
  bulk_create: 'import_customer_users',
  edit_user: 'update_customer_user',
  reset_password: 'reset_customer_user_password',
  delete_user: 'delete_customer_user',
  restore_user: 'restore_customer_user',
  assign_licence: 'update_customer_user_licenses',
  bulk_licence: 'update_customer_user_licenses',
  assign_role: 'update_customer_user',
  view_audit: 'list_customer_users',
  manage_customers: 'update_customer',
  manage_operators: 'update_operator',
};

/** Steps that do something else than others that need the same right. */
const byVerb: Readonly<Record<string, AuditAction>> = {
  'audit.export': 'export_audit',
  'import.open': 'import_customer_users',
  'import.receive': 'import_customer_users',
  'import.start': 'import_customer_users',
  'import.cancel': 'import_customer_users',
  'import.refresh': 'import_customer_users',
  'import.undo': 'undo_customer_user_import',
  'customers.add': 'create_customer',
  'operators.remove': 'remove_operator',
  'reminders.open': 'update_reminders',
  'reminders.save': 'update_reminders',
  'reminders.let-go': 'update_reminders',
  'reminders.snooze': 'update_reminders',
  'hand-over.mail': 'send_hand_over',
};

/** What a refused step would have been, in the audit's names. */
export function auditedAs(right: PartnerAction, verb: string): AuditAction {
  return byVerb[verb] ?? byRight[right];
}
