import { z } from 'zod';
import { checkCustomer, type Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { newId } from '../domain/id';
import { isAllowed } from '../domain/permission';
import type { Fault } from '../domain/fault';
import type { AuditTrail } from '../ports/audit';
import { word, type CardData } from '../ports/card';
import type { Conversations } from '../ports/conversations';
import type { Directory } from '../ports/directory';
import type { Operator } from '../ports/operators';
import type { Page } from '../ports/page';
import type { People } from '../ports/people';
import { customerForm, tooLongForCard } from './customer-form';
import { customerOf } from './customer-view';
import { createEditCustomer, faultsOf } from './edit-customer';
import type { CustomerRequest, GoOn, Outcome, Reply, Request } from './feature';

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
  edit: z.strictObject({ customerId: z.string() }),
  /** `customerId` and `seen` stand on a form that changes a customer. */
  save: z.strictObject({
    form: z.string().refine(isFormId),
    customerId: z.string().optional(),
    seen: z.string().optional(),
  }),
};
type Frozen = { readonly [Step in keyof typeof customersFrozen]: z.infer<(typeof customersFrozen)[Step]> };
type Then = Frozen['search'];

const pageSize = 8;
/** Characters; nobody types more, and the card repeats them. */
const longestSearch = 256;

interface Deps {
  readonly directory: Directory;
  readonly conversations: Conversations;
  readonly trail: Pick<AuditTrail, 'search'>;
  readonly people: Pick<People, 'names'>;
  readonly entropy: Entropy;
}

export function createCustomers({ directory, conversations, trail, people, entropy }: Deps) {
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

  const form = (values: Request['values'], faults: readonly Fault[], formId: string): Reply =>
    customerForm({ form: formId, changes: null, values, faults });

  const saved = async (customerId: string, what: 'added' | 'changed'): Promise<Reply> => {
    const customer = await directory.findCustomer(customerId);
    if (!customer) throw new Error('A customer that was just stored cannot be read.');
    return {
      audience: 'operator',
      card: {
        name: 'customer-saved',
        data: {
          ...customerOf(customer),
          title: word(`customer-saved.${what}`),
          pick: { customerId },
          edit: { customerId },
        },
      },
    };
  };

  const editing = createEditCustomer({
    ...{ directory, trail, people, entropy },
    saved: (customerId) => saved(customerId, 'changed'),
  });

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
        edit: editOf(operator, customer),
      };
      return { audience: 'operator', card: { name: 'customer-picked', data } };
    },

    add(): Reply {
      return form({}, [], newFormId(entropy));
    },

    edit: editing.edit,

    async save(request: Request<Frozen['save']>): Promise<Outcome> {
      const { form: formId, customerId, seen } = request.frozen;
      if (customerId !== undefined && seen !== undefined) {
        return editing.save({ ...request, frozen: { form: formId, customerId, seen } });
      }
      const checked = checkCustomer(request.values);
      const wrong = [...tooLongForCard(request.values), ...(checked.ok ? [] : checked.faults)];
      if (!checked.ok || wrong.length > 0) return form(request.values, wrong, formId);

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
          return saved(customer.id, 'added');
        case 'repeated':
          return saved(outcome.result.customerId ?? '', 'added');
        case 'domain-taken':
          return form(request.values, faultsOf(outcome, request.values), formId);
      }
    },
  };
}

function listData(request: Request, page: Page<Customer>, text: string, then: Then): CardData {
  const frozen = thenData(then);
  return {
    text,
    asked: then.next !== undefined,
    none: page.items.length === 0,
    customers: page.items.map((customer) => ({
      name: customer.name,
      defaultDomain: customer.defaultDomain,
      frozen: { ...frozen, customerId: customer.id },
      edit: then.next === undefined ? editOf(request.operator, customer) : [],
    })),
    search: frozen,
    previous: page.previous === null ? [] : [{ frozen: { ...frozen, text, before: page.previous } }],
    next: page.next === null ? [] : [{ frozen: { ...frozen, text, after: page.next } }],
    mayAdd: isAllowed(request.operator.partnerRole, 'manage_customers'),
  };
}

/** For those who may change customers. */
function editOf({ partnerRole }: Operator, { id: customerId }: Customer): CardData[] {
  return isAllowed(partnerRole, 'manage_customers') ? [{ frozen: { customerId } }] : [];
}

function whereOf({ conversation }: Request): Then {
  return conversation.kind === 'personal' ? {} : { where: conversation.id };
}

function thenData({ next, where }: Then): CardData {
  return { ...(next ? { next } : {}), ...(where === undefined ? {} : { where }) };
}
