import { z } from 'zod';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import type { Entropy } from '../domain/entropy';
import type { Fault } from '../domain/fault';
import { isAllowed } from '../domain/permission';
import { isRestorable } from '../domain/retention';
import { mostTicked, parseIds } from '../domain/ticked';
import type { ActiveUser, DeletedUser } from '../domain/user';
import type { AuditEntry } from '../ports/audit';
import type { Directory, Restoration, RestoreResult } from '../ports/directory';
import type { Metrics } from '../ports/metrics';
import { findDeleted, tickedIds } from './deleted-choice';
import { createDeletedMatches } from './deleted-matches';
import type { DeletionDeps } from './deletion-card';
import type { CustomerRequest, Denied, Reply } from './feature';
import { restoreForm, type RestoreForm } from './restore-form';
import { readNames, takenNames, typedNames } from './restore-names';
import { outcomeOf, outcomesIn, showOutcomes, type Outcome } from './restore-outcome';
import { isClear, prospectsOf } from './restore-prospects';

const customerId = z.string();
const form = z.string().refine(isFormId);
export const restoreUserFrozen = {
  /** As in `ChosenFrozen`. */
  ask: z.strictObject({
    customerId: customerId.optional(),
    userIds: z.string().optional(),
    page: z.string().optional(),
  }),
  /** `later`: those who are asked for once these are done. */
  confirm: z.strictObject({ customerId, userIds: z.string(), form, later: z.string().optional() }),
};
type Frozen = {
  readonly [Step in keyof typeof restoreUserFrozen]: z.infer<(typeof restoreUserFrozen)[Step]>;
};

interface Deps extends DeletionDeps {
  readonly directory: Directory;
  readonly entropy: Entropy;
  readonly metrics: Pick<Metrics, 'seatsRefused'>;
}

interface Wish {
  readonly form: string;
  readonly userIds: readonly string[];
  /** Those who are asked for once these are done. */
  readonly later?: readonly string[];
}

