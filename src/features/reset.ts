import type { Entropy } from '../domain/entropy';
import { effectId } from '../domain/hand-over';
import { resetByImport } from '../domain/import-undo';
import type { ActiveUser } from '../domain/user';
import type { Directory } from '../ports/directory';
import type { CustomerRequest } from './feature';
import { newHandOver } from './new-hand-over';

interface Reset {
  readonly users: readonly ActiveUser[];
  /** The form whose one effect this is. */
  readonly form: string;
  readonly row: string | null;
  /** The letter that brings the link, and which attempt of it this is. */
  readonly letter?: { readonly id: string; readonly attempt: number; readonly importId: string | null };
}

/**
 * Gives each user a new temporary password under one new link; their waiting links die.
 * Answers with the hand-over's id, the first one's for a form sent again; null when one of them is not a user
 * of the customer any more, and then nothing was changed. Throws `LetterLost` as `Effect.letter` says.
 */
export async function resetPasswords(
  request: Pick<CustomerRequest, 'customer' | 'operator' | 'now'>,
  { users, form, row, letter }: Reset,
  { directory, entropy }: { directory: Directory; entropy: Entropy },
): Promise<string | null> {
  const { customer, operator, now } = request;
  const occasion = { form, customerId: customer.id, row, operator: operator.id, now };
  const { record, digests } = newHandOver(users, occasion, entropy);
  const importId = letter?.importId ?? null;
  const outcome = await directory.setPasswords(customer.id, digests, {
    id: effectId(form),
    result: { handOverId: record.id },
    handOver: record,
    ...(letter ? { letter } : {}),
    audit: users.map((user) => ({
      at: now,
      operator: operator.id,
      action: 'reset_customer_user_password',
      customerId: customer.id,
      target: user.userPrincipalName,
      userId: user.id,
      outcome: 'success',
      ...(importId === null ? {} : { details: resetByImport(importId) }),
    })),
  });
  switch (outcome.kind) {
    case 'set':
      return record.id;
    case 'repeated':
      return outcome.result.handOverId ?? null;
    case 'missing':
      return null;
  }
}
