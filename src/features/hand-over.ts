import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import { deriveToken, isFormId, newFormId, type HandOverRecord } from '../domain/hand-over';
import { isAllowed } from '../domain/permission';
import type { ActiveUser } from '../domain/user';
import { word } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { HandOvers } from '../ports/hand-overs';
import { accountsOf } from './accounts-view';
import { customerOf } from './customer-view';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { handOverReply } from './hand-over-card';
import { resetPasswords } from './reset';
import { userGone } from './user-gone';

const target = { customerId: z.string(), handOverId: z.string() };
export const handOverFrozen = {
  refresh: z.strictObject({ ...target, token: z.string().optional() }),
  ask: z.strictObject({ ...target, token: z.string().optional() }),
  issue: z.strictObject({ ...target, form: z.string().refine(isFormId) }),
};
type Frozen = { readonly [Step in keyof typeof handOverFrozen]: z.infer<(typeof handOverFrozen)[Step]> };

interface Deps {
  readonly directory: Directory;
  readonly handOvers: HandOvers;
  readonly entropy: Entropy;
  readonly publicUrl: string;
}

interface Found {
  readonly record: HandOverRecord;
  readonly users: readonly ActiveUser[];
}

/** How a temporary password reaches its owner: a one-time link, whose state the operator sees. */
export function createHandOver({ directory, handOvers, entropy, publicUrl }: Deps) {
  const find = async (request: CustomerRequest, handOverId: string): Promise<Found | null> => {
    const record = await handOvers.find(handOverId);
    if (record?.customerId !== request.customer.id) return null;
    const users = await directory.findUsers(request.customer.id, record.userIds);
    return users.length === record.userIds.length ? { record, users } : null;
  };

  const show = (
    request: CustomerRequest,
    { record, users }: Found,
    token: string | null,
    key: string,
  ): Reply =>
    handOverReply(
      {
        title: word(key, { count: users.length }),
        customer: request.customer,
        users,
        record,
        token,
        publicUrl,
        mayIssue: isAllowed(request.operator.partnerRole, 'reset_password'),
      },
      request.now,
    );

  return {
    /** Shows the state of the link as it is now. */
    async refresh(request: CustomerRequest<Frozen['refresh']>): Promise<Reply> {
      const found = await find(request, request.frozen.handOverId);
      if (!found) return userGone(request.customer);
      return show(request, found, request.frozen.token ?? null, 'hand-over.title.link');
    },

    /** Asks before a new password and link are made, which end the old ones. */
    async ask(request: CustomerRequest<Frozen['ask']>): Promise<Reply | Denied> {
      const found = await find(request, request.frozen.handOverId);
      if (!found) return userGone(request.customer);
      const denied = guarded(request, 'reset_password', found.users);
      if (denied) return denied;

      const { customerId, handOverId } = request.frozen;
      const data = {
        ...customerOf(request.customer),
        title: word('hand-over-ask.question', { count: found.users.length }),
        ...accountsOf(found.users),
        consequence: word('hand-over-ask.consequence', { count: found.users.length }),
        issue: { customerId, handOverId, form: newFormId(entropy) },
        cancel: request.frozen,
      };
      return { audience: 'operator', card: { name: 'hand-over-ask', data } };
    },

    /** Issue again: a reset for each user of the hand-over, with that right and that guard. */
    async issue(request: CustomerRequest<Frozen['issue']>): Promise<Reply | Denied> {
      const found = await find(request, request.frozen.handOverId);
      if (!found) return userGone(request.customer);
      const { users, record } = found;
      const denied = guarded(request, 'reset_password', users);
      if (denied) return denied;

      const { form } = request.frozen;
      const reset = { users, form, row: record.row };
      const handOverId = await resetPasswords(request, reset, { directory, entropy });
      const issued = handOverId === null ? null : await find(request, handOverId);
      if (!issued) return userGone(request.customer);
      return show(request, issued, deriveToken(form), 'hand-over.title.issued');
    },
  };
}
