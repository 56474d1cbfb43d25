import { mayAdminister } from './guard';
import type { PartnerRole } from './permission';

/** A user that an import has created, as it is by now. */
interface ImportedNow {
  readonly id: string;
  readonly state: 'active' | 'deleted';
  readonly roles: readonly string[];
  /** False once somebody has signed in and chosen a password. */
  readonly mustChangePassword: boolean;
}

/** Users deleted by the undo of an import have this in common; nobody is reminded of them. */
export function deletionOfUndo(importId: string): string {
  return `undo:${importId}`;
}

/** On record of a reset that an import makes for itself: its undo takes the user for untouched. */
export function resetByImport(importId: string): { readonly after: { readonly importId: string } } {
  return { after: { importId } };
}

/** What the undo of an import does to a user: only who is as the import made them is removed. */
export function decideUndo(
  { id, state, roles, mustChangePassword }: ImportedNow,
  touched: ReadonlySet<string>,
  partnerRole: PartnerRole,
): 'remove' | 'changed' | 'guarded' {
  if (state !== 'active' || !mustChangePassword || touched.has(id)) return 'changed';
  return mayAdminister(partnerRole, roles) ? 'remove' : 'guarded';
}
