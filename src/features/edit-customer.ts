import { checkCustomer, customerFingerprint, type CustomerField } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { namesForReading, type Fault } from '../domain/fault';
import { effectId, newFormId } from '../domain/hand-over';
import { isWithin } from '../domain/operator';
import { word, type Word } from '../ports/card';
import type { AuditTrail } from '../ports/audit';
import type { Directory, UpdateCustomerOutcome } from '../ports/directory';
import type { People } from '../ports/people';
import { customerForm, fieldsBeyondCard, tooLongForCard, valuesOf, type Present } from './customer-form';
import type { CustomerRequest, Denied, Outcome, Reply, Request } from './feature';
import { personOf } from './person';

export interface EditFrozen {
  readonly form: string;
  readonly customerId: string;
  readonly seen: string;
}

type Values = Readonly<Record<string, string>>;

interface Deps {
  readonly directory: Directory;
  readonly trail: Pick<AuditTrail, 'search'>;
  readonly people: Pick<People, 'names'>;
  readonly entropy: Entropy;
  /** The answer once the customer is stored. */
  saved(customerId: string): Promise<Reply>;
}

/** Changes a customer: its name, domains and products, never below what is used. */
export function createEditCustomer({ directory, trail, people, entropy, saved }: Deps) {
  const presentOf = async (customerId: string): Promise<Present | null> => {
    const [customer, products] = await Promise.all([
      directory.findCustomer(customerId),
      directory.listSubscriptions(customerId),
    ]);
    return customer && { customer, products };
  };

  /** Who was first and when, where the audit knows. */
  const meanwhile = async (customerId: string): Promise<Word> => {
    const query = {
      customerId,
      text: '',
      operator: null,
      action: 'update_customer' as const,
      from: null,
      to: null,
    };
    const { items } = await trail.search({ ...query, limit: 5 });
    const last = items.find(({ outcome }) => outcome === 'success');
    if (!last) return word('customer-form.changedMeanwhile');
    const name = personOf(last.operator, await people.names([last.operator]));
    return word('customer-form.changedMeanwhileBy', { name, at: last.at });
  };

  const redraw = async (
    request: Request<EditFrozen>,
    present: Present,
    outcome: Exclude<UpdateCustomerOutcome, { kind: 'updated' | 'missing' | 'repeated' }>,
  ): Promise<Reply> => {
    const { frozen, values } = request;
    const again = { form: frozen.form, changes: present, values };
    if (outcome.kind !== 'changed-meanwhile') {
      return customerForm({ ...again, seen: frozen.seen, faults: faultsOf(outcome, values) });
    }
    const notice = await meanwhile(frozen.customerId);
    return customerForm({ ...again, seen: seenOf(present), notice, faults: differences(values, present) });
  };

  return {
    async edit({ customer }: CustomerRequest<{ customerId: string }>): Promise<Reply> {
      const products = await directory.listSubscriptions(customer.id);
      const present = { customer, products };
      const values = valuesOf(present);
      return customerForm({ form: newFormId(entropy), changes: present, seen: seenOf(present), values });
    },

    async save(request: Request<EditFrozen>): Promise<Outcome> {
      const { operator, frozen, now } = request;
      const { form, customerId, seen } = frozen;
      if (!isWithin([customerId], operator.customers)) return notYours(customerId);
      const present = await presentOf(customerId);
      if (!present) return gone;

      const values = { ...request.values, ...valuesThatStay(present) };
      const checked = checkCustomer(values);
      const tooLong = tooLongForCard({ ...request.values, ...emptied(present) });
      const wrong = [...tooLong, ...(checked.ok ? [] : checked.faults)];
      if (!checked.ok || wrong.length > 0) {
        return customerForm({ form, changes: present, seen, values: request.values, faults: wrong });
      }

      const { seats, ...draft } = checked.draft;
      const outcome = await directory.updateCustomer({ id: customerId, ...draft }, seats, seen, {
        id: effectId(form),
        result: { customerId, what: 'changed' },
        audit: [
          {
            at: now,
            operator: operator.id,
            action: 'update_customer',
            customerId,
            target: draft.defaultDomain,
            outcome: 'success',
            details: { before: recorded(present), after: { ...draft, seats: Object.fromEntries(seats) } },
          },
        ],
      });
      switch (outcome.kind) {
        case 'updated':
        case 'repeated':
          return saved(customerId);
        case 'missing':
          return gone;
        default: {
          const latest = await presentOf(customerId);
          return latest ? redraw(request, latest, outcome) : gone;
        }
      }
    },
  };
}

