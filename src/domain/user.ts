import { fingerprint } from './fingerprint';
import { splitValues } from './text';
import {
  checkLicenses,
  checkRoles,
  readNames,
  readUpn,
  readWork,
  type UserFault,
  type Values,
} from './user-fields';

/** The fields of a user that an operator fills in; text is '' where nothing was said. */
export interface UserDraft {
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  /** ISO 3166-1 alpha-2. */
  readonly usageLocation: string;
  readonly jobTitle: string;
  readonly department: string;
  /** Names as in `directoryRoles`. */
  readonly roles: readonly string[];
  /** SKU part numbers. */
  readonly licenses: readonly string[];
}

/** An account of a customer that is not deleted. */
export interface ActiveUser extends UserDraft {
  readonly id: string;
  readonly customerId: string;
  readonly accountEnabled: boolean;
  readonly createdAt: Date;
}

/** An account that can be restored until `restoreBy`. Its licenses and roles are those it had. */
export interface DeletedUser extends ActiveUser {
  readonly deletedAt: Date;
  /** The operator. */
  readonly deletedBy: string;
  readonly restoreBy: Date;
  /** Users deleted by one form have this in common. */
  readonly deletion: string;
}

/** What an operator can edit; licenses have a form of their own. */
export type EditableFields = Omit<UserDraft, 'licenses'> & Pick<ActiveUser, 'accountEnabled'>;

export const userFilters = ['unlicensed', 'blocked', 'admins'] as const;
/** `unlicensed`: no license. `blocked`: may not sign in. `admins`: holds a directory role. */
export type UserFilter = (typeof userFilters)[number];

/** Changes with every editable field, and with nothing else: what an operator saw can be told from what is stored. */
export function userFingerprint(user: EditableFields): string {
  const { userPrincipalName, displayName, givenName, surname, usageLocation, jobTitle, department } = user;
  const texts = [userPrincipalName, displayName, givenName, surname, usageLocation, jobTitle, department];
  return fingerprint([...texts, [...user.roles].sort(), user.accountEnabled]);
}

/** What the rules must know of the customer and of the operator. */
export interface UserFacts {
  readonly domains: readonly string[];
  readonly skuPartNumbers: readonly string[];
  readonly mayAssignRoles: boolean;
}

type UserCheck =
  | { readonly ok: true; readonly draft: UserDraft }
  | { readonly ok: false; readonly faults: readonly UserFault[] };

/** Reads what was typed into the form of a new user; every fault is reported, in the order of the form. */
export function checkNewUser(values: Values, facts: UserFacts): UserCheck {
  const roles = splitValues(values['roles']);
  const licenses = splitValues(values['licenses']);
  const { names, faults: ofNames } = readNames(values);
  const { userPrincipalName, faults: ofUpn } = readUpn(values, facts.domains);
  const { work, faults: ofWork } = readWork(values, licenses);
  const faults: UserFault[] = [
    ...ofNames,
    ...ofUpn,
    ...ofWork,
    ...checkRoles(roles, facts.mayAssignRoles),
    ...checkLicenses(licenses, facts.skuPartNumbers),
  ];
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, draft: { userPrincipalName, ...names, ...work, roles, licenses } };
}
