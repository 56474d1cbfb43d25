import { z } from 'zod';
import { deriveToken, handOverState, isFormId, newFormId } from '../domain/hand-over';
import { newId } from '../domain/id';
import { isAllowed, rolesAllowed } from '../domain/permission';
import type { Fault } from '../domain/fault';
import { checkNewUser, type ActiveUser } from '../domain/user';
import type { Metrics } from '../ports/metrics';
import { addUserForm, valuesKeptFrom, type AddUserForm } from './add-user-form';
import { createUser } from './create-user';
import { customerOf } from './customer-view';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { createHandOverView, type HandOverDeps } from './hand-over-view';
import { resetPasswords } from './reset';

const customerId = z.string();
const form = z.string().refine(isFormId);
export const addUserFrozen = {
  /** What a form had frozen when it is drawn again to search its lists; nothing for a fresh form. */
  open: z.strictObject({
    customerId: customerId.optional(),
    form: form.optional(),
    row: z.string().optional(),
  }),
  save: z.strictObject({ customerId, form, row: z.string() }),
  again: z.strictObject({ customerId, row: z.string(), from: z.string() }),
  sheet: z.strictObject({ customerId, row: z.string(), form }),
};
type Frozen = { readonly [Step in keyof typeof addUserFrozen]: z.infer<(typeof addUserFrozen)[Step]> };

interface Deps extends HandOverDeps {
  readonly metrics: Metrics;
}

/** `/add-user`: a form, the account, and the link that hands its temporary password over. */
export function createAddUser({ metrics, ...deps }: Deps) {
  const { directory, handOvers, entropy } = deps;
  const view = createHandOverView(deps);

  const draw = async (request: CustomerRequest, form: AddUserForm): Promise<Reply> => {
    const subscriptions = await directory.listSubscriptions(request.customer.id);
    return { audience: 'operator', card: addUserForm(request, subscriptions, form) };
  };

  const unopenedInRow = async (request: CustomerRequest<Frozen['sheet']>): Promise<readonly ActiveUser[]> => {
    const records = await handOvers.inRow(request.frozen.row);
    const unopened = records.filter((record) =>
      ['waiting', 'expired'].includes(handOverState(record, request.now)),
    );
    return directory.findUsers(request.customer.id, [
      ...new Set(unopened.flatMap((record) => record.userIds)),
    ]);
  };

  return {
    /** A fresh form, or the same one again with a search in its lists. */
    open(request: CustomerRequest<Frozen['open'] | undefined>): Promise<Reply> {
      const { form = newFormId(entropy), row = newId(entropy, request.now) } = request.frozen ?? {};
      return draw(request, { form, row, values: request.values, faults: [] });
    },

    /** A fresh form below the last user's card, with that user's domain, location, licenses and roles. */
    async again(request: CustomerRequest<Frozen['again']>): Promise<Reply> {
      const { row, from } = request.frozen;
      const [last] = await directory.findUsers(request.customer.id, [from]);
      const reply = await draw(request, {
        form: newFormId(entropy),
        row,
        values: valuesKeptFrom(last),
        faults: [],
      });
      return { ...reply, place: 'below' };
    },

    /** Creates the account once for each form; what is wrong comes back at its field, the values kept. */
    async save(request: CustomerRequest<Frozen['save']>): Promise<Reply | Denied> {
      const { customer, frozen, operator, values } = request;
      const asCreated = { title: 'created', token: deriveToken(frozen.form) } as const;
      const made = await view.madeBy(frozen.form);
      if (made) return view.show(request, made, asCreated);

      const drawAgain = (faults: readonly Fault[]): Promise<Reply> =>
        draw(request, { ...frozen, values, faults });
      const skuPartNumbers = (await directory.listSubscriptions(customer.id)).map((one) => one.skuPartNumber);
      const mayAssignRoles = isAllowed(operator.partnerRole, 'assign_role');
      const checked = checkNewUser(values, { domains: customer.domains, skuPartNumbers, mayAssignRoles });
      if (!checked.ok) return refusedRoles(request, checked.faults) ?? drawAgain(checked.faults);

      const outcome = await createUser(request, checked.draft, frozen, { directory, entropy });
      switch (outcome.kind) {
        case 'created':
        case 'repeated':
          return view.show(request, await handOvers.find(outcome.result.handOverId ?? ''), asCreated);
        case 'user-principal-name-taken':
          return drawAgain([
            { field: 'username', reason: 'taken', names: [checked.draft.userPrincipalName] },
          ]);
        case 'no-seats':
          metrics.seatsRefused(outcome.skuPartNumbers.length);
          return drawAgain([{ field: 'licenses', reason: 'no-seats', names: outcome.skuPartNumbers }]);
      }
    },

    /** One link for all users of the row that nobody opened yet: new passwords, their single links die. */
    async sheet(request: CustomerRequest<Frozen['sheet']>): Promise<Reply | Denied> {
      const { form, row } = request.frozen;
      const asSheet = { title: 'sheet', token: deriveToken(form) } as const;
      const made = await view.madeBy(form);
      if (made) return view.show(request, made, asSheet);

      const users = await unopenedInRow(request);
      if (users.length === 0) return nothingToHandOver(request);
      const denied = guarded(request, 'reset_password', users);
      if (denied) return denied;
      const sheetId = await resetPasswords(request, { users, form, row }, { directory, entropy });
      return view.show(request, sheetId === null ? null : await handOvers.find(sheetId), asSheet);
    },
  };
}

/** The form shows no roles to those who may not assign them: a role that comes back all the same is refused. */
function refusedRoles({ customer, values }: CustomerRequest, faults: readonly Fault[]): Denied | null {
  if (!faults.some((fault) => fault.reason === 'role-not-allowed')) return null;
  const target = `${values.username ?? ''}@${values.domain ?? ''}`.slice(0, 113);
  return {
    denied: { action: 'assign_role', customerId: customer.id, target, roles: rolesAllowed('assign_role') },
  };
}

function nothingToHandOver(request: CustomerRequest): Reply {
  return {
    audience: 'operator',
    place: 'below',
    card: { name: 'sheet-empty', data: customerOf(request.customer) },
  };
}
