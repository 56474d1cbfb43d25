import { z } from 'zod';
import { deriveToken, isFormId, newFormId, type HandOverRecord } from '../domain/hand-over';
import type { ActiveUser } from '../domain/user';
import { word } from '../ports/card';
import { accountsOf } from './accounts-view';
import { customerOf } from './customer-view';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { handOverTitles } from './hand-over-card';
import { createHandOverView, type HandOverDeps } from './hand-over-view';
import { resetPasswords } from './reset';
import { userGone } from './user-gone';

const target = { customerId: z.string(), handOverId: z.string() };
const shown = { ...target, title: z.enum(handOverTitles), token: z.string().optional() };
export const handOverFrozen = {
  refresh: z.strictObject(shown),
  ask: z.strictObject(shown),
  issue: z.strictObject({ ...target, form: z.string().refine(isFormId) }),
};
type Frozen = { readonly [Step in keyof typeof handOverFrozen]: z.infer<(typeof handOverFrozen)[Step]> };

interface Found {
  readonly record: HandOverRecord;
  readonly users: readonly ActiveUser[];
}

/** How a temporary password reaches its owner: a one-time link, whose state the operator sees. */
export function createHandOver(deps: HandOverDeps) {
  const { directory, handOvers, entropy } = deps;
  const view = createHandOverView(deps);

  const find = async (request: CustomerRequest, handOverId: string): Promise<Found | null> => {
    const record = await handOvers.find(handOverId);
    if (record?.customerId !== request.customer.id) return null;
    const users = await directory.findUsers(request.customer.id, record.userIds);
    return users.length === record.userIds.length ? { record, users } : null;
  };

  return {
    /** Shows the state of the link as it is now. */
    async refresh(request: CustomerRequest<Frozen['refresh']>): Promise<Reply> {
      const { handOverId, title, token = null } = request.frozen;
      const found = await find(request, handOverId);
      return view.show(request, found?.record ?? null, { title, token });
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
      const { form, handOverId } = request.frozen;
      const asIssued = { title: 'issued', token: deriveToken(form) } as const;
      const before = await view.shownBefore(request, asIssued);
      if (before) return before;

      const found = await find(request, handOverId);
      if (!found) return userGone(request.customer);
      const { users, record } = found;
      const denied = guarded(request, 'reset_password', users);
      if (denied) return denied;
      const issuedId = await resetPasswords(
        request,
        { users, form, row: record.row },
        { directory, entropy },
      );
      return view.show(request, issuedId === null ? null : await handOvers.find(issuedId), asIssued);
    },
  };
}
