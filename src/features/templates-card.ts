import { productName, type Subscription } from '../domain/license';
import type { Fault } from '../domain/fault';
import { isAllowed } from '../domain/permission';
import { directoryRoles } from '../domain/role';
import type { TemplateDraft } from '../domain/template';
import type { Card, CardData, Word } from '../ports/card';
import type { Template } from '../ports/templates';
import { changeableCustomerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest } from './feature';
import { listed } from './field-words';
import { locationName, roleName } from './known-names';
import { licenseChoices } from './license-choices';
import { shortened } from './shorten';

const fields = ['name', 'usageLocation', 'department', 'roles', 'licenses'] as const;
const pageSize = 4;
/** Most characters of the licenses to choose from, and most licenses or roles that a template is told apart by. */
const room = { licenses: 2_400, named: 3, name: 48 };

export interface TemplatesView {
  readonly all: readonly Template[];
  readonly subscriptions: readonly Subscription[];
  readonly page: number;
  /** Good for one effect. */
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults?: readonly Fault[];
  readonly notice?: Word;
  /** Makes the form id of each **Remove**. */
  newForm(): string;
}

/** A template as its form shows it. */
export function templateValues({ name, usageLocation, department, roles, licenses }: TemplateDraft) {
  return { name, usageLocation, department, roles: roles.join(','), licenses: licenses.join(',') };
}

/** The templates of a customer, and the form for one more. */
export function templatesCard({ customer, operator }: CustomerRequest, view: TemplatesView): Card {
  const { all, subscriptions, form, values, faults = [], notice } = view;
  const customerId = customer.id;
  const lastPage = Math.max(0, Math.ceil(all.length / pageSize) - 1);
  const page = Math.min(view.page, lastPage);
  const find = values.find ?? '';
  const licenses = licenseChoices(subscriptions, {
    ticked: values.licenses ?? '',
    find,
    characters: room.licenses,
  });
  const mayAssignRoles = isAllowed(operator.partnerRole, 'assign_role');
  const data: CardData = {
    ...changeableCustomerOf(customer, 'add-user'),
    notice: notice ? [{ text: notice }] : [],
    none: all.length === 0,
    templates: all.slice(page * pageSize, (page + 1) * pageSize).map((template) => ({
      name: template.name,
      summary: summaryOf(template),
      edit: { customerId, page, edit: template.id },
      remove: { customerId, page, templateId: template.id, form: view.newForm() },
    })),
    previous: page > 0 ? [{ frozen: { customerId, page: page - 1 } }] : [],
    next: page < lastPage ? [{ frozen: { customerId, page: page + 1 } }] : [],
    values: { ...Object.fromEntries(fields.map((field) => [field, values[field] ?? ''])), find },
    faults: faultsByField(fields, faults),
    faulty: faults.length > 0,
    search: licenses.more ? [{ frozen: { customerId, page, form } }] : [],
    licenses: licenses.shown.length === 0 ? [] : [{ choices: licenses.shown }],
    roles: mayAssignRoles ? [{ choices: roleChoices() }] : [],
    save: { customerId, page, form },
    back: { customerId },
  };
  return { name: 'templates', data };
}

function roleChoices(): CardData[] {
  return directoryRoles.map((role) => ({ title: roleName(role), value: role }));
}

function summaryOf({ usageLocation, department, roles, licenses }: Template) {
  return listed([
    ...(usageLocation === '' ? [] : [locationName(usageLocation)]),
    ...(department === '' ? [] : [department]),
    ...inBrief(licenses.map((sku) => shortened(productName(sku), room.name))),
    ...inBrief(roles.map(roleName)),
  ]);
}

function inBrief<T>(names: readonly T[]): (T | string)[] {
  const others = names.length - room.named;
  return others > 0 ? [...names.slice(0, room.named), `+${others}`] : [...names];
}
