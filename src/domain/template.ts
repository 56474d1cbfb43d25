import type { Fault } from './fault';
import { upnKey } from './upn';
import { hasControlCharacters, isVisible, splitValues, tidyText } from './text';
import { checkLicenses, checkRoles, readWork, type Values } from './user-fields';

/** Most characters of a template's name, and most templates of a customer. */
const templateLimits = { name: 64, perCustomer: 50 } as const;

/** What a new user can start from. */
export interface StartingPoint {
  readonly usageLocation: string;
  readonly department: string;
  readonly roles: readonly string[];
  readonly licenses: readonly string[];
}

export interface TemplateDraft extends StartingPoint {
  readonly name: string;
}

export interface TemplateFacts {
  readonly skuPartNumbers: readonly string[];
  readonly mayAssignRoles: boolean;
  /** The customer's templates: the one of the same name gives way. */
  readonly existing: readonly TemplateDraft[];
}

type TemplateCheck =
  | { readonly ok: true; readonly draft: TemplateDraft }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Two names that are the same to a reader: compared without case. */
export function templateKey(name: string): string {
  return upnKey(name);
}

/** Reads the form of a template; roles stay as the template had them for who may not assign them. */
export function checkTemplate(values: Values, facts: TemplateFacts): TemplateCheck {
  const { skuPartNumbers, mayAssignRoles, existing } = facts;
  const name = tidyText(values['name']);
  const licenses = splitValues(values['licenses']);
  const typedRoles = splitValues(values['roles']);
  const { work, faults: ofWork } = readWork(values, []);
  const former = existing.find((one) => templateKey(one.name) === templateKey(name));
  const faults: Fault[] = [
    ...checkName(name, former === undefined && existing.length >= templateLimits.perCustomer),
    ...ofWork.filter(({ field }) => field !== 'jobTitle'),
    ...checkRoles(typedRoles, mayAssignRoles),
    ...checkLicenses(licenses, skuPartNumbers),
  ];
  if (faults.length > 0) return { ok: false, faults };
  const { usageLocation, department } = work;
  const roles = mayAssignRoles ? typedRoles : (former?.roles ?? []);
  return { ok: true, draft: { name, usageLocation, department, roles, licenses } };
}

function checkName(name: string, isFull: boolean): Fault[] {
  const faults: Fault[] = [];
  if (!isVisible(name)) faults.push({ field: 'name', reason: 'required' });
  if (hasControlCharacters(name)) faults.push({ field: 'name', reason: 'control-characters' });
  if (name.length > templateLimits.name)
    faults.push({ field: 'name', reason: 'too-long', limit: templateLimits.name });
  if (isFull) faults.push({ field: 'name', reason: 'too-many', limit: templateLimits.perCustomer });
  return faults;
}
