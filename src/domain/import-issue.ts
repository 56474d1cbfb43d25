import { mayAdminister } from './guard';
import { failedLetters, type LetterState } from './letter';
import type { PartnerRole } from './permission';

/**
 * Who gets a new temporary password, on a new sheet: all users of an import who have theirs from a sheet, or those whose
 * letter failed, or those and the ones whose letter waits.
 */
export const issueScopes = ['everyone', 'failed', 'unsent'] as const;
export type IssueScope = (typeof issueScopes)[number];

/** A user of an import, as it is by now. */
interface OnSheet {
  readonly state: 'active' | 'deleted';
  readonly mustChangePassword: boolean;
  readonly roles: readonly string[];
  /** '' for a sheet that was never made; absent once somebody has set another password. */
  readonly sheet?: string;
}

/** So many users get none: they have a password of their own, their roles are above the operator, or they are gone. */
export interface LeftOut {
  readonly signedIn: number;
  readonly guarded: number;
  /** Deleted, or with a newer link of their own. */
  readonly gone: number;
}

export const nobodyLeftOut: LeftOut = { signedIn: 0, guarded: 0, gone: 0 };

/** What Issue again does to a user. */
export function decideIssue(user: OnSheet, partnerRole: PartnerRole): 'issue' | keyof LeftOut {
  if (user.state !== 'active' || user.sheet === undefined) return 'gone';
  if (!user.mustChangePassword) return 'signedIn';
  return mayAdminister(partnerRole, user.roles) ? 'issue' : 'guarded';
}

/** How many of these users would get a new password, and how many not. */
export function foreseeIssue(
  groups: readonly (OnSheet & { readonly count: number })[],
  partnerRole: PartnerRole,
): { readonly issue: number; readonly left: LeftOut } {
  const count = (what: ReturnType<typeof decideIssue>) =>
    groups.reduce((sum, one) => sum + (decideIssue(one, partnerRole) === what ? one.count : 0), 0);
  const left = { signedIn: count('signedIn'), guarded: count('guarded'), gone: count('gone') };
  return { issue: count('issue'), left };
}

export function addLeftOut(one: LeftOut, other: LeftOut): LeftOut {
  return {
    signedIn: one.signedIn + other.signedIn,
    guarded: one.guarded + other.guarded,
    gone: one.gone + other.gone,
  };
}

/** Whose users come onto the new sheet; these letters are not sent any more. */
export function lettersInScope(scope: IssueScope): readonly LetterState[] {
  if (scope === 'everyone') return [];
  return scope === 'failed' ? failedLetters : [...failedLetters, 'queued'];
}
