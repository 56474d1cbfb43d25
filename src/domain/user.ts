import { fingerprint } from './fingerprint';
import type { Fault } from './fault';
import { namesForReading } from './fault';
import { isLocation } from './location';
import { isDirectoryRole } from './role';
import { hasControlCharacters, isVisible, splitValues, tidyText } from './text';
import { checkLocalPart, checkUpn, upnKey, withoutDomain } from './upn';

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

export type UserField =
  | 'givenName'
  | 'surname'
  | 'displayName'
  | 'username'
  | 'domain'
  | 'usageLocation'
  | 'jobTitle'
  | 'department'
  | 'roles'
  | 'licenses';

type UserFault = Fault<UserField>;

/** Most characters of each text. */
const userLimits = {
  displayName: 256,
  givenName: 64,
  surname: 64,
  department: 64,
  jobTitle: 128,
} as const;

/** What the rules must know of the customer and of the operator. */
export interface UserFacts {
  readonly domains: readonly string[];
  readonly skuPartNumbers: readonly string[];
  readonly mayAssignRoles: boolean;
}

type UserCheck =
  | { readonly ok: true; readonly draft: UserDraft }
  | { readonly ok: false; readonly faults: readonly UserFault[] };

type Values = Readonly<Record<string, string>>;

export function proposeDisplayName(givenName: string, surname: string): string {
  return tidyText(`${tidyText(givenName)} ${tidyText(surname)}`);
}

/** Reads what was typed into the form of a new user; every fault is reported, in the order of the form. */
export function checkNewUser(values: Values, facts: UserFacts): UserCheck {
  const names = readNames(values);
  const upn = readUpn(values, facts.domains);
  const jobTitle = tidyText(values['jobTitle']);
  const department = tidyText(values['department']);
  const roles = splitValues(values['roles']);
  const licenses = splitValues(values['licenses']);
  const usageLocation = tidyText(values['usageLocation']).toUpperCase();
  const faults: UserFault[] = [
    ...names.faults,
    ...upn.faults,
    ...checkLocation(usageLocation, licenses),
    ...checkText('jobTitle', jobTitle),
    ...checkText('department', department),
    ...checkRoles(roles, facts.mayAssignRoles),
    ...checkLicenses(licenses, facts.skuPartNumbers),
  ];
  if (faults.length > 0) return { ok: false, faults };
  const { givenName, surname, displayName } = names;
  const userPrincipalName = upn.userPrincipalName;
  return {
    ok: true,
    draft: {
      userPrincipalName,
      displayName,
      givenName,
      surname,
      usageLocation,
      jobTitle,
      department,
      roles,
      licenses,
    },
  };
}

function readNames(values: Values) {
  const givenName = tidyText(values['givenName']);
  const surname = tidyText(values['surname']);
  const faults = [...checkText('givenName', givenName), ...checkText('surname', surname)];
  const typed = tidyText(values['displayName']);
  const displayName = isVisible(typed) ? typed : proposeDisplayName(givenName, surname);
  if (!isVisible(displayName)) faults.push({ field: 'displayName', reason: 'required' });
  // A proposal made of faulty names is not a fault of its own.
  else if (displayName === typed || faults.length === 0)
    faults.push(...checkText('displayName', displayName));
  return { givenName, surname, displayName, faults };
}

function checkText(field: keyof typeof userLimits, text: string): UserFault[] {
  const faults: UserFault[] = [];
  if (hasControlCharacters(text)) faults.push({ field, reason: 'control-characters' });
  if (text.length > userLimits[field]) faults.push({ field, reason: 'too-long', limit: userLimits[field] });
  return faults;
}

function readUpn(
  values: Values,
  domains: readonly string[],
): { userPrincipalName: string; faults: UserFault[] } {
  const chosen = tidyText(values['domain']);
  const domain = domains.find((known) => upnKey(known) === upnKey(chosen)) ?? '';
  const username = tidyText(values['username']);
  const local = withoutDomain(username, chosen);
  const userPrincipalName = `${local}@${domain}`;
  const found = domain === '' ? checkLocalPart(local) : checkUpn(userPrincipalName);
  const faults = found.map(({ field, ...fault }): UserFault => ({
    ...fault,
    field: field === 'local' ? 'username' : 'domain',
    ...(fault.reason === 'more-than-one-at' && isOneAddress(username) ? { reason: 'other-domain' } : {}),
  }));
  if (domain === '') faults.push({ field: 'domain', reason: chosen === '' ? 'required' : 'unknown-domain' });
  return { userPrincipalName, faults };
}

function isOneAddress(username: string): boolean {
  return username.split('@').length === 2;
}

function checkLocation(usageLocation: string, licenses: readonly string[]): UserFault[] {
  if (usageLocation === '') {
    return licenses.length > 0 ? [{ field: 'usageLocation', reason: 'location-needed-for-license' }] : [];
  }
  return isLocation(usageLocation) ? [] : [{ field: 'usageLocation', reason: 'unknown-location' }];
}

function checkRoles(roles: readonly string[], mayAssign: boolean): UserFault[] {
  const unknown = roles.filter((role) => !isDirectoryRole(role));
  const refused = mayAssign ? [] : roles.filter(isDirectoryRole);
  return [...naming('roles', 'unknown-role', unknown), ...naming('roles', 'role-not-allowed', refused)];
}

function checkLicenses(licenses: readonly string[], skuPartNumbers: readonly string[]): UserFault[] {
  const unknown = licenses.filter((license) => !skuPartNumbers.includes(license));
  return naming('licenses', 'unknown-license', unknown);
}

function naming(field: UserField, reason: Fault['reason'], names: readonly string[]): UserFault[] {
  return names.length > 0 ? [{ field, reason, names: namesForReading(names) }] : [];
}
