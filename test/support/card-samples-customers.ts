import type { Customer } from '../../src/domain/customer';
import { createCustomers } from '../../src/features/customers';
import type { Reply } from '../../src/features/feature';
import type { Subscription } from '../../src/domain/license';
import type { AuditRecord } from '../../src/ports/audit';
import type { UpdateCustomerOutcome } from '../../src/ports/directory';
import type { Page } from '../../src/ports/page';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import {
  contoso,
  contosoProducts,
  extremeCustomer,
  extremeProducts,
  helpdeskAgent,
  hostileName,
  many,
  requestWith,
  sampleEntropy,
  sampleForm,
  sampleNow,
} from './sample-data';

const fabrikam: Customer = {
  ...contoso,
  id: '64b7f0c2a1b2c3d4e5f60732',
  name: 'Ateliers Fabrikam',
  defaultDomain: 'fabrikam.example',
};
const changed: AuditRecord = {
  ...{ id: '1', at: sampleNow, operator: 'web:zoe', action: 'update_customer', customerId: contoso.id },
  ...{ target: contoso.defaultDomain, outcome: 'success' },
};
const next = { command: 'add-user', text: '' };

export async function customersSamples(): Promise<CardSample[]> {
  return [...(await listSamples()), ...(await formSamples()), ...(await pickSamples())];
}

async function listSamples(): Promise<CardSample[]> {
  const two = customersWith([fabrikam, contoso]);
  const full = customersWith(
    many(8, (place) => ({ ...contoso, id: `${place}`, name: `Customer ${place + 1} of many` })),
    { previous: 'a', next: 'b' },
  );
  const hostile = customersWith(
    many(8, () => extremeCustomer),
    { previous: hostileName, next: hostileName },
  );
  const searched = { text: hostileName, operator: helpdeskAgent };
  return [
    { card: (await two.search(requestWith(undefined))).card, as: 'typical' },
    { card: (await full.search(requestWith({ next }))).card, as: 'asked, a page of many' },
    {
      card: (await customersWith([]).search(requestWith(undefined, { text: 'conotso' }))).card,
      as: 'nothing found',
    },
    { card: (await hostile.search(requestWith({ next }, searched))).card, as: 'long names', extreme: true },
  ];
}

async function formSamples(): Promise<CardSample[]> {
  const customers = customersWith([]);
  const save = async (values: Readonly<Record<string, string>>) =>
    ((await customers.save(requestWith({ form: sampleForm }, { values }))) as Reply).card;
  const wrong = { name: 'Contoso Bakery', defaultDomain: 'contoso', subscriptions: 'ENTERPRISEPACK: 25' };
  const all = {
    name: hostileName.repeat(2),
    defaultDomain: hostileName,
    domains: hostileName,
    subscriptions: hostileName,
  };
  return [
    { card: customers.add().card, as: 'typical' },
    { card: await save(wrong), as: 'faulty' },
    { card: await save(all), as: 'all faults', extreme: true },
    ...(await editSamples()),
  ];
}

async function editSamples(): Promise<CardSample[]> {
  const edit = async (customer: Customer, products: readonly Subscription[]) =>
    (
      await customersWith([customer], {}, products).edit(
        requestWith({ customerId: customer.id }, { customer }),
      )
    ).card;
  const save = async (
    outcome: UpdateCustomerOutcome,
    customer: Customer,
    values: Readonly<Record<string, string>>,
  ) => {
    const frozen = { form: sampleForm, customerId: customer.id, seen: '' };
    const customers = customersWith([customer], {}, contosoProducts, outcome);
    return ((await customers.save(requestWith(frozen, { values }))) as Reply).card;
  };
  const typed = { name: 'Contoso', defaultDomain: 'contoso.example', subscriptions: 'EMS=20' };
  const fullest = {
    name: hostileName,
    defaultDomain: 'contoso.example',
    domains: 'shop.contoso.example,'.repeat(2_000),
    subscriptions: '"\n'.repeat(10_000),
  };
  return [
    { card: await edit(contoso, contosoProducts), as: 'edit' },
    {
      card: await save({ kind: 'seats-in-use', subscriptions: contosoProducts }, contoso, typed),
      as: 'seats in use',
    },
    { card: await save({ kind: 'changed-meanwhile' }, contoso, typed), as: 'changed meanwhile' },
    { card: await edit(extremeCustomer, extremeProducts), as: 'edit, fullest', extreme: true },
    { card: await save({ kind: 'missing' }, extremeCustomer, fullest), as: 'edit, too long', extreme: true },
  ];
}

async function pickSamples(): Promise<CardSample[]> {
  const pick = async (customer: Customer) => {
    const request = requestWith({ customerId: customer.id, next: undefined });
    return (await customersWith([customer]).pick({ ...request, customer })) as Reply;
  };
  const saved = async (customer: Customer) => {
    const values = { name: 'Contoso', defaultDomain: 'contoso.example' };
    return (await customersWith([customer]).save(requestWith({ form: sampleForm }, { values }))) as Reply;
  };
  return [
    { card: (await pick(contoso)).card, as: 'typical' },
    { card: (await pick(extremeCustomer)).card, as: 'long name', extreme: true },
    { card: { name: 'customer-gone', data: {} }, as: 'typical' },
    { card: (await saved(contoso)).card, as: 'typical' },
    { card: (await saved(extremeCustomer)).card, as: 'long name', extreme: true },
  ];
}

/** The feature with a directory that holds these customers, in pages as told. */
function customersWith(
  items: readonly Customer[],
  page: Partial<Page<Customer>> = {},
  products: readonly Subscription[] = [],
  outcome: UpdateCustomerOutcome = { kind: 'updated' },
) {
  return createCustomers({
    directory: directoryWith({
      searchCustomers: () => Promise.resolve({ items, previous: null, next: null, ...page }),
      findCustomer: () => Promise.resolve(items[0] ?? null),
      createCustomer: () => Promise.resolve({ kind: 'created' }),
      updateCustomer: () => Promise.resolve(outcome),
      listSubscriptions: () => Promise.resolve(products),
    }),
    conversations: { chosenCustomer: () => Promise.resolve(null), chooseCustomer: () => Promise.resolve() },
    trail: { search: () => Promise.resolve({ items: [changed], previous: null, next: null }) },
    people: { names: () => Promise.resolve(new Map([[changed.operator, 'Zoé Durand']])) },
    entropy: sampleEntropy,
  });
}
