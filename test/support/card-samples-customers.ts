import type { Customer } from '../../src/domain/customer';
import { createCustomers } from '../../src/features/customers';
import type { Reply } from '../../src/features/feature';
import type { Page } from '../../src/ports/page';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import {
  contoso,
  extremeCustomer,
  helpdeskAgent,
  hostileName,
  many,
  requestWith,
  sampleEntropy,
  sampleForm,
} from './sample-data';

const fabrikam: Customer = {
  ...contoso,
  id: '64b7f0c2a1b2c3d4e5f60732',
  name: 'Ateliers Fabrikam',
  defaultDomain: 'fabrikam.example',
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
    (await customers.save(requestWith({ form: sampleForm }, { values }))).card;
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
  ];
}

async function pickSamples(): Promise<CardSample[]> {
  const pick = async (customer: Customer) => {
    const request = requestWith({ customerId: customer.id, next: undefined });
    return (await customersWith([customer]).pick({ ...request, customer })) as Reply;
  };
  const saved = async (customer: Customer) => {
    const values = { name: 'Contoso', defaultDomain: 'contoso.example' };
    return customersWith([customer]).save(requestWith({ form: sampleForm }, { values }));
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
function customersWith(items: readonly Customer[], page: Partial<Page<Customer>> = {}) {
  return createCustomers({
    directory: directoryWith({
      searchCustomers: () => Promise.resolve({ items, previous: null, next: null, ...page }),
      findCustomer: () => Promise.resolve(items[0] ?? null),
      createCustomer: () => Promise.resolve({ kind: 'created' }),
    }),
    conversations: { chosenCustomer: () => Promise.resolve(null), chooseCustomer: () => Promise.resolve() },
    entropy: sampleEntropy,
  });
}
