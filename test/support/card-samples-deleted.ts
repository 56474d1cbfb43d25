import type { Customer } from '../../src/domain/customer';
import type { Subscription } from '../../src/domain/license';
import { restoreByOf } from '../../src/domain/retention';
import type { ActiveUser, DeletedUser } from '../../src/domain/user';
import { createDeletedUsers } from '../../src/features/deleted-users';
import { createDeleteUser } from '../../src/features/delete-user';
import { deletionCard } from '../../src/features/deletion-card';
import type { CustomerRequest, Outcome } from '../../src/features/feature';
import { createRestoreUser } from '../../src/features/restore-user';
import { showOutcomes } from '../../src/features/restore-outcome';
import type { Card } from '../../src/ports/card';
import type { Directory } from '../../src/ports/directory';
import type { CountedPage } from '../../src/ports/page';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import { createRememberingLog } from './remembering-log';
import {
  adam,
  contoso,
  contosoProducts,
  extremeCustomer,
  extremeProducts,
  extremeUsers,
  helpdeskAgent,
  many,
  requestWith,
  sampleEntropy,
  sampleForm,
  sampleNow,
  userManagementAdmin,
  zoe,
} from './sample-data';

const day = 24 * 60 * 60 * 1000;
const form = sampleForm;

export async function deletedSamples(): Promise<CardSample[]> {
  return [
    ...(await deleteSamples()),
    ...(await listSamples()),
    ...(await restoreSamples()),
    ...(await restoredSamples()),
  ];
}

/** Deleted so many days ago. */
function deleted(user: ActiveUser, daysAgo: number, changes: Partial<DeletedUser> = {}): DeletedUser {
  const deletedAt = new Date(sampleNow.getTime() - daysAgo * day);
  return {
    ...user,
    deletedAt,
    deletedBy: 'web:ben',
    restoreBy: restoreByOf(deletedAt),
    deletion: 'a',
    ...changes,
  };
}

const lee: ActiveUser = {
  ...zoe,
  id: '64b7f0c2a1b2c3d4e5f60722',
  userPrincipalName: 'mei.lee@contoso-shops.example',
  displayName: 'Mei Lee',
  licenses: ['ENTERPRISEPACK', 'EMS', 'Microsoft_365_Copilot'],
};
/** All licenses, a role, and the longest names. */
const extremes: ActiveUser[] = extremeUsers(50).map((user) => ({
  ...user,
  licenses: extremeProducts.slice(0, 12).map(({ skuPartNumber }) => skuPartNumber),
  roles: ['Directory Readers', 'Guest Inviter'],
}));

interface World {
  readonly active?: readonly ActiveUser[];
  readonly deleted?: readonly DeletedUser[];
  readonly taken?: readonly string[];
  readonly products?: readonly Subscription[];
  readonly listed?: Partial<CountedPage<DeletedUser>>;
}

function parts({ active = [], deleted: gone = [], taken = [], products = contosoProducts, listed }: World) {
  const directory: Directory = directoryWith({
    findUsers: () => Promise.resolve(active),
    findDeletedUsers: (_, ids) => Promise.resolve(gone.filter(({ id }) => ids.includes(id))),
    findDeletedByUpn: () => Promise.resolve(gone),
    foreignUsers: () => Promise.resolve([]),
    takenUpns: (_, upns) => Promise.resolve(upns.filter((upn) => taken.includes(upn))),
    listSubscriptions: () => Promise.resolve(products),
    searchDeletedUsers: () =>
      Promise.resolve({ items: gone, previous: null, next: null, found: gone.length, ...listed }),
    countDeadlines: () => Promise.resolve(many(31, (place) => (place === 2 ? 1 : 0))),
  });
  const people = { names: () => Promise.resolve(new Map([['web:ben', 'Ben Ortiz']])) };
  const restored = {
    id: 'a',
    at: sampleNow,
    operator: 'web:ben',
    action: 'restore_customer_user',
    customerId: contoso.id,
    target: '',
    outcome: 'success',
  } as const;
  const trail = { ofUser: () => Promise.resolve([restored]) };
  const url = 'https://rollcall.partner.example/f/dGltZSBsaW5lIG9mIGRlbGV0ZWQgdXNlcnMgLi4uLi4';
  return {
    directory,
    people,
    trail,
    entropy: sampleEntropy,
    metrics: { seatsRefused: () => undefined },
    subscribeHere: () => Promise.resolve(true),
    pictures: { timeline: () => Promise.resolve(Buffer.alloc(0)) },
    files: { keep: () => Promise.resolve(url) },
    log: createRememberingLog(),
  };
}

