import { z } from 'zod';
import { deriveToken, handOverState, isFormId, newFormId } from '../domain/hand-over';
import { newId } from '../domain/id';
import { isAllowed, rolesAllowed } from '../domain/permission';
import type { Fault } from '../domain/fault';
import { checkNewUser, type ActiveUser } from '../domain/user';
import type { StartingPoint } from '../domain/template';
import { takeOver } from '../domain/starting-point';
import type { Metrics } from '../ports/metrics';
import type { Templates } from '../ports/templates';
import { takenOverLines } from './add-user-start';
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
    copying: z.boolean().optional(),
  }),
  copy: z.strictObject({ customerId, form, row: z.string() }),
  template: z.strictObject({ customerId, form, row: z.string() }),
  save: z.strictObject({ customerId, form, row: z.string() }),
  again: z.strictObject({ customerId, row: z.string(), from: z.string() }),
  sheet: z.strictObject({ customerId, row: z.string(), form }),
};
type Frozen = { readonly [Step in keyof typeof addUserFrozen]: z.infer<(typeof addUserFrozen)[Step]> };

interface Deps extends HandOverDeps {
  readonly templates: Pick<Templates, 'list'>;
  readonly metrics: Metrics;
}

const mostUsers = 60;

/** `/add-user`: a form, the account, and the link that hands its temporary password over. */
export function createAddUser({ metrics, templates, ...deps }: Deps) {
  const { directory, handOvers, entropy } = deps;
  const view = createHandOverView(deps);

  const draw = async (request: CustomerRequest, form: AddUserForm, copying = false): Promise<Reply> => {
    const customerId = request.customer.id;
    const text = form.values.find ?? '';
    const [subscriptions, ofCustomer, users] = await Promise.all([
      directory.listSubscriptions(customerId),
      templates.list(customerId),
      copying ? directory.searchUsers({ customerId, text, filter: null, limit: mostUsers }) : null,
    ]);
    const offer = { subscriptions, templates: ofCustomer, users };
    return { audience: 'operator', card: addUserForm(request, offer, form) };
  };

  /** The form with what a template or another user has; what cannot be taken over is named on it. */
  const drawTakenOver = async (
    request: CustomerRequest<Frozen['copy']>,
    from: StartingPoint,
    name: string,
  ): Promise<Reply> => {
    const { customer, operator, frozen, values } = request;
    const subscriptions = await directory.listSubscriptions(customer.id);
    const mayAssignRoles = isAllowed(operator.partnerRole, 'assign_role');
    const taken = takeOver(from, values, { subscriptions, mayAssignRoles });
    return draw(request, { ...frozen, values: taken.values, faults: [], took: takenOverLines(name, taken) });
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
      const { form = newFormId(entropy), row = newId(entropy, request.now), copying } = request.frozen ?? {};
      return draw(request, { form, row, values: request.values, faults: [] }, copying);
    },

    /** Asks for a user to copy from, or takes over what the chosen one has; all else stays as typed. */
    async copy(request: CustomerRequest<Frozen['copy']>): Promise<Reply | Denied> {
      const { customer, frozen, values } = request;
      const { copyFrom = '' } = values;
      if (copyFrom === '') return draw(request, { ...frozen, values, faults: [] }, true);
      const [user] = await directory.findUsers(customer.id, [copyFrom]);
      // What was sought was the user: the lists below are whole again.
      const chosen = { ...request, values: { ...values, copyFrom: '', find: '' } };
      if (user) return drawTakenOver(chosen, user, `${user.displayName} (${user.userPrincipalName})`);
      const foreign = await directory.foreignUsers(customer.id, [copyFrom]);
      if (foreign.length > 0)
        return {
          denied: {
            action: 'create_user',
            customerId: customer.id,
            target: copyFrom.slice(0, 64),
            roles: null,
          },
        };
      return draw(request, { ...frozen, values, faults: [{ field: 'copyFrom', reason: 'gone' }] }, true);
    },

    /** Takes over what the chosen template says; all else stays as typed. */
    async template(request: CustomerRequest<Frozen['template']>): Promise<Reply> {
      const { customer, frozen, values } = request;
      const { template: chosen = '' } = values;
      const template = (await templates.list(customer.id)).find(({ id }) => id === chosen);
      if (template) return drawTakenOver(request, template, template.name);
      const reason = chosen === '' ? 'required' : 'gone';
      return draw(request, { ...frozen, values, faults: [{ field: 'template', reason }] });
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
      const before = await view.shownBefore(request, asCreated);
      if (before) return before;

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
      const before = await view.shownBefore(request, asSheet);
      if (before) return before;

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
