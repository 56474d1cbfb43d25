import { z } from 'zod';
import { deriveToken, isFormId, newFormId } from '../domain/hand-over';
import { parseIds } from '../domain/ticked';
import type { ActiveUser } from '../domain/user';
import { word, type CardData } from '../ports/card';
import { createChosenUsers, foreignDenied, isChosen } from './chosen-users';
import { customerOf } from './customer-view';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { createHandOverView, type HandOverDeps } from './hand-over-view';
import { resetPasswords } from './reset';
import { shortened } from './shorten';
import { userGone } from './user-gone';
import { waysBack } from './ways-back';

const customerId = z.string();
export const resetPasswordFrozen = {
  ask: z.strictObject({
    customerId: customerId.optional(),
    userIds: z.string().optional(),
    page: z.string().optional(),
  }),
  confirm: z.strictObject({ customerId, userIds: z.string(), form: z.string().refine(isFormId) }),
};
type Frozen = {
  readonly [Step in keyof typeof resetPasswordFrozen]: z.infer<(typeof resetPasswordFrozen)[Step]>;
};

/** `/reset-password`: asks first, then hands a new temporary password over by a new link. */
export function createResetPassword(deps: HandOverDeps) {
  const { directory, handOvers, entropy } = deps;
  const view = createHandOverView(deps);
  const chosenUsers = createChosenUsers({ directory });

  return {
    /** Names whose passwords would be reset, and what that means. */
    async ask(request: CustomerRequest<Frozen['ask'] | undefined>): Promise<Reply | Denied> {
      const chosen = await chosenUsers(request, { verb: 'reset-password.ask', action: 'reset_password' });
      if (!isChosen(chosen)) return chosen;
      const denied = guarded(request, 'reset_password', chosen.users);
      if (denied) return denied;
      const data = askData(request, chosen.users, newFormId(entropy));
      return { audience: 'operator', card: { name: 'reset-password', data } };
    },

    /** Resets them all or none; the same form leads to the same link. */
    async confirm(request: CustomerRequest<Frozen['confirm']>): Promise<Reply | Denied> {
      const { customer, frozen } = request;
      const { form } = frozen;
      const asReset = { title: 'reset', token: deriveToken(form) } as const;
      const before = await view.shownBefore(request, asReset);
      if (before) return before;

      const ids = parseIds(frozen.userIds);
      const [users, foreign] = await Promise.all([
        directory.findUsers(customer.id, ids),
        foreignDenied(request, { action: 'reset_password', ids }, directory),
      ]);
      const denied = foreign ?? guarded(request, 'reset_password', users);
      if (denied) return denied;
      if (users.length < ids.length) return userGone(customer);
      const resetId = await resetPasswords(request, { users, form, row: null }, { directory, entropy });
      return view.show(request, resetId === null ? null : await handOvers.find(resetId), asReset);
    },
  };
}

function askData({ customer }: CustomerRequest, users: readonly ActiveUser[], form: string): CardData {
  const count = users.length;
  return {
    ...customerOf(customer),
    title: word('reset-password.question', { count }),
    users: users.map(({ displayName, userPrincipalName }) => ({
      displayName: shortened(displayName, 40),
      userPrincipalName,
    })),
    consequence: word('reset-password.consequence', { count }),
    handOver: word('reset-password.handOver', { count }),
    confirm: { customerId: customer.id, userIds: users.map(({ id }) => id).join(','), form },
    ...waysBack(users, customer.id),
  };
}
