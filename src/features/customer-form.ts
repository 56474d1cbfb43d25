import type { Customer, CustomerField } from '../domain/customer';
import type { Fault } from '../domain/fault';
import type { Subscription } from '../domain/license';
import { seatLines } from '../domain/seat-lines';
import { word, type CardData, type Word } from '../ports/card';
import { customerOf } from './customer-view';
import { faultsByField } from './faults';
import type { Reply } from './feature';

const fields = ['name', 'defaultDomain', 'domains', 'subscriptions'] as const;

/** Bytes that a field may take of the card, which has to fit into a message of the chat. */
const room: Readonly<Record<CustomerField, number>> = {
  name: 1_200,
  defaultDomain: 1_200,
  domains: 6_000,
  subscriptions: 11_000,
};

type Values = Readonly<Record<string, string>>;

export interface CustomerForm {
  /** Good for one effect. */
  readonly form: string;
  /** The customer that is changed, with its products, as it is now; null for a form that adds one. */
  readonly changes: Present | null;
  /** `customerFingerprint` as the operator has seen it. */
  readonly seen?: string;
  readonly values: Values;
  readonly faults?: readonly Fault[];
  readonly notice?: Word | null;
}

export interface Present {
  readonly customer: Customer;
  readonly products: readonly Subscription[];
}

/** A customer as its form shows it. */
export function valuesOf({ customer, products }: Present): Values {
  const { name, defaultDomain, domains } = customer;
  return {
    name,
    defaultDomain,
    domains: domains.filter((domain) => domain !== defaultDomain).join(', '),
    subscriptions: seatLines(products),
  };
}

/** Fields with more in them than a card can show: they are not offered, and stay as they are. */
export function fieldsBeyondCard(present: Present | null): readonly CustomerField[] {
  const values = present ? valuesOf(present) : {};
  return fields.filter((field) => bytes(values[field] ?? '') > room[field]);
}

/** What was typed is longer than a card can show again. */
export function tooLongForCard(values: Values): Fault<CustomerField>[] {
  return (['domains', 'subscriptions'] as const)
    .filter((field) => bytes(values[field] ?? '') > room[field])
    .map((field) => ({ field, reason: 'cut-off', limit: room[field] }));
}

export function customerForm({
  form,
  changes,
  seen,
  values,
  faults = [],
  notice = null,
}: CustomerForm): Reply {
  const beyond = fieldsBeyondCard(changes);
  const offers = (field: CustomerField): readonly CardData[] => (beyond.includes(field) ? [] : [{}]);
  const frozen = changes && seen !== undefined ? { form, customerId: changes.customer.id, seen } : { form };
  const data: CardData = {
    ...(changes ? customerOf(changes.customer) : {}),
    title: word(changes ? 'customer-form.changeTitle' : 'customer-form.title'),
    notices: notice ? [{ text: notice }] : [],
    values: Object.fromEntries(fields.map((field) => [field, cut(values[field] ?? '', room[field])])),
    faults: faultsByField(fields, faults.map(shownAt(beyond))),
    faulty: faults.length > 0 && !notice,
    domains: offers('domains'),
    subscriptions: offers('subscriptions'),
    stays: beyond.map((field) => ({ text: staysAsItIs(field, changes) })),
    save: frozen,
  };
  return { audience: 'operator', card: { name: 'customer-form', data } };
}

/** A fault of a field that is not offered stands at the one above it. */
function shownAt(beyond: readonly string[]): (fault: Fault) => Fault {
  return (fault) => (beyond.includes(fault.field) ? { ...fault, field: 'defaultDomain' } : fault);
}

function staysAsItIs(field: CustomerField, present: Present | null): Word {
  const count = field === 'domains' ? present?.customer.domains.length : present?.products.length;
  return word(`customer-form.stays.${field}`, { count: count ?? 0 });
}

function bytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}

function cut(text: string, most: number): string {
  let kept = text.slice(0, most);
  while (bytes(kept) > most) kept = kept.slice(0, Math.floor(kept.length * 0.9));
  return kept;
}