/** `/restore-user`: looks first what would come back, then restores, and says what did and what did not. */
export function createRestoreUser(deps: Deps) {
  const { directory, entropy, metrics } = deps;
  const matches = createDeletedMatches({ directory });

  const draw = async (
    request: CustomerRequest,
    users: readonly DeletedUser[],
    filledIn: RestoreForm,
  ): Promise<Reply> => {
    const prospects = await prospectsOf(request, users, { directory });
    return { audience: 'operator', card: restoreForm(request, prospects, filledIn) };
  };

  /** The form; or, where nobody of them can be restored any more, why. */
  const preflight = async (
    request: CustomerRequest,
    { form: formId, userIds: ids, later = [] }: Wish,
  ): Promise<Reply | Denied> => {
    const found = await findDeleted(request, 'restore_user', ids, { directory });
    if ('denied' in found) return found;
    const users = found.filter((user) => isRestorable(user, request.now));
    if (users.length === 0) return showOutcomes(request, withoutEffect(ids, found), deps);
    const lost = ids.length - users.length;
    return draw(request, users, { form: formId, typed: new Map(), faults: [], later, lost });
  };

  /** Restores once for each form, whoever else restores at the same time. */
  const restore = async (
    request: CustomerRequest,
    { form: formId, later = [] }: Wish,
    users: Restoration['users'],
  ): Promise<Reply | { readonly results: readonly RestoreResult[] }> => {
    const { customer, now } = request;
    const outcome = await directory.restoreUsers(
      { customerId: customer.id, now, users },
      {
        id: effectId(formId),
        of: (results) => ({
          result: { outcomes: JSON.stringify(results.map(outcomeOf)) },
          audit: results.flatMap((result) => entriesOf(request, result)),
        }),
      },
    );
    if (outcome.kind === 'none') return { results: outcome.results };
    const outcomes =
      outcome.kind === 'repeated' ? outcomesIn(outcome.result) : outcome.results.map(outcomeOf);
    const refused = outcomes.flatMap(({ withoutSeat = [] }) => withoutSeat).length;
    if (outcome.kind === 'restored' && refused > 0) metrics.seatsRefused(refused);
    return showOutcomes(request, outcomes, { ...deps, later });
  };

  return {
    /** Who is meant: ticked, frozen or typed; then what stands in the way. */
    async ask(request: CustomerRequest<Frozen['ask'] | undefined>): Promise<Reply | Denied> {
      const ids = tickedIds(request);
      if (ids.length > 0) {
        const [userIds, later] = [ids.slice(0, mostTicked), ids.slice(mostTicked, 2 * mostTicked)];
        return preflight(request, { form: newFormId(entropy), userIds, later });
      }
      const meant = await matches(request);
      if ('card' in meant) return meant;
      return preflight(request, { form: newFormId(entropy), userIds: meant.userIds });
    },

    async confirm(request: CustomerRequest<Frozen['confirm']>): Promise<Reply | Denied> {
      const { frozen, values, operator } = request;
      const ids = parseIds(frozen.userIds);
      const found = await findDeleted(request, 'restore_user', ids, { directory });
      if ('denied' in found) return found;

      const users = found.filter((user) => isRestorable(user, request.now));
      const names = readNames(request, ids, users);
      const later = parseIds(frozen.later);
      const drawAgain = (faults: readonly Fault[], typed: RestoreForm['typed']): Promise<Reply> =>
        draw(request, users, { form: frozen.form, typed, faults, later, lost: ids.length - users.length });
      if (names.faults.length > 0) return drawAgain(names.faults, typedNames(values, ids));

      const withRoles = isAllowed(operator.partnerRole, 'assign_role');
      const wanted = ids.map((userId) => ({
        userId,
        userPrincipalName: names.of.get(userId) ?? '',
        withRoles,
      }));
      const answer = await restore(request, { form: frozen.form, userIds: ids, later }, wanted);
      if ('card' in answer) return answer;
      // What was typed is taken: a free name is to stand in its place.
      const taken = takenNames(answer.results, names.of);
      if (taken.length > 0) return drawAgain(taken, new Map());
      return showOutcomes(request, answer.results.map(outcomeOf), { ...deps, later });
    },

    /** Restores at once where nothing stands in the way; else the operator decides on the form. */
    async undo(
      request: CustomerRequest<{ customerId: string; userIds: string; form: string }>,
    ): Promise<Reply | Denied> {
      const { frozen, now } = request;
      const wish = { form: frozen.form, userIds: parseIds(frozen.userIds) };
      const found = await findDeleted(request, 'restore_user', wish.userIds, { directory });
      if ('denied' in found) return found;
      const users = found.filter((user) => isRestorable(user, now));
      const prospects = await prospectsOf(request, users, { directory });
      if (!prospects.every(isClear)) return preflight(request, wish);

      const known = new Map(prospects.map((prospect) => [prospect.user.id, prospect]));
      const wanted = wish.userIds.map((userId) => ({
        userId,
        userPrincipalName: known.get(userId)?.userPrincipalName ?? '',
        withRoles: known.get(userId)?.withRoles ?? false,
      }));
      const answer = await restore(request, wish, wanted);
      if ('card' in answer) return answer;
      const isTaken = answer.results.some(({ kind }) => kind === 'name-taken');
      return isTaken ? preflight(request, wish) : showOutcomes(request, answer.results.map(outcomeOf), deps);
    },
  };
}

/** Why these cannot be restored, though nobody has tried. */
function withoutEffect(ids: readonly string[], found: readonly DeletedUser[]): readonly Outcome[] {
  return ids.map((userId) => ({
    userId,
    kind: found.some(({ id }) => id === userId) ? 'expired' : 'gone',
  }));
}

function entriesOf({ customer, operator, now }: CustomerRequest, result: RestoreResult): AuditEntry[] {
  if (result.kind !== 'restored') return [];
  const { before, after } = result;
  return [
    {
      at: now,
      operator: operator.id,
      action: 'restore_customer_user',
      customerId: customer.id,
      target: after.userPrincipalName,
      userId: after.id,
      outcome: 'success',
      details: { before: namedIn(before), after: namedIn(after) },
    },
  ];
}

function namedIn({ userPrincipalName, licenses, roles }: ActiveUser): object {
  return { userPrincipalName, licenses, roles };
}
