import { isDomainName, splitDomains } from './domain-name';
import type { Fault } from './fault';
import { namesForReading } from './fault';
import { fingerprint } from './fingerprint';
import type { Subscription } from './license';
import { readSeats } from './seat-lines';
import { hasControlCharacters, isVisible, tidyText } from './text';

/** A company whose accounts the partner manages. Domains are lower case; the default domain is one of them. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly defaultDomain: string;
  readonly domains: readonly string[];
}

export interface CustomerDraft {
  readonly name: string;
  readonly defaultDomain: string;
  readonly domains: readonly string[];
  /** Seats by SKU part number. */
  readonly seats: ReadonlyMap<string, number>;
}

/** Changes with the name, the domains and the totals of the products: tells what was seen from what is stored. */
export function customerFingerprint(customer: Customer, subscriptions: readonly Subscription[]): string {
  const totals = subscriptions.map(({ skuPartNumber, total }) => `${skuPartNumber}=${total}`).sort();
  return fingerprint([customer.name, customer.defaultDomain, [...customer.domains].sort(), totals]);
}

export type CustomerField = 'name' | 'defaultDomain' | 'domains' | 'subscriptions';

type CustomerCheck =
  | { readonly ok: true; readonly draft: CustomerDraft }
  | { readonly ok: false; readonly faults: readonly Fault<CustomerField>[] };

const customerLimits = { name: 256, domains: 500 } as const;

/** Reads what was typed into the form of a customer; every fault is reported, in the order of the form. */
export function checkCustomer(values: Readonly<Record<string, string>>): CustomerCheck {
  const name = tidyText(values['name']);
  const defaultDomain = tidyText(values['defaultDomain']).toLowerCase();
  const domains = [...new Set([defaultDomain, ...splitDomains(values['domains'])])].filter(
    (domain) => domain !== '',
  );
  const subscriptions = readSeats(values['subscriptions']);
  const faults: Fault<CustomerField>[] = [
    ...checkName(name),
    ...checkDefaultDomain(defaultDomain),
    ...checkDomains(domains.filter((domain) => domain !== defaultDomain)),
    ...subscriptions.faults,
  ];
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, draft: { name, defaultDomain, domains, seats: subscriptions.seats } };
}

function checkName(name: string): Fault<'name'>[] {
  const faults: Fault<'name'>[] = [];
  if (!isVisible(name)) faults.push({ field: 'name', reason: 'required' });
  if (hasControlCharacters(name)) faults.push({ field: 'name', reason: 'control-characters' });
  if (name.length > customerLimits.name)
    faults.push({ field: 'name', reason: 'too-long', limit: customerLimits.name });
  return faults;
}

function checkDefaultDomain(domain: string): Fault<'defaultDomain'>[] {
  if (domain === '') return [{ field: 'defaultDomain', reason: 'required' }];
  if (isDomainName(domain)) return [];
  return [{ field: 'defaultDomain', reason: 'not-a-domain', names: namesForReading([domain]) }];
}

function checkDomains(domains: readonly string[]): Fault<'domains'>[] {
  const faults: Fault<'domains'>[] = [];
  const wrong = domains.filter((domain) => !isDomainName(domain));
  if (wrong.length > 0)
    faults.push({ field: 'domains', reason: 'not-a-domain', names: namesForReading(wrong) });
  if (domains.length > customerLimits.domains) {
    faults.push({ field: 'domains', reason: 'too-many', limit: customerLimits.domains });
  }
  return faults;
}
