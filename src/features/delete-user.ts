import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { productName } from '../domain/license';
import { isAllowed } from '../domain/permission';
import { restoreByOf } from '../domain/retention';
import { parseIds } from '../domain/ticked';
import type { ActiveUser } from '../domain/user';
import type { AuditEntry } from '../ports/audit';
import { word, type CardData } from '../ports/card';
import type { Directory } from '../ports/directory';
import { createChosenUsers, foreignDenied, isChosen } from './chosen-users';
import { customerOf } from './customer-view';
import { deletionCard, findDeletion, type DeletionDeps } from './deletion-card';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { shortened } from './shorten';
import type { SubscribeHere } from './subscribe-here';
import { userGone } from './user-gone';

const customerId = z.string();
const userIds = z.string();
const form = z.string().refine(isFormId);
export const deleteUserFrozen = {
  ask: z.strictObject({
    customerId: customerId.optional(),
    userIds: userIds.optional(),
    page: z.string().optional(),
  }),
  confirm: z.strictObject({ customerId, userIds, form }),
  undo: z.strictObject({ customerId, userIds, form }),
};
type Frozen = { readonly [Step in keyof typeof deleteUserFrozen]: z.infer<(typeof deleteUserFrozen)[Step]> };

/** Products named on the confirmation; there is no room for all. */
const mostProducts = 10;

interface Deps extends DeletionDeps {
  readonly directory: Directory;
  readonly subscribeHere: SubscribeHere;
  readonly entropy: Entropy;
}

/** `/delete-user`: asks first, deletes softly, and offers to undo it for as long as that can be done. */
export function createDeleteUser(deps: Deps) {
  const { directory, subscribeHere, entropy } = deps;
  const chosenUsers = createChosenUsers({ directory });

  const deleted = async (
    request: CustomerRequest,
    { userIds: ids, form: of }: { userIds: readonly string[]; form: string },
  ): Promise<Reply> => {
    const { customer, operator, now } = request;
    const [deletion, reminded] = await Promise.all([
      findDeletion({ customerId: customer.id, userIds: ids, now }, deps),
      subscribeHere(request),
    ]);
    const mayRestore = isAllowed(operator.partnerRole, 'restore_user');
    const view = { customer, userIds: ids, form: newFormId(entropy), mayRestore, reminded };
    const card = deletionCard(view, deletion);
    // Somebody may restore them before this card stands in the chat: soon after, it is looked at once.
    const live = { subject: `deletion:${effectId(of)}`, card, dueAt: now };
    return { audience: 'operator', card, ...(deletion.deleted.length > 0 ? { live } : {}) };
  };

  return {
    /** Names who would be deleted, and what that means. */
    async ask(request: CustomerRequest<Frozen['ask'] | undefined>): Promise<Reply | Denied> {
      const chosen = await chosenUsers(request, { verb: 'delete-user.ask', action: 'delete_user' });
      if (!isChosen(chosen)) return chosen;
      const denied = guarded(request, 'delete_user', chosen.users);
      if (denied) return denied;
      return {
        audience: 'operator',
        card: { name: 'delete-user', data: askData(request, chosen.users, newFormId(entropy)) },
      };
    },

    async confirm(request: CustomerRequest<Frozen['confirm']>): Promise<Reply | Denied> {
      const { customer, operator, now, frozen } = request;
      const ids = parseIds(frozen.userIds);
      const [users, foreign] = await Promise.all([
        directory.findUsers(customer.id, ids),
        foreignDenied(request, { action: 'delete_user', ids }, directory),
      ]);
      const denied = foreign ?? guarded(request, 'delete_user', users);
      if (denied) return denied;

      const restoreBy = restoreByOf(now);
      const outcome = await directory.deleteUsers(
        { customerId: customer.id, userIds: ids, deletedAt: now, deletedBy: operator.id, restoreBy },
        {
          id: effectId(frozen.form),
          of: (happened) => ({
            result: { userIds: frozen.userIds },
            audit: happened.map((user) => entryOf(request, user, restoreBy)),
            endsHandOversOf: ids,
          }),
        },
      );
      return outcome.kind === 'missing'
        ? userGone(customer)
        : deleted(request, { userIds: ids, form: frozen.form });
    },
  };
}

function entryOf(
  { customer, operator, now }: CustomerRequest,
  user: ActiveUser,
  restoreBy: Date,
): AuditEntry {
  const { displayName, licenses, roles, accountEnabled } = user;
  return {
    at: now,
    operator: operator.id,
    action: 'delete_customer_user',
    customerId: customer.id,
    target: user.userPrincipalName,
    userId: user.id,
    outcome: 'success',
    details: { before: { displayName, licenses, roles, accountEnabled }, after: { restoreBy } },
  };
}

function askData({ customer, now }: CustomerRequest, users: readonly ActiveUser[], formId: string): CardData {
  const seats = new Map<string, number>();
  for (const sku of users.flatMap(({ licenses }) => licenses)) seats.set(sku, (seats.get(sku) ?? 0) + 1);
  const others = seats.size - mostProducts;
  const ids = users.map(({ id }) => id).join(',');
  return {
    ...customerOf(customer),
    title: word('delete-user.question', { count: users.length }),
    users: users.map(({ displayName, userPrincipalName }) => ({
      displayName: shortened(displayName, 40),
      userPrincipalName,
    })),
    consequence: word('delete-user.consequence', { count: users.length }),
    until: word('delete-user.until', { count: users.length, at: restoreByOf(now) }),
    seats: [...seats].slice(0, mostProducts).map(([sku, count]) => ({
      text: word('delete-user.seats', { count, product: productName(sku) }),
    })),
    more: others > 0 ? [{ text: word('delete-user.moreProducts', { count: others }) }] : [],
    noSeats: seats.size === 0,
    confirm: { customerId: customer.id, userIds: ids, form: formId },
    back: users.length === 1 ? [{ frozen: { customerId: customer.id, userIds: ids } }] : [],
    list: users.length === 1 ? [] : [{ frozen: { customerId: customer.id } }],
  };
}