const gone: Reply = { audience: 'operator', card: { name: 'customer-gone', data: {} } };

function seenOf({ customer, products }: Present): string {
  return customerFingerprint(customer, products);
}

function valuesThatStay(present: Present): Values {
  const values = valuesOf(present);
  return Object.fromEntries(fieldsBeyondCard(present).map((field) => [field, values[field] ?? '']));
}

/** What a card may send in fields that it does not offer. */
function emptied(present: Present): Values {
  return Object.fromEntries(fieldsBeyondCard(present).map((field) => [field, '']));
}

function recorded({ customer: { id: _, ...customer }, products }: Present): object {
  const seats = Object.fromEntries(products.map(({ skuPartNumber, total }) => [skuPartNumber, total]));
  return { ...customer, seats };
}

function notYours(customerId: string): Denied {
  const notice = { name: 'customer-not-yours', data: {} };
  return { denied: { action: 'manage_customers', customerId, target: '', roles: null, notice } };
}

/** What each field is by now, where that is not what was typed. */
function differences(values: Values, present: Present): Fault<CustomerField>[] {
  const current = valuesOf(present);
  const hidden = fieldsBeyondCard(present);
  return (['name', 'defaultDomain', 'domains', 'subscriptions'] as const).flatMap((field) => {
    if (hidden.includes(field)) return [];
    const [now, typed] = [parts(field, current[field]), parts(field, values[field])];
    if (now.length === typed.length && now.every((one) => typed.includes(one))) return [];
    const others = now.filter((one) => !typed.includes(one));
    const names = namesForReading(others.length > 0 ? others : now);
    return [{ field, reason: names.length > 0 ? 'changed-meanwhile' : 'emptied-meanwhile', names }];
  });
}

function parts(field: CustomerField, text = ''): string[] {
  const separated = field === 'domains' || field === 'subscriptions' ? text.split(/[\s,;]+/) : [text.trim()];
  return separated.filter((part) => part !== '');
}

/** What the directory refuses, at the field it was typed into. */
export function faultsOf(
  outcome: Extract<UpdateCustomerOutcome, { kind: 'domain-taken' | 'domain-in-use' | 'seats-in-use' }>,
  values: Values,
): Fault<CustomerField>[] {
  if (outcome.kind === 'domain-taken') return takenFaults(outcome.domains, values['defaultDomain'] ?? '');
  if (outcome.kind === 'domain-in-use') {
    return [{ field: 'domains', reason: 'domain-in-use', names: namesForReading(outcome.domains) }];
  }
  const used = outcome.subscriptions.map(({ skuPartNumber, consumed }) => `${skuPartNumber}=${consumed}`);
  return [{ field: 'subscriptions', reason: 'seats-in-use', names: namesForReading(used) }];
}

/** Each domain that belongs to a customer already, at the field it was typed into. */
function takenFaults(domains: readonly string[], typedDefault: string): Fault<CustomerField>[] {
  const isDefault = (domain: string): boolean => domain === typedDefault.trim().toLowerCase();
  const typed = {
    defaultDomain: domains.filter(isDefault),
    domains: domains.filter((one) => !isDefault(one)),
  };
  return (['defaultDomain', 'domains'] as const)
    .filter((field) => typed[field].length > 0)
    .map((field) => ({ field, reason: 'domain-taken', names: namesForReading(typed[field]) }));
}
