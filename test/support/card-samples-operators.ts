import type { Customer } from '../../src/domain/customer';
import { createOperators } from '../../src/features/operators';
import type { Reply } from '../../src/features/feature';
import type { ListedOperator, Operators } from '../../src/ports/operators';
import type { Person } from '../../src/ports/people';
import type { Card } from '../../src/ports/card';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import {
  contoso,
  extremeCustomer,
  hostileName,
  many,
  requestWith,
  sampleEntropy,
  sampleForm,
} from './sample-data';

const id = (number: number) => `teams:0f8fad5b-d9cb-469f-a165-${String(number).padStart(12, '0')}`;
const ada: ListedOperator = {
  ...{ id: id(1), partnerRole: 'admin_agent', customers: 'all', configured: true, stored: false },
};
const hugo: ListedOperator = {
  ...{ id: 'slack:U012AB3CD', partnerRole: 'helpdesk_agent', customers: [contoso.id] },
  ...{ configured: false, stored: true },
};
const extremeIds = many(60, (place) => `64b7f0c2a1b2c3d4e5f6${String(place).padStart(4, '0')}`);
const extreme = many(20, (place): ListedOperator => ({
  ...{ id: `teams:${String(place).padStart(64, 'x')}`, partnerRole: 'user_management_admin' },
  ...{ customers: extremeIds, configured: true, stored: true },
}));

const names: Readonly<Record<string, string>> = {
  [ada.id]: 'Ada Lovelace',
  [hugo.id]: 'Hugo Brandt',
  [id(2)]: 'Zoé Durand',
};

interface World {
  readonly listed?: readonly ListedOperator[];
  readonly people?: readonly Person[];
  readonly customers?: readonly Customer[];
  readonly nameOf?: (id: string) => string;
  readonly everybodyMay?: boolean;
  readonly outcome?: 'last-admin' | 'configured' | 'changed-meanwhile';
}

function operatorsWith({ listed = [ada, hugo], people = [], customers = [contoso], ...world }: World) {
  const { nameOf = (one) => names[one] ?? one, everybodyMay = false, outcome } = world;
  const operators: Operators = {
    everybodyMay,
    find: () => Promise.resolve(null),
    findListed: (one) => Promise.resolve(listed.find((operator) => operator.id === one) ?? null),
    list: () => Promise.resolve(listed),
    save: () => Promise.resolve({ kind: outcome === 'configured' ? 'saved' : (outcome ?? 'saved') }),
    remove: () => Promise.resolve({ kind: outcome ?? 'removed' }),
  };
  return createOperators({
    operators,
    people: {
      remember: () => Promise.resolve(),
      names: (ids) => Promise.resolve(new Map(ids.map((one) => [one, nameOf(one)]))),
      search: () => Promise.resolve(people),
    },
    directory: directoryWith({
      searchCustomers: ({ within, limit }) => {
        const found = customers.filter((one) => within === 'all' || within.includes(one.id));
        const items = found.slice(0, limit);
        return Promise.resolve({ items, previous: null, next: found.length > limit ? 'x' : null });
      },
    }),
    entropy: sampleEntropy,
    demo: false,
  });
}

type Feature = ReturnType<typeof createOperators>;
type Open = Parameters<Feature['open']>[0]['frozen'];

const cardOf = (outcome: unknown): Card => (outcome as Reply).card;
const open = async (feature: Feature, frozen: Open, values = {}, text = '') =>
  cardOf(await feature.open(requestWith(frozen, { values, text })));
const save = async (feature: Feature, values: Readonly<Record<string, string>>, changes?: ListedOperator) => {
  const frozen = changes ? { form: sampleForm, operator: changes.id, seen: '' } : { form: sampleForm };
  return cardOf(await feature.save(requestWith(frozen, { values })));
};
const remove = async (feature: Feature, operator: string) =>
  cardOf(await feature.remove(requestWith({ operator, form: sampleForm })));

export async function operatorsSamples(): Promise<CardSample[]> {
  return [...(await listSamples()), ...(await formSamples()), ...(await endSamples())];
}

const extremeCustomers = extremeIds.map((one): Customer => ({ ...extremeCustomer, id: one, domains: [] }));
const extremeWorld: World = {
  ...{ listed: extreme, customers: extremeCustomers, nameOf: () => hostileName, everybodyMay: true },
  people: many(60, (place) => ({ id: id(place), name: hostileName })),
};

async function listSamples(): Promise<CardSample[]> {
  const searched = { text: hostileName };
  const page = await open(operatorsWith(extremeWorld), undefined);
  const next = (page.data['next'] as { frozen: Open }[])[0]?.frozen;
  return [
    { card: await open(operatorsWith({}), undefined), as: 'typical' },
    { card: await open(operatorsWith({ listed: [hugo], everybodyMay: true }), undefined), as: 'demo' },
    { card: await open(operatorsWith({}), undefined, {}, 'nobody'), as: 'nothing found' },
    { card: await open(operatorsWith(extremeWorld), { ...next, text: '' }), as: 'long names', extreme: true },
    { card: await open(operatorsWith(extremeWorld), undefined, searched), as: 'long search', extreme: true },
  ];
}

async function formSamples(): Promise<CardSample[]> {
  const people = [{ id: id(2), name: 'Zoé Durand' }];
  const typical = operatorsWith({ people });
  const hostile = {
    ...{ person: id(3), operator: hostileName, partnerRole: hostileName },
    ...{ customers: `all,${extremeIds.join()}`, find: hostileName, findCustomer: hostileName },
  };
  const helpdesk = { partnerRole: 'helpdesk_agent', customers: contoso.id };
  return [
    { card: await open(typical, { step: 'add' }), as: 'add' },
    { card: await save(typical, { operator: 'hugo' }), as: 'faulty' },
    { card: await open(typical, { step: 'change', operator: hugo.id }), as: 'change' },
    {
      card: await save(operatorsWith({ outcome: 'changed-meanwhile' }), helpdesk, hugo),
      as: 'changed meanwhile',
    },
    { card: await save(operatorsWith({ outcome: 'last-admin' }), helpdesk, ada), as: 'last admin' },
    { card: await save(operatorsWith(extremeWorld), hostile), as: 'all faults', extreme: true },
    {
      card: await open(operatorsWith(extremeWorld), { step: 'change', operator: extreme[0]!.id }),
      as: 'change, long names',
      extreme: true,
    },
  ];
}

async function endSamples(): Promise<CardSample[]> {
  const ask = (world: World, operator: string) => open(operatorsWith(world), { step: 'remove', operator });
  const grant = { partnerRole: 'helpdesk_agent', customers: contoso.id };
  return [
    { card: await ask({}, hugo.id), as: 'typical' },
    { card: await ask({ everybodyMay: true }, hugo.id), as: 'demo' },
    { card: await ask({ listed: [{ ...hugo, configured: true }] }, hugo.id), as: 'named' },
    { card: await remove(operatorsWith({ outcome: 'last-admin' }), hugo.id), as: 'last admin' },
    { card: await ask(extremeWorld, extreme[0]!.id), as: 'long names', extreme: true },
    { card: await save(operatorsWith({}), { ...grant, operator: id(2) }), as: 'added' },
    { card: await save(operatorsWith({}), grant, hugo), as: 'changed' },
    { card: await remove(operatorsWith({}), hugo.id), as: 'removed' },
    { card: await remove(operatorsWith(extremeWorld), extreme[0]!.id), as: 'long names', extreme: true },
    { card: { name: 'operator-gone', data: {} }, as: 'typical' },
    { card: { name: 'operator-not-yours', data: {} }, as: 'typical' },
  ];
}
