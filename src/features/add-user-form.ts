import type { Fault } from '../domain/fault';
import type { Subscription } from '../domain/license';
import { isAllowed } from '../domain/permission';
import { directoryRoles } from '../domain/role';
import type { ActiveUser } from '../domain/user';
import { word, type Card, type CardData } from '../ports/card';
import type { Page } from '../ports/page';
import type { Template } from '../ports/templates';
import { templateChoices, userChoices } from './add-user-start';
import { choiceLimit, limitChoices } from './choices';
import { changeableCustomerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest } from './feature';
import { licenseChoices } from './license-choices';

const fields = [
  'givenName',
  'surname',
  'displayName',
  'username',
  'domain',
  'usageLocation',
  'jobTitle',
  'department',
  'roles',
  'licenses',
] as const;
const choosers = ['template', 'copyFrom'] as const;

/** Most characters of the licenses and of the domains, each; while users are listed too, there is less room. */
const room = { usual: 3_000, besideUsers: 1_600 };

export interface AddUserForm {
  /** Good for one effect. */
  readonly form: string;
  /** Shared by users added one after the other. */
  readonly row: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
  /** What was taken over from a template or a user, and what could not be. */
  readonly took?: readonly CardData[];
}

/** What the customer has to choose from. */
export interface Offer {
  readonly subscriptions: readonly Subscription[];
  readonly templates: readonly Template[];
  /** Users to copy from, while one is being chosen. */
  readonly users: Page<ActiveUser> | null;
}

/** What **Add another user** takes over from the user before. */
export function valuesKeptFrom(last: ActiveUser | undefined): Readonly<Record<string, string>> {
  if (!last) return {};
  return {
    domain: last.userPrincipalName.slice(last.userPrincipalName.indexOf('@') + 1),
    usageLocation: last.usageLocation,
    licenses: last.licenses.join(','),
    roles: last.roles.join(','),
  };
}

export function addUserForm(
  { customer, operator }: CustomerRequest,
  offer: Offer,
  { form, row, values, faults, took = [] }: AddUserForm,
): Card {
  const find = values.find ?? '';
  const domain = values.domain ?? customer.defaultDomain;
  const characters = offer.users ? room.besideUsers : room.usual;
  const domains = limitChoices(customer.domains, {
    text: String,
    chosen: (one) => one === domain,
    find,
    room: { entries: choiceLimit, characters },
  });
  const licenses = licenseChoices(offer.subscriptions, { ticked: values.licenses ?? '', find, characters });
  const templates = templateChoices(offer.users ? [] : offer.templates, {
    chosen: values.template ?? '',
    find,
  });
  const users = offer.users && userChoices(offer.users, { chosen: values.copyFrom ?? '', find });
  const roles = isAllowed(operator.partnerRole, 'assign_role') ? directoryRoles : [];
  const sent = { customerId: customer.id, form, row };
  const search = { frozen: users ? { ...sent, copying: true } : sent };
  const isLong = domains.more || licenses.more || templates.more;
  const hidden = [
    ...(templates.shown.length === 0 ? ['template'] : []),
    ...(users && users.shown.length > 0 ? [] : ['copyFrom']),
  ];
  // What is wrong with a list that is not there any more is said above the fields.
  const lines = faults.some(({ field }) => hidden.includes(field))
    ? [...took, { text: word('faults.gone') }]
    : took;
  const data: CardData = {
    ...changeableCustomerOf(customer, 'add-user'),
    values: { ...filled([...fields, ...choosers], values), domain, find },
    faults: faultsByField(
      [...fields, ...choosers],
      faults.filter(({ field }) => !hidden.includes(field)),
    ),
    took: lines.length === 0 ? [] : [{ lines }],
    templates: templates.shown.length === 0 ? [] : [{ choices: templates.shown, frozen: sent }],
    copying: users && users.shown.length > 0 ? [{ choices: users.shown, frozen: sent }] : [],
    nobody: users?.shown.length === 0,
    searchUsers: users && (users.more || isLong || find !== '') ? [search] : [],
    domains: domains.shown.map((one) => ({ title: one, value: one })),
    licenses: licenses.shown.length === 0 ? [] : [{ choices: licenses.shown }],
    roles:
      roles.length === 0
        ? []
        : [{ choices: roles.map((role) => ({ title: word(`directoryRoles.${role}`), value: role })) }],
    search: isLong && !users ? [search] : [],
    faulty: faults.length > 0,
    save: sent,
    copy: users ? [] : [{ frozen: sent }],
    manage: { customerId: customer.id, below: true },
  };
  return { name: 'add-user', data };
}

function filled(names: readonly string[], values: AddUserForm['values']): CardData {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
}
