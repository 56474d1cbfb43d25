import { z } from 'zod';
import { codesOfRoles, rolesOfCodes } from '../domain/role';
import type { ActiveUser } from '../domain/user';
import { changeableFields, type ChangeableField, type UserChange } from '../domain/user-edit';
import { word, type Card, type CardData, type Word } from '../ports/card';
import { customerOf } from './customer-view';
import type { EditFormFrozen } from './edit-user-form';
import type { CustomerRequest } from './feature';
import { fieldName, fieldValue } from './field-words';
import { roleName } from './known-names';

const text = (most: number) => z.string().max(most).optional();

/** The changed fields on their way from the form to the confirmation; roles as their codes. */
export const changeFrozen = z.strictObject({
  displayName: text(256),
  givenName: text(64),
  surname: text(64),
  userPrincipalName: text(113),
  usageLocation: text(2),
  jobTitle: text(128),
  department: text(64),
  accountEnabled: z.boolean().optional(),
  roles: text(200),
});
export type FrozenChange = z.infer<typeof changeFrozen>;

function freezeChange({ roles, ...change }: UserChange): CardData {
  return { ...change, ...(roles ? { roles: codesOfRoles(roles) } : {}) };
}

export function thawChange({ roles, ...change }: FrozenChange): UserChange {
  const fields = Object.entries({ ...change, roles: roles === undefined ? roles : rolesOfCodes(roles) });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** What will change, field by field, before it does. */
export function editUserConfirm(
  { customer }: CustomerRequest,
  { user, change, frozen }: { user: ActiveUser; change: UserChange; frozen: EditFormFrozen },
): Card {
  const { displayName, userPrincipalName } = user;
  const after = { ...user, ...change };
  const fields = changeableFields.filter((field) => field in change && field !== 'roles');
  const frozenChange = freezeChange(change);
  const data: CardData = {
    ...customerOf(customer),
    who: { displayName, userPrincipalName },
    changes: fields.map((field) => ({
      field: fieldName(field),
      before: fieldValue(user, field),
      after: fieldValue(after, field),
    })),
    roles: change.roles ? [{ field: fieldName('roles'), lines: roleLines(user.roles, change.roles) }] : [],
    consequences: consequencesOf(user, change).map((text) => ({ text })),
    style: change.accountEnabled === false ? 'destructive' : 'positive',
    confirm: { ...frozen, change: frozenChange },
    back: { customerId: frozen.customerId, userId: frozen.userId, change: frozenChange },
  };
  return { name: 'edit-user-confirm', data };
}

function roleLines(before: readonly string[], after: readonly string[]): CardData[] {
  const given = after.filter((role) => !before.includes(role));
  const taken = before.filter((role) => !after.includes(role));
  return [
    ...given.map((role) => ({ sign: '+', name: roleName(role), color: 'Good' })),
    ...taken.map((role) => ({ sign: '–', name: roleName(role), color: 'Attention' })),
  ];
}

function consequencesOf(user: ActiveUser, { userPrincipalName, accountEnabled, roles }: UserChange): Word[] {
  const given = roles?.filter((role) => !user.roles.includes(role)).length ?? 0;
  const taken = roles ? user.roles.filter((role) => !roles.includes(role)).length : 0;
  return [
    ...(userPrincipalName === undefined ? [] : [word('edit-user-confirm.consequence.userPrincipalName')]),
    ...(accountEnabled === undefined
      ? []
      : [word(`edit-user-confirm.consequence.${accountEnabled ? 'allowed' : 'blocked'}`)]),
    ...(given === 0 ? [] : [word('edit-user-confirm.consequence.given', { count: given })]),
    ...(taken === 0 ? [] : [word('edit-user-confirm.consequence.taken', { count: taken })]),
  ];
}

/** What was changed, as the user holds it now. */
export function editUserSaved(
  { customer }: CustomerRequest,
  user: ActiveUser,
  fields: readonly ChangeableField[],
): Card {
  const { displayName, userPrincipalName } = user;
  const data: CardData = {
    ...customerOf(customer),
    who: { displayName, userPrincipalName },
    changes: fields.map((field) => ({ field: fieldName(field), value: fieldValue(user, field) })),
    view: { customerId: customer.id, userIds: user.id },
  };
  return { name: 'edit-user-saved', data };
}
