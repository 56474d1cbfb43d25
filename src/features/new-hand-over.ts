import type { Entropy } from '../domain/entropy';
import {
  deriveToken,
  handOverLifetime,
  hashToken,
  sealAccounts,
  type HandOverRecord,
} from '../domain/hand-over';
import { newId } from '../domain/id';
import { createTemporaryPassword, digestPassword, type PasswordDigest } from '../domain/password';

interface Recipient {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

interface Occasion {
  /** The form whose one effect this is: its link is derived from it, so a repeat gives the same link. */
  readonly form: string;
  readonly customerId: string;
  readonly row: string | null;
  readonly operator: string;
  readonly now: Date;
}

/**
 * Makes a temporary password for each user and seals them under the form's link. The passwords leave this
 * function only digested and sealed.
 */
export function newHandOver(
  users: readonly Recipient[],
  { form, customerId, row, operator, now }: Occasion,
  entropy: Entropy,
): { readonly record: HandOverRecord; readonly digests: ReadonlyMap<string, PasswordDigest> } {
  const id = newId(entropy, now);
  const token = deriveToken(form);
  const passwords = new Map(users.map((user) => [user.id, createTemporaryPassword(entropy)]));
  const accounts = users.map(({ id: userId, userPrincipalName, displayName }) => ({
    userPrincipalName,
    displayName,
    password: passwords.get(userId) ?? '',
  }));
  return {
    record: {
      id,
      tokenHash: hashToken(token),
      customerId,
      userIds: users.map((user) => user.id),
      row,
      createdBy: operator,
      createdAt: now,
      expiresAt: new Date(now.getTime() + handOverLifetime),
      state: 'waiting',
      openedAt: null,
      sealed: sealAccounts(accounts, token, { id, customerId }, entropy),
    },
    digests: new Map([...passwords].map(([userId, password]) => [userId, digestPassword(password, entropy)])),
  };
}
