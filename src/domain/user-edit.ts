import { fingerprint } from './fingerprint';
import { splitValues, tidyText } from './text';
import type { EditableFields } from './user';
import { checkRoles, readNames, readUpn, readWork, type UserFault, type Values } from './user-fields';
import { partsOfUpn, upnKey } from './upn';

/** The inputs of the form of an existing user, in its order. */
export const editInputs = [
  'givenName',
  'surname',
  'displayName',
  'username',
  'domain',
  'usageLocation',
  'jobTitle',
  'department',
  'accountEnabled',
  'roles',
] as const;
export type EditInput = (typeof editInputs)[number];
export type EditValues = Readonly<Record<EditInput, string>>;

/** A user as the form shows it: what it would send if nothing were typed. */
export function valuesOf(user: EditableFields): EditValues {
  const { givenName, surname, displayName, usageLocation, jobTitle, department } = user;
  const { local, domain } = partsOfUpn(user.userPrincipalName);
  return {
    givenName,
    surname,
    displayName,
    username: local,
    domain,
    usageLocation,
    jobTitle,
    department,
    accountEnabled: String(user.accountEnabled),
    roles: [...user.roles].sort().join(','),
  };
}

/** What the rules must know of the user, the customer and the operator. */
export interface EditFacts {
  readonly user: EditableFields & { readonly licenses: readonly string[] };
  readonly domains: readonly string[];
  readonly mayAssignRoles: boolean;
}

type EditCheck =
  | { readonly ok: true; readonly fields: EditableFields }
  | { readonly ok: false; readonly faults: readonly UserFault[] };

/**
 * Reads what was typed into the form of an existing user, by the rules of a new one. A name that stays as it is is
 * never a fault; roles stay untouched for who may not assign them.
 */
export function checkEditedUser(values: Values, { user, domains, mayAssignRoles }: EditFacts): EditCheck {
  const { names, faults: ofNames } = readNames(values);
  const upn = editedUpn(values, user, domains);
  const { work, faults: ofWork } = readWork(values, user.licenses);
  const roles = editedRoles(values, user.roles, mayAssignRoles);
  const faults = [...ofNames, ...upn.faults, ...ofWork, ...roles.faults];
  if (faults.length > 0) return { ok: false, faults };
  const accountEnabled = readSwitch(values['accountEnabled'], user.accountEnabled);
  const { userPrincipalName } = upn;
  return { ok: true, fields: { userPrincipalName, ...names, ...work, roles: roles.roles, accountEnabled } };
}

function editedUpn(values: Values, user: EditableFields, domains: readonly string[]) {
  const { username, domain } = valuesOf(user);
  const stays =
    tidyText(values['username']) === username && upnKey(tidyText(values['domain'])) === upnKey(domain);
  return stays ? { userPrincipalName: user.userPrincipalName, faults: [] } : readUpn(values, domains);
}

/** A form without roles leaves them as they are, unless it came back with others all the same. */
function editedRoles(values: Values, present: readonly string[], mayAssign: boolean) {
  if (!mayAssign && values['roles'] === undefined) return { roles: present, faults: [] };
  const typed = splitValues(values['roles']);
  const given = typed.filter((role) => !present.includes(role));
  const taken = present.filter((role) => !typed.includes(role));
  if (!mayAssign) return { roles: present, faults: checkRoles([...given, ...taken], false) };
  const kept = present.filter((role) => typed.includes(role));
  return { roles: [...kept, ...given], faults: checkRoles(given, true) };
}

function readSwitch(typed: string | undefined, present: boolean): boolean {
  return typed === 'true' ? true : typed === 'false' ? false : present;
}

/** The fields of an edit that differ from the user as it is; those of several words as they are to be. */
export type UserChange = Partial<EditableFields>;

export function changeOf(user: EditableFields, edited: EditableFields): UserChange {
  const differing = changeableFields.filter((field) => !isSame(user[field], edited[field]));
  return Object.fromEntries(differing.map((field) => [field, edited[field]]));
}

/** In the order in which they are read. */
export const changeableFields = [
  'displayName',
  'givenName',
  'surname',
  'userPrincipalName',
  'usageLocation',
  'jobTitle',
  'department',
  'accountEnabled',
  'roles',
] as const;
export type ChangeableField = (typeof changeableFields)[number];

function isSame(one: EditableFields[ChangeableField], other: EditableFields[ChangeableField]): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.length === other.length && one.every((role) => other.includes(role));
}

/** Whether the change reaches into what privileged accounts are guarded against. */
export function isGuardedChange(change: UserChange): boolean {
  return 'userPrincipalName' in change || 'accountEnabled' in change || 'roles' in change;
}

const markLength = 4;

/** A short mark for each input: tells later which of them still hold what they held. */
export function marksOf(values: Values): string {
  return editInputs.map((input) => markOf(input, values[input])).join('');
}

/** The inputs whose values are not those that were marked. */
function changedInputs(marks: string, values: Values): readonly EditInput[] {
  return editInputs.filter((input, place) => {
    const mark = marks.slice(place * markLength, (place + 1) * markLength);
    return markOf(input, values[input]) !== mark;
  });
}

function markOf(input: EditInput, typed: string | undefined): string {
  const value = input === 'roles' ? splitValues(typed).sort().join(',') : tidyText(typed);
  return fingerprint([input, value]).slice(0, markLength);
}

/**
 * Brings together what was typed into a form and what the user is by now, after somebody else changed it: what was
 * typed stays, what was not touched follows. `changed` are the inputs that are not as they were marked.
 */
export function mergeEdit(
  marks: string,
  typed: Values,
  present: EditValues,
): { readonly values: EditValues; readonly changed: readonly EditInput[] } {
  const touched = changedInputs(marks, typed);
  const kept = touched.map((input) => [input, typed[input] ?? '']);
  const values = { ...present, ...(Object.fromEntries(kept) as Partial<EditValues>) };
  return { values, changed: changedInputs(marks, present) };
}