function cardOf(outcome: Outcome): Card {
  if ('card' in outcome) return outcome.card;
  throw new Error('A sample was refused.');
}

const idsOf = (users: readonly ActiveUser[]): string => users.map(({ id }) => id).join(',');
const asExtreme = { customer: extremeCustomer };

async function deleteSamples(): Promise<CardSample[]> {
  const ask = async (active: readonly ActiveUser[], changes: Partial<CustomerRequest> = {}) =>
    cardOf(await createDeleteUser(parts({ active })).ask(requestWith({ userIds: idsOf(active) }, changes)));
  const outcome = (
    users: readonly ActiveUser[],
    { lost = [], restored = [], gone = 0 }: { lost?: ActiveUser[]; restored?: ActiveUser[]; gone?: number },
    customer: Customer = contoso,
  ): Card => {
    const restorers = new Map(restored.map(({ id }) => [id, { who: 'Ben Ortiz', at: sampleNow }]));
    const state = {
      deleted: users.map((user) => deleted(user, 0)),
      lost: lost.map((user) => deleted(user, 31)),
    };
    const userIds = [...users, ...lost, ...restored].map(({ id }) => id);
    return deletionCard(
      { customer, userIds, form, mayRestore: true, reminded: customer === contoso },
      { ...state, restored, restorers, gone },
    );
  };
  return [
    { card: await ask([zoe]), as: 'one user' },
    { card: await ask([zoe, adam, lee]), as: 'three users' },
    { card: await ask([{ ...zoe, licenses: [] }]), as: 'without licenses' },
    { card: await ask(extremes, asExtreme), as: '50 users', extreme: true },
    { card: outcome([zoe], {}), as: 'one user' },
    { card: outcome([zoe, adam, lee], {}), as: 'three users' },
    { card: outcome([zoe], { restored: [adam] }), as: 'one restored by a colleague' },
    { card: outcome([], { restored: [adam] }), as: 'all restored' },
    { card: outcome([], { lost: [zoe] }), as: 'time is over' },
    { card: outcome(extremes, {}, extremeCustomer), as: '50 users', extreme: true },
    {
      card: outcome(extremes.slice(0, 25), { restored: extremes.slice(25) }, extremeCustomer),
      as: '50 users, half of them restored',
      extreme: true,
    },
  ];
}

async function listSamples(): Promise<CardSample[]> {
  const users = [deleted(adam, 29), deleted(zoe, 25.5), deleted(lee, 3)];
  const list = async (
    world: World,
    changes: Partial<CustomerRequest> = {},
    frozen: { userIds?: string; page?: string } = {},
  ): Promise<Card> => cardOf(await createDeletedUsers(parts(world)).page(requestWith(frozen, changes)));
  const matches = async (world: World, text: string, changes: Partial<CustomerRequest> = {}): Promise<Card> =>
    cardOf(await createRestoreUser(parts(world)).ask(requestWith(undefined, { text, ...changes })));
  const long = extremes.map((user, place) => deleted(user, 29.9 - place / 10, { customerId: contoso.id }));
  const full = { deleted: long, listed: { items: long.slice(0, 8), previous: 'a', next: 'b', found: 1_001 } };
  const namesakes = [deleted(zoe, 2), deleted({ ...zoe, id: '64b7f0c2a1b2c3d4e5f60729' }, 20)];
  return [
    { card: await list({ deleted: users }, {}, { userIds: idsOf([zoe]) }), as: 'typical' },
    { card: await list({ deleted: users }, { operator: helpdeskAgent }), as: 'may not restore' },
    { card: await list({}), as: 'nobody' },
    { card: await list({}, { text: 'durand' }), as: 'no match' },
    { card: await list(full, asExtreme, { userIds: idsOf(long), page: '' }), as: 'full', extreme: true },
    { card: await matches({ deleted: namesakes }, zoe.userPrincipalName), as: 'two of the same name' },
    { card: await matches({}, 'durand'), as: 'none' },
    { card: await matches(full, '', asExtreme), as: 'many', extreme: true },
  ];
}

