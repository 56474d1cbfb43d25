import type { Fault } from './fault';
import { namesForReading } from './fault';
import { isLocation } from './location';
import { isDirectoryRole } from './role';
import { hasControlCharacters, isVisible, tidyText } from './text';
import { checkLocalPart, checkUpn, upnKey, withoutDomain } from './upn';

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

export type UserFault = Fault<UserField>;

/** What was typed, by input. */
export type Values = Readonly<Record<string, string>>;

/** Most characters of each text. */
const userLimits = {
  displayName: 256,
  givenName: 64,
  surname: 64,
  department: 64,
  jobTitle: 128,
} as const;

type TextField = keyof typeof userLimits;

export function proposeDisplayName(givenName: string, surname: string): string {
  return tidyText(`${tidyText(givenName)} ${tidyText(surname)}`);
}

export function readNames(values: Values) {
  const givenName = tidyText(values['givenName']);
  const surname = tidyText(values['surname']);
  const faults = [...checkText('givenName', givenName), ...checkText('surname', surname)];
  const typed = tidyText(values['displayName']);
  const displayName = isVisible(typed) ? typed : proposeDisplayName(givenName, surname);
  if (!isVisible(displayName)) faults.push({ field: 'displayName', reason: 'required' });
  // A proposal made of faulty names is not a fault of its own.
  else if (displayName === typed || faults.length === 0)
    faults.push(...checkText('displayName', displayName));
  return { names: { givenName, surname, displayName }, faults };
}

export function readUpn(values: Values, domains: readonly string[]) {
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

/** Location, job title and department; `licenses` are those the user has or will have. */
export function readWork(values: Values, licenses: readonly string[]) {
  const usageLocation = tidyText(values['usageLocation']).toUpperCase();
  const jobTitle = tidyText(values['jobTitle']);
  const department = tidyText(values['department']);
  const faults = [
    ...checkLocation(usageLocation, licenses),
    ...checkText('jobTitle', jobTitle),
    ...checkText('department', department),
  ];
  return { work: { usageLocation, jobTitle, department }, faults };
}

function checkText(field: TextField, text: string): UserFault[] {
  const faults: UserFault[] = [];
  if (hasControlCharacters(text)) faults.push({ field, reason: 'control-characters' });
  if (text.length > userLimits[field]) faults.push({ field, reason: 'too-long', limit: userLimits[field] });
  return faults;
}

function checkLocation(usageLocation: string, licenses: readonly string[]): UserFault[] {
  if (usageLocation === '') {
    return licenses.length > 0 ? [{ field: 'usageLocation', reason: 'location-needed-for-license' }] : [];
  }
  return isLocation(usageLocation) ? [] : [{ field: 'usageLocation', reason: 'unknown-location' }];
}

/** `roles` are those that are to be given. */
export function checkRoles(roles: readonly string[], mayAssign: boolean): UserFault[] {
  const unknown = roles.filter((role) => !isDirectoryRole(role));
  const refused = mayAssign ? [] : roles.filter(isDirectoryRole);
  return [...naming('roles', 'unknown-role', unknown), ...naming('roles', 'role-not-allowed', refused)];
}

export function checkLicenses(licenses: readonly string[], skuPartNumbers: readonly string[]): UserFault[] {
  const unknown = licenses.filter((license) => !skuPartNumbers.includes(license));
  return naming('licenses', 'unknown-license', unknown);
}

function naming(field: UserField, reason: Fault['reason'], names: readonly string[]): UserFault[] {
  return names.length > 0 ? [{ field, reason, names: namesForReading(names) }] : [];
}
