import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import type { Fault } from '../domain/fault';
import { isFormId, newFormId } from '../domain/hand-over';
import { isAllowed, rolesAllowed } from '../domain/permission';
import { upnKey } from '../domain/upn';
import { userFingerprint, type ActiveUser } from '../domain/user';
import {
  changeableFields,
  changeOf,
  checkEditedUser,
  isGuardedChange,
  marksOf,
  mergeEdit,
  valuesOf,
  type UserChange,
} from '../domain/user-edit';
import { word } from '../ports/card';
import type { AuditTrail } from '../ports/audit';
import type { Directory } from '../ports/directory';
import type { People } from '../ports/people';
import { changeFrozen, editUserConfirm, editUserSaved, thawChange } from './edit-user-confirm';
import { editUserForm, type EditForm, type EditFormFrozen } from './edit-user-form';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { lastChangeOf } from './last-change';
import { updateUser } from './update-user';
import { userGone } from './user-gone';

const target = { customerId: z.string(), userId: z.string() };
const seen = { form: z.string().refine(isFormId), seen: z.string(), marks: z.string() };
export const editUserFrozen = {
  /**
   * Nothing but the user for a fresh form; what a form had frozen when it is drawn again to search its list; a change
   * that was not confirmed when the operator goes back to it.
   */
  open: z.strictObject({ ...target, ...z.object(seen).partial().shape, change: changeFrozen.optional() }),
  save: z.strictObject({ ...target, ...seen }),
  confirm: z.strictObject({ ...target, ...seen, change: changeFrozen }),
};
type Frozen = { readonly [Step in keyof typeof editUserFrozen]: z.infer<(typeof editUserFrozen)[Step]> };

interface Deps {
  readonly directory: Directory;
  readonly trail: Pick<AuditTrail, 'ofUser'>;
  readonly people: Pick<People, 'names'>;
  readonly entropy: Entropy;
}

