import { z } from 'zod';
import { checkCustomer, type Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { newId } from '../domain/id';
import { isAllowed } from '../domain/permission';
import { namesForReading, type Fault } from '../domain/fault';
import type { CardData } from '../ports/card';
import type { Conversations } from '../ports/conversations';
import type { Directory } from '../ports/directory';
import type { Page } from '../ports/page';
import { customerOf } from './customer-view';
import { faultsByField } from './faults';
import type { CustomerRequest, GoOn, Reply, Request } from './feature';

/** The command that asked for a customer and goes on once one is picked. */
const next = z.strictObject({ command: z.string(), text: z.string() }).optional();
/** The group or channel in which a customer was asked for: its list is answered in private, and the choice holds there. */
const where = z.string().optional();
const then = { next, where };

export const customersFrozen = {
  search: z.strictObject(then),
  page: z.strictObject({
    ...then,
    text: z.string(),
    after: z.string().optional(),
    before: z.string().optional(),
  }),
  pick: z.strictObject({ customerId: z.string(), ...then }),
  save: z.strictObject({ form: z.string().refine(isFormId) }),
};
type Frozen = { readonly [Step in keyof typeof customersFrozen]: z.infer<(typeof customersFrozen)[Step]> };
type Then = Frozen['search'];

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
  const list = async (request: Request, at: Omit<Frozen['page'], keyof Then>, then: Then): Promise<Reply> => {
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
      return list(request, { text }, { ...whereOf(request), ...request.frozen });
    },

    page(request: Request<Frozen['page']>): Promise<Reply> {
      const { next, where, ...at } = request.frozen;
      return list(request, at, { next, where });
    },

    /** Takes the customer for this operator where it was asked for; the command that asked for it goes on. */
    async pick({
      operator,
      conversation,
      customer,
      now,
      frozen,
    }: CustomerRequest<Frozen['pick']>): Promise<Reply | GoOn> {
      const { next, where = conversation.id } = frozen;
      await conversations.chooseCustomer(operator.id, where, customer.id, now);
      if (next) return { goOn: { ...next, customerId: customer.id } };
      const data = {
        ...customerOf(customer),
        here: where === conversation.id,
        elsewhere: where !== conversation.id,
        open: { customerId: customer.id },
      };
      return { audience: 'operator', card: { name: 'customer-picked', data } };
    },

    add(): Reply {
      return form({}, [], newFormId(entropy));
    },

    async save(request: Request<Frozen['save']>): Promise<Reply> {
      const { form: formId } = request.frozen;
      const checked = checkCustomer(request.values);
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

function listData(request: Request, page: Page<Customer>, text: string, then: Then): CardData {
  const frozen = thenData(then);
  return {
    text,
    asked: then.next !== undefined,
    none: page.items.length === 0,
    customers: page.items.map(({ id, name, defaultDomain }) => ({
      name,
      defaultDomain,
      frozen: { ...frozen, customerId: id },
    })),
    search: frozen,
    previous: page.previous === null ? [] : [{ frozen: { ...frozen, text, before: page.previous } }],
    next: page.next === null ? [] : [{ frozen: { ...frozen, text, after: page.next } }],
    mayAdd: isAllowed(request.operator.partnerRole, 'manage_customers'),
  };
}

function whereOf({ conversation }: Request): Then {
  return conversation.kind === 'personal' ? {} : { where: conversation.id };
}

function thenData({ next, where }: Then): CardData {
  return { ...(next ? { next } : {}), ...(where === undefined ? {} : { where }) };
}
