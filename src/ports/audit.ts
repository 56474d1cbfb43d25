import type { Page } from './page';

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
  'purge_customer_user',
  'import_customer_users',
  'undo_customer_user_import',
  'create_customer',
  'update_customer',
  'update_operator',
  'remove_operator',
  'reveal_hand_over',
  'send_hand_over',
  'update_reminders',
  'export_audit',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** Who did what to whom, where, when, with the outcome. Holds no secret; `target` is a UPN or a domain. */
export interface AuditEntry {
  readonly at: Date;
  readonly operator: string;
  readonly action: AuditAction;
  readonly customerId: string | null;
  readonly target: string;
  /** The user it was done to, whatever its UPN is by now. */
  readonly userId?: string;
  readonly outcome: 'success' | 'failure' | 'denied';
  /** What changed, field by field; a purge erases it. */
  readonly details?: { readonly before?: object; readonly after?: object; readonly reason?: string };
}

/** For what had no effect (a refusal). An effect's entry is stored with the effect, through `Directory`. */
export interface Audit {
  record(entry: AuditEntry): Promise<void>;
}

/** For what changes nothing but must be on record, once for each form. */
export interface AuditedReads {
  /** The result of what stands on record under this id, or null. */
  find(effectId: string): Promise<Readonly<Record<string, string>> | null>;
  /** Answers with the result; with that of the first for a form sent again. */
  record(
    effectId: string,
    entry: AuditEntry,
    result: Readonly<Record<string, string>>,
  ): Promise<Readonly<Record<string, string>>>;
}

/** An entry as it is read back. */
export interface AuditRecord extends AuditEntry {
  readonly id: string;
}

export interface AuditQuery {
  readonly customerId: string;
  /** How the target begins; case does not matter. Empty: all. */
  readonly text: string;
  readonly operator: string | null;
  readonly action: AuditAction | null;
  /** From this instant on, and before that one. */
  readonly from: Date | null;
  readonly to: Date | null;
}

/** What was recorded, newest first. Throws `StorageAway` when the database does not answer. */
export interface AuditTrail {
  search(
    query: AuditQuery & {
      readonly after?: string | undefined;
      readonly before?: string | undefined;
      readonly limit: number;
    },
  ): Promise<Page<AuditRecord>>;
  /** The latest that was done to one user. */
  ofUser(customerId: string, userId: string, limit: number): Promise<readonly AuditRecord[]>;
  /** Who has done anything for this customer. */
  operatorsOf(customerId: string): Promise<readonly string[]>;
}