/** Changes a user: a form, what will change before it does, and nothing overwritten that was not seen. */
export function createEditUser({ directory, trail, people, entropy }: Deps) {
  const find = async (request: CustomerRequest, userId: string): Promise<ActiveUser | Reply | Denied> => {
    const { customer } = request;
    const [user] = await directory.findUsers(customer.id, [userId]);
    if (user) return user;
    const foreign = await directory.foreignUsers(customer.id, [userId]);
    return foreign.length === 0
      ? userGone(customer)
      : { denied: { action: 'edit_user', customerId: customer.id, target: userId, roles: null } };
  };

  const freeze = ({ customer }: CustomerRequest, user: ActiveUser): EditFormFrozen => ({
    customerId: customer.id,
    userId: user.id,
    form: newFormId(entropy),
    seen: userFingerprint(user),
    marks: marksOf(valuesOf(user)),
  });

  /** The form as the user is by now, with what was typed into the one before; says who changed it meanwhile. */
  const drawMerged = async (
    request: CustomerRequest<EditFormFrozen>,
    user: ActiveUser,
    typed: Request['values'],
  ): Promise<Reply> => {
    const merged = mergeEdit(request.frozen.marks, typed, valuesOf(user));
    const notice = await lastChangeOf(request, user, { trail, people });
    return draw(request, { user, frozen: freeze(request, user), ...merged, notice });
  };

  const isTaken = async (user: ActiveUser, { userPrincipalName: name }: UserChange): Promise<boolean> => {
    if (name === undefined || upnKey(name) === upnKey(user.userPrincipalName)) return false;
    return (await directory.takenUpns(user.customerId, [name])).length > 0;
  };

  return {
    async open(request: CustomerRequest<Frozen['open']>): Promise<Reply | Denied> {
      const { userId, change, form, seen, marks } = request.frozen;
      const user = await find(request, userId);
      if (!isUser(user)) return user;
      const isSearch = form !== undefined && seen !== undefined && marks !== undefined;
      if (isSearch) {
        const frozen = { customerId: request.customer.id, userId, form, seen, marks };
        return draw(request, { user, frozen, values: request.values });
      }
      const values = valuesOf({ ...user, ...thawChange(change ?? {}) });
      return draw(request, { user, frozen: freeze(request, user), values });
    },

    /** Checks what was typed and shows what will change; nothing is stored yet. */
    async save(request: CustomerRequest<Frozen['save']>): Promise<Reply | Denied> {
      const { frozen, customer } = request;
      const user = await find(request, frozen.userId);
      if (!isUser(user)) return user;
      const mayAssignRoles = isAllowed(request.operator.partnerRole, 'assign_role');
      const values = completed(request.values, user, mayAssignRoles);
      const checked = checkEditedUser(values, { user, domains: customer.domains, mayAssignRoles });
      if (!checked.ok && checked.faults.some(({ reason }) => reason === 'role-not-allowed'))
        return mayNotAssign(user);
      if (userFingerprint(user) !== frozen.seen) return drawMerged(request, user, values);
      if (!checked.ok) return draw(request, { user, frozen, values, faults: checked.faults });

      const change = changeOf(user, checked.fields);
      if (Object.keys(change).length === 0)
        return draw(request, { user, frozen, values, notice: word('edit-user.nothing') });
      const denied = refusal(request, user, change);
      if (denied) return denied;
      if (await isTaken(user, change)) return draw(request, { user, frozen, values, faults: [taken] });
      return { audience: 'operator', card: editUserConfirm(request, { user, change, frozen }) };
    },

    /** Stores the change once for each form, unless the user is not what the operator saw any more. */
    async confirm(request: CustomerRequest<Frozen['confirm']>): Promise<Reply | Denied> {
      const { customer, operator, frozen } = request;
      const { change: frozenChange, ...form } = frozen;
      const user = await find(request, frozen.userId);
      if (!isUser(user)) return user;
      const change = thawChange(frozenChange);
      const edited = { ...user, ...change };
      const denied = refusal(request, user, changeOf(user, edited));
      if (denied) return denied;
      const again = { user, frozen: form, values: valuesOf(edited) };
      const mayAssignRoles = isAllowed(operator.partnerRole, 'assign_role');
      const facts = { user, domains: customer.domains, mayAssignRoles };
      const checked = checkEditedUser(again.values, facts);
      // Of a user that is not as it was, the directory tells whether this very form changed it.
      if (!checked.ok && userFingerprint(user) === frozen.seen)
        return draw(request, { ...again, faults: checked.faults });

      const outcome = await updateUser(
        request,
        { user, change, form: frozen.form, seen: frozen.seen },
        directory,
      );
      switch (outcome.kind) {
        case 'updated':
          return saved(request, { ...user, ...change }, Object.keys(change));
        case 'repeated': {
          const present = await find(request, frozen.userId);
          return isUser(present)
            ? saved(request, present, (outcome.result.fields ?? '').split(','))
            : present;
        }
        case 'user-principal-name-taken':
          return draw(request, { ...again, faults: [taken] });
        case 'missing':
          return userGone(customer);
        case 'changed-meanwhile': {
          const present = await find(request, frozen.userId);
          if (!isUser(present)) return present;
          return drawMerged({ ...request, frozen: form }, present, valuesOf({ ...present, ...change }));
        }
      }
    },
  };
}

type Request = CustomerRequest<EditFormFrozen>;

const taken: Fault = { field: 'username', reason: 'taken' };

function isUser(found: ActiveUser | Reply | Denied): found is ActiveUser {
  return 'userPrincipalName' in found;
}

function draw(request: CustomerRequest, form: EditForm): Reply {
  return { audience: 'operator', card: editUserForm(request, form) };
}

function saved(request: CustomerRequest, user: ActiveUser, names: readonly string[]): Reply {
  const fields = changeableFields.filter((field) => names.includes(field));
  return { audience: 'operator', card: editUserSaved(request, user, fields) };
}

/** Empty inputs may be missing; the ones that the form does not show are as they were. */
function completed(typed: Request['values'], user: ActiveUser, mayAssignRoles: boolean): Request['values'] {
  const { accountEnabled, roles } = valuesOf(user);
  return { accountEnabled, ...(mayAssignRoles ? {} : { roles }), ...typed };
}

function refusal(request: CustomerRequest, user: ActiveUser, change: UserChange): Denied | null {
  if (change.roles && !isAllowed(request.operator.partnerRole, 'assign_role')) return mayNotAssign(user);
  return isGuardedChange(change) ? guarded(request, 'edit_user', [user]) : null;
}

function mayNotAssign({ customerId, userPrincipalName }: ActiveUser): Denied {
  const action = 'assign_role';
  return { denied: { action, customerId, target: userPrincipalName, roles: rolesAllowed(action) } };
}
