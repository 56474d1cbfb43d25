import type { Fault, FaultReason } from './fault';

/** What a file of new users can say of each, in the order of a template. */
export const userColumns = [
  'givenName',
  'surname',
  'displayName',
  'userPrincipalName',
  'usageLocation',
  'licenses',
  'roles',
  'jobTitle',
  'department',
  'customer',
  'handOverEmail',
  'blockSignIn',
] as const;

/** Which column of a file a fault is about; `row` is the row as a whole. */
export const importFields = ['row', ...userColumns, 'license', 'action'] as const;
export type ImportField = (typeof importFields)[number];

/** Besides those that a form has too. */
export const importReasons = [
  /** More or fewer cells than headings. */
  'ragged',
  /** Neither the row nor the operator says whose user it is. */
  'customer-needed',
  /** A user name without what stands behind the `@`. */
  'no-domain',
  'not-yes-or-no',
  'not-an-email',
  'not-assign-or-remove',
  /** No active user of the customer has this name. */
  'no-such-user',
  /** Why a row is skipped: in the directory already, in the file already, or nothing would change. */
  'already-there',
  'duplicate',
  'nothing-to-change',
  /** The import was stopped before this row. */
  'not-reached',
] as const;
export type ImportReason = FaultReason | (typeof importReasons)[number];

/**
 * Whether a row that was ready came out otherwise than its file was told: where nothing is left to change, somebody else
 * has done what it asks for.
 */
export function isChangedSince([fault]: readonly ImportFault[]): boolean {
  return fault !== undefined && fault.reason !== 'nothing-to-change';
}

/** What is wrong with a row of a file, or why it is skipped. */
export interface ImportFault extends Pick<Fault, 'limit' | 'names'> {
  readonly field: ImportField;
  readonly reason: ImportReason;
}
