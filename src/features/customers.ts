import { z } from 'zod';
import { checkNewCustomer, type Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { newId } from '../domain/id';
import { isAllowed } from '../domain/permission';
import { namesForReading, type Fault } from '../domain/fault';
import type { CardData } from '../ports/card';
import type { Conversations } from '../ports/conversations';
import type { Directory, Page } from '../ports/directory';
import { customerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest, GoOn, Reply, Request } from './feature';

/** The command that asked for a customer and goes on once one is picked. */
const next = z.strictObject({ command: z.string(), text: z.string() }).optional();

export const customersFrozen = {
  search: z.strictObject({ next }),
  page: z.strictObject({
    next,
    text: z.string(),
    after: z.string().optional(),
    before: z.string().optional(),
  }),
  pick: z.strictObject({ customerId: z.string(), next }),
  save: z.strictObject({ form: z.string().refine(isFormId) }),
};
type Frozen = { readonly [Step in keyof typeof customersFrozen]: z.infer<(typeof customersFrozen)[Step]> };
type Next = z.infer<typeof next>;

const pageSize = 8;
/** Characters; nobody types more, and the card repeats them. */
const longestSearch = 256;
const fields = ['name', 'defaultDomain', 'domains', 'subscriptions'];

interface Deps {
  readonly directory: Directory;
  readonly conversations: Conversations;
  readonly entropy: Entropy;
}

export function createCustomers({ directory, conversations, entropy }: Deps) {
  const list = async (request: Request, at: Omit<Frozen['page'], 'next'>, then: Next): Promise<Reply> => {
    const page = await directory.searchCustomers({
      ...at,
      within: request.operator.customers,
      limit: pageSize,
    });
    return {
      audience: 'operator',
      card: { name: 'customers', data: listData(request, page, at.text, then) },
    };
  };

  const form = (values: Request['values'], faults: readonly Fault[], formId: string): Reply => ({
    audience: 'operator',
    card: {
      name: 'customer-form',
      data: {
        values: Object.fromEntries(fields.map((field) => [field, values[field] ?? ''])),
        faults: faultsByField(fields, faults),
        faulty: faults.length > 0,
        save: { form: formId },
      },
    },
  });

  const saved = async (customerId: string): Promise<Reply> => {
    const customer = await directory.findCustomer(customerId);
    if (!customer) throw new Error('A customer that was just stored cannot be read.');
    return {
      audience: 'operator',
      card: { name: 'customer-saved', data: { ...customerOf(customer), pick: { customerId } } },
    };
  };

  return {
    /** Lists the customers, or those with a word of their name or domain that starts as the text does. */
    search(request: Request<Frozen['search'] | undefined>): Promise<Reply> {
      const text = (request.values.text ?? request.text).slice(0, longestSearch);
      return list(request, { text }, request.frozen?.next);
    },

    page(request: Request<Frozen['page']>): Promise<Reply> {
      const { next: then, ...at } = request.frozen;
      return list(request, at, then);
    },

    /** Takes the customer for this operator in this conversation; the command that asked for it goes on. */
    async pick({
      operator,
      conversation,
      customer,
      now,
      frozen,
    }: CustomerRequest<Frozen['pick']>): Promise<Reply | GoOn> {
      await conversations.chooseCustomer(operator.id, conversation.id, customer.id, now);
      if (frozen.next) return { goOn: frozen.next };
      return { audience: 'operator', card: { name: 'customer-picked', data: customerOf(customer) } };
    },

    add(): Reply {
      return form({}, [], newFormId(entropy));
    },

    async save(request: Request<Frozen['save']>): Promise<Reply> {
      const { form: formId } = request.frozen;
      const checked = checkNewCustomer(request.values);
      if (!checked.ok) return form(request.values, checked.faults, formId);

      const { seats, ...draft } = checked.draft;
      const customer: Customer = { id: newId(entropy, request.now), ...draft };
      const outcome = await directory.createCustomer(customer, seats, {
        id: effectId(formId),
        result: { customerId: customer.id },
        audit: [
          {
            at: request.now,
            operator: request.operator.id,
            action: 'create_customer',
            customerId: customer.id,
            target: customer.defaultDomain,
            outcome: 'success',
            details: { after: { ...draft, seats: Object.fromEntries(seats) } },
          },
        ],
      });
      switch (outcome.kind) {
        case 'created':
          return saved(customer.id);
        case 'repeated':
          return saved(outcome.result.customerId ?? '');
        case 'domain-taken':
          return form(request.values, takenFaults(outcome.domains, customer.defaultDomain), formId);
      }
    },
  };
}

/** Each domain that belongs to a customer already, at the field it was typed into. */
function takenFaults(domains: readonly string[], defaultDomain: string): Fault[] {
  const further = domains.filter((domain) => domain !== defaultDomain);
  const typed = { defaultDomain: domains.filter((domain) => domain === defaultDomain), domains: further };
  return Object.entries(typed)
    .filter(([, taken]) => taken.length > 0)
    .map(([field, taken]) => ({ field, reason: 'domain-taken', names: namesForReading(taken) }));
}

function listData(request: Request, page: Page<Customer>, text: string, then: Next): CardData {
  const next = then ? { next: then } : {};
  return {
    text,
    asked: then !== undefined,
    none: page.items.length === 0,
    customers: page.items.map(({ id, name, defaultDomain }) => ({
      name,
      defaultDomain,
      frozen: { ...next, customerId: id },
    })),
    search: next,
    previous: page.previous === null ? [] : [{ frozen: { ...next, text, before: page.previous } }],
    next: page.next === null ? [] : [{ frozen: { ...next, text, after: page.next } }],
    mayAdd: isAllowed(request.operator.partnerRole, 'manage_customers'),
  };
}
