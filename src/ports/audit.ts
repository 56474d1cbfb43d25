/** Partner Center's names where it has one; the others are Rollcall's own. Names are relied on from outside. */
export const auditActions = [
  'create_customer_user',
  'update_customer_user',
  'update_customer_user_principal_name',
  'delete_customer_user',
  'restore_customer_user',
  'reset_customer_user_password',
  'update_customer_user_licenses',
  'list_customer_users',
  'create_customer',
  'update_customer',
  'update_operator',
  'reveal_hand_over',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who did what to whom, where, when, with the outcome. Holds no secret; `target` is a UPN or a domain. */
export interface AuditEntry {
  readonly at: Date;
  readonly operator: string;
  readonly action: AuditAction;
  readonly customerId: string | null;
  readonly target: string;
  readonly outcome: 'success' | 'failure' | 'denied';
  /** What changed, field by field; a purge erases it. */
  readonly details?: { readonly before?: object; readonly after?: object; readonly reason?: string };
}

/** For what had no effect (a refusal). An effect's entry is stored with the effect, through `Directory`. */
export interface Audit {
  record(entry: AuditEntry): Promise<void>;
}
