import { sortKey } from '../../domain/search-text';
import type { Entropy } from '../../domain/entropy';
import { newId } from '../../domain/id';
import { daysKept } from '../../domain/retention';
import type { Accounts } from './accounts';
import { customerDocument } from './customers';
import { anyOf, anyPerson } from './seed-people';
import { userDocument } from './users';

export interface SeedSize {
  readonly users: number;
  readonly customers: number;
  /** Of the users, from 0 to 1. */
  readonly deleted: number;
}

interface Deps {
  readonly accounts: Accounts;
  readonly entropy: Entropy;
  /** Told after every batch how many users are stored. */
  readonly onProgress: (users: number) => void;
}

const day = 24 * 60 * 60 * 1000;
const batchSize = 2_000;
/** No other customers have such domains, so that those of an earlier run are known again. */
const seedDomain = /^c(\d{5})\.seed\.example$/;
export const mostSeedCustomers = 99_999;

const products = ['ENTERPRISEPACK', 'EMS', 'POWER_BI_PRO', 'AAD_PREMIUM'];
const trades = [
  'Bakery',
  'Logistics',
  'Clinic',
  'Avocats',
  'École',
  'Studio',
  'Motors',
  'Hôtel',
  'Garten',
  'Café',
];

type Stored = ReturnType<typeof userDocument> | ReturnType<typeof deletedDocument>;

/**
 * Fills the database with made-up customers and users, beside whatever is there, in batches that need little memory.
 * The first customer has a fiftieth of all users, the others have like shares. Seats are as many as the licenses need.
 * A customer is written after its users, so that one that is seen is complete.
 */
export async function seed(size: SeedSize, now: Date, { accounts, entropy, onProgress }: Deps) {
  const first = (await lastNumber(accounts)) + 1;
  if (first + size.customers - 1 > mostSeedCustomers) {
    throw new Error(`There is room for ${mostSeedCustomers} customers: ${first - 1} are there already.`);
  }
  let [stored, deleted] = [0, 0];
  const store = async (batch: readonly Stored[]): Promise<void> => {
    if (batch.length === 0) return;
    await accounts.users.collection.insertMany([...batch] as never[], { ordered: false });
    stored += batch.length;
    deleted += batch.filter(({ state }) => state === 'deleted').length;
    onProgress(stored);
  };

  let batch: Stored[] = [];
  let complete: ReturnType<typeof newCustomer>[] = [];
  const flush = async (): Promise<void> => {
    await store(batch);
    batch = [];
    await storeCustomers(accounts, complete);
    complete = [];
  };
  for (let index = 0; index < size.customers; index += 1) {
    const customer = newCustomer(first + index, now, entropy);
    for (const user of usersOf(customer, shareOf(index, size), size.deleted, now, entropy)) {
      batch.push(user);
      if (batch.length >= batchSize) await flush();
    }
    complete.push(customer);
  }
  await flush();
  return { users: stored, deleted, customers: size.customers };
}

/** How many users the customer at this place has. */
function shareOf(index: number, { users, customers }: SeedSize): number {
  if (customers === 1) return users;
  const largest = Math.max(Math.floor(users / 50), Math.ceil(users / customers));
  if (index === 0) return largest;
  const [others, left] = [customers - 1, users - largest];
  return Math.floor(left / others) + (index <= left % others ? 1 : 0);
}

async function lastNumber({ customers }: Accounts): Promise<number> {
  const last = await customers
    .findOne({ domains: seedDomain }, { defaultDomain: 1 })
    .sort({ domains: -1 })
    .lean();
  return Number(seedDomain.exec(last?.defaultDomain ?? '')?.[1] ?? 0);
}

function newCustomer(number: number, now: Date, entropy: Entropy) {
  const label = `c${String(number).padStart(5, '0')}`;
  const defaultDomain = `${label}.seed.example`;
  const domains = [defaultDomain, ...(number % 3 === 0 ? [`${label}-shops.seed.example`] : [])];
  const name = `${anyOf(trades, entropy)} ${label}`;
  const consumed = new Map(products.map((skuPartNumber) => [skuPartNumber, 0]));
  return { id: newId(entropy, now), name, defaultDomain, domains, consumed };
}

type NewCustomer = ReturnType<typeof newCustomer>;

function* usersOf(
  customer: NewCustomer,
  count: number,
  deletedShare: number,
  now: Date,
  entropy: Entropy,
): Generator<Stored> {
  for (let place = 0; place < count; place += 1) {
    const user = newUser(customer, place, now, entropy);
    if (entropy.int(1_000_000) < deletedShare * 1_000_000) {
      yield deletedDocument(user, now, entropy);
      continue;
    }
    for (const sku of user.licenses) customer.consumed.set(sku, (customer.consumed.get(sku) ?? 0) + 1);
    yield userDocument(user);
  }
}

function newUser(customer: NewCustomer, place: number, now: Date, entropy: Entropy) {
  const person = anyPerson(entropy);
  const createdAt = new Date(now.getTime() - entropy.int(5 * 365) * day - daysKept * day);
  const local = sortKey(person.displayName).replaceAll(' ', '.');
  return {
    ...person,
    id: newId(entropy, createdAt),
    customerId: customer.id,
    userPrincipalName: `${local}${place + 1}@${anyOf(customer.domains, entropy)}`,
    licenses: products.filter((_, index) => entropy.int(10) < 7 - 2 * index),
    createdAt,
    /** Of no password at all. */
    password: { salt: entropy.bytes(16).toString('base64'), hash: entropy.bytes(32).toString('base64') },
  };
}

/** Lost within the next 30 days. */
function deletedDocument(user: ReturnType<typeof newUser>, now: Date, entropy: Entropy) {
  const restoreBy = new Date(now.getTime() + entropy.int(daysKept * day));
  const deletedAt = new Date(restoreBy.getTime() - daysKept * day);
  const state = 'deleted' as const;
  return {
    ...userDocument(user),
    state,
    deletedAt,
    deletedBy: 'system',
    restoreBy,
    deletion: `seed-${user.id}`,
  };
}

async function storeCustomers(
  { customers, subscriptions }: Accounts,
  complete: readonly NewCustomer[],
): Promise<void> {
  if (complete.length === 0) return;
  const seats = complete.flatMap(({ id: customerId, consumed }) =>
    [...consumed].map(([skuPartNumber, used]) => ({
      customerId,
      skuPartNumber,
      total: Math.ceil(used * 1.1) + 2,
      consumed: used,
    })),
  );
  await subscriptions.insertMany(seats, { ordered: false });
  await customers.insertMany(complete.map(customerDocument), { ordered: false });
}