async function restoreSamples(): Promise<CardSample[]> {
  const ask = async (
    world: World & { deleted: readonly DeletedUser[] },
    changes: Partial<CustomerRequest> = {},
  ): Promise<Card> =>
    cardOf(
      await createRestoreUser(parts(world)).ask(requestWith({ userIds: idsOf(world.deleted) }, changes)),
    );
  const confirm = async (gone: readonly DeletedUser[], values: Record<string, string>): Promise<Card> =>
    cardOf(
      await createRestoreUser(
        parts({ deleted: gone, taken: gone.map((user) => user.userPrincipalName) }),
      ).confirm(requestWith({ customerId: contoso.id, userIds: idsOf(gone), form }, { values })),
    );
  const reader = { ...zoe, roles: ['Directory Readers'] };
  const three = [
    deleted(zoe, 3),
    deleted(reader, 3, { id: adam.id, displayName: adam.displayName }),
    deleted(lee, 2),
  ];
  const long = extremes.map((user) => deleted(user, 1));
  const products = extremeProducts.map((product) => ({ ...product, total: 1, consumed: 0 }));
  return [
    { card: await ask({ deleted: [deleted({ ...reader, licenses: lee.licenses }, 3)] }), as: 'one user' },
    { card: await ask({ deleted: [deleted(zoe, 3)], taken: [zoe.userPrincipalName] }), as: 'name is taken' },
    {
      card: await ask({ deleted: three }, { operator: userManagementAdmin }),
      as: 'three users, one name twice, roles that stay away',
    },
    { card: await confirm([deleted(zoe, 3)], { username: 'zoé durand' }), as: 'faulty name' },
    { card: await ask({ deleted: long, products }, asExtreme), as: '50 users', extreme: true },
    {
      card: await ask(
        { deleted: long, products, taken: long.map((user) => user.userPrincipalName) },
        { ...asExtreme, operator: userManagementAdmin },
      ),
      as: '50 users, nothing comes back by itself',
      extreme: true,
    },
  ];
}

async function restoredSamples(): Promise<CardSample[]> {
  const show = async (
    world: World,
    outcomes: Parameters<typeof showOutcomes>[1],
    { later = [], ...changes }: Partial<CustomerRequest> & { later?: readonly string[] } = {},
  ): Promise<Card> =>
    (await showOutcomes(requestWith(undefined, changes), outcomes, { ...parts(world), later })).card;
  const whole = { userId: zoe.id, kind: 'restored', back: zoe.licenses } as const;
  const partly = {
    userId: lee.id,
    kind: 'restored',
    back: ['ENTERPRISEPACK', 'EMS'],
    withoutSeat: ['Microsoft_365_Copilot'],
    withoutRoles: ['Directory Readers'],
    renamed: true,
  } as const;
  const users = extremes.map(({ id, licenses, roles }) => {
    const [back, withoutSeat] = [licenses.slice(0, 6), licenses.slice(6)];
    return { userId: id, kind: 'restored', back, withoutSeat, withoutRoles: roles, renamed: true } as const;
  });
  return [
    {
      card: await show({ active: [zoe] }, [{ ...whole, roles: ['Guest Inviter', 'Reports Reader'] }]),
      as: 'one user',
    },
    { card: await show({ active: [zoe, lee] }, [whole, partly]), as: 'two users, one in part' },
    {
      card: await show({ active: [zoe], deleted: [deleted(adam, 31), deleted(lee, 3)] }, [
        { userId: zoe.id, kind: 'gone' },
        { userId: adam.id, kind: 'expired' },
        { userId: lee.id, kind: 'name-taken' },
        { userId: '64b7f0c2a1b2c3d4e5f60799', kind: 'gone' },
      ]),
      as: 'nobody',
    },
    {
      card: await show({ active: extremes }, users, {
        ...asExtreme,
        later: extremes.map(({ id }) => id).slice(0, 9),
      }),
      as: '50 users',
      extreme: true,
    },
  ];
}
