import { availableSeats, productName, type Subscription } from '../domain/license';
import { isAllowed } from '../domain/permission';
import { directoryRoles } from '../domain/role';
import type { Fault } from '../domain/fault';
import type { ActiveUser } from '../domain/user';
import { word, type Card, type CardData } from '../ports/card';
import { changeableCustomerOf } from './customer-view';
import { limitChoices } from './choices';
import { faultsByField } from './faults';
import type { CustomerRequest } from './feature';

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

export interface AddUserForm {
  /** Good for one effect. */
  readonly form: string;
  /** Shared by users added one after the other. */
  readonly row: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
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
  subscriptions: readonly Subscription[],
  { form, row, values, faults }: AddUserForm,
): Card {
  const find = values.find ?? '';
  const domain = values.domain ?? customer.defaultDomain;
  const domains = limitChoices(customer.domains, { text: String, chosen: (one) => one === domain, find });
  const licenses = licenseChoices(subscriptions, values.licenses ?? '', find);
  const roles = isAllowed(operator.partnerRole, 'assign_role') ? directoryRoles : [];
  const data: CardData = {
    ...changeableCustomerOf(customer, 'add-user'),
    values: { ...Object.fromEntries(fields.map((field) => [field, values[field] ?? ''])), domain, find },
    faults: faultsByField(fields, faults),
    domains: domains.shown.map((one) => ({ title: one, value: one })),
    licenses: licenses.shown.length === 0 ? [] : [{ choices: licenses.shown }],
    roles:
      roles.length === 0
        ? []
        : [{ choices: roles.map((role) => ({ title: word(`directoryRoles.${role}`), value: role })) }],
    search: domains.more || licenses.more ? [{ frozen: { customerId: customer.id, form, row } }] : [],
    faulty: faults.length > 0,
    save: { customerId: customer.id, form, row },
  };
  return { name: 'add-user', data };
}

/** Each product with its free seats; those that can be given come first. */
function licenseChoices(subscriptions: readonly Subscription[], chosen: string, find: string) {
  const ticked = chosen.split(',');
  const sorted = [...subscriptions].sort(
    (a, b) => Number(availableSeats(b) > 0) - Number(availableSeats(a) > 0),
  );
  const { shown, more } = limitChoices(sorted, {
    text: ({ skuPartNumber }) => `${productName(skuPartNumber)} ${skuPartNumber}`,
    chosen: ({ skuPartNumber }) => ticked.includes(skuPartNumber),
    find,
  });
  const choices = shown.map((subscription) => ({
    title: word('add-user.license', {
      product: productName(subscription.skuPartNumber),
      count: availableSeats(subscription),
    }),
    value: subscription.skuPartNumber,
  }));
  return { shown: choices, more };
}
