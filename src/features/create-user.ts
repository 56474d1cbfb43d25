import type { Entropy } from '../domain/entropy';
import { effectId } from '../domain/hand-over';
import { newId } from '../domain/id';
import type { ActiveUser, UserDraft } from '../domain/user';
import type { CreateUserOutcome, Directory } from '../ports/directory';
import type { CustomerRequest } from './feature';
import { newHandOver } from './new-hand-over';

type Result = Readonly<Record<string, string>>;
type Created = { readonly kind: 'created'; readonly result: Result };

/** Creates the account with its temporary password, hand-over and audit entry, all or nothing, once for a form. */
export async function createUser(
  request: CustomerRequest,
  draft: UserDraft,
  { form, row }: { form: string; row: string },
  { directory, entropy }: { directory: Directory; entropy: Entropy },
): Promise<Created | Exclude<CreateUserOutcome, { kind: 'created' }>> {
  const { customer, operator, now } = request;
  const id = newId(entropy, now);
  const user: ActiveUser = { ...draft, id, customerId: customer.id, accountEnabled: true, createdAt: now };
  const occasion = { form, customerId: customer.id, row, operator: operator.id, now };
  const { record, digests } = newHandOver([user], occasion, entropy);
  const password = digests.get(id);
  if (!password) throw new Error('A new user without a temporary password must not be stored.');

  const result = { userId: id, handOverId: record.id };
  const outcome = await directory.createUser(
    { ...user, password },
    {
      id: effectId(form),
      result,
      handOver: record,
      audit: [
        {
          at: now,
          operator: operator.id,
          action: 'create_customer_user',
          customerId: customer.id,
          target: user.userPrincipalName,
          userId: id,
          outcome: 'success',
          details: { after: draft },
        },
      ],
    },
  );
  return outcome.kind === 'created' ? { kind: 'created', result } : outcome;
}
