import { directoryRoles } from '../../src/domain/role';
import type { ActiveUser } from '../../src/domain/user';
import type { CustomerRequest, Reply } from '../../src/features/feature';
import { createUsers } from '../../src/features/users';
import type { AuditRecord } from '../../src/ports/audit';
import { mostCounted, type CountedPage } from '../../src/ports/page';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import {
  adam,
  contoso,
  contosoProducts,
  extremeCustomer,
  extremeProducts,
  extremeUsers,
  helpdeskAgent,
  hostileName,
  many,
  requestWith,
  sampleNow,
  userManagementAdmin,
  zoe,
} from './sample-data';

const customerId = contoso.id;
const blocked: ActiveUser = { ...adam, accountEnabled: false, licenses: [] };
const boss: ActiveUser = {
  ...zoe,
  id: '64b7f0c2a1b2c3d4e5f60740',
  displayName: 'Nadia Benali',
  givenName: 'Nadia',
  surname: 'Benali',
  userPrincipalName: 'nadia.benali@contoso.example',
  usageLocation: 'BE',
  roles: ['User Administrator', 'Reports Reader'],
  licenses: contosoProducts.map(({ skuPartNumber }) => skuPartNumber).slice(0, 2),
};
const three = [blocked, boss, zoe];
const eight = many(8, (place) => ({ ...zoe, id: `${place}`, displayName: `Zoé Durand ${place + 1}` }));
const longKey = hostileName.repeat(4);
const extreme = extremeUsers(60).map((user) => ({
  ...user,
  accountEnabled: false,
  licenses: [],
  roles: [...directoryRoles],
}));

export async function usersSamples(): Promise<CardSample[]> {
  return [
    ...(await listSamples()),
    ...(await tickingSamples()),
    ...(await userSamples()),
    ...(await matchSamples()),
  ];
}

async function listSamples(): Promise<CardSample[]> {
  const search = async (users: readonly ActiveUser[], changes: Partial<CustomerRequest>, page = {}) =>
    cardOf(await usersWith(users, page).search(requestWith(undefined, changes)));
  const between = { previous: 'a', next: 'b', found: mostCounted + 1 };
  const keys = { ...between, previous: longKey, next: longKey };
  const long = { text: hostileName, customer: extremeCustomer };
  return [
    { card: await search(three, {}), as: 'typical' },
    {
      card: await search(eight, { values: { text: 'zoe', filter: 'blocked' } }, between),
      as: 'a page of many',
    },
    { card: await search([], { values: { text: 'zeo' } }), as: 'nothing found' },
    { card: await search([], {}), as: 'no user yet' },
    { card: await search(extreme.slice(0, 8), long, keys), as: 'long names', extreme: true },
  ];
}

async function tickingSamples(): Promise<CardSample[]> {
  const select = async (
    users: readonly ActiveUser[],
    {
      ticked,
      page = {},
      ...changes
    }: Partial<CustomerRequest> & { ticked: readonly ActiveUser[]; page?: object },
  ) => {
    const userIds = ticked.map(({ id }) => id).join(',');
    const ids = users.map(({ id }) => id).join(',');
    const frozen = { customerId: changes.customer?.id ?? customerId, userIds, page: ids };
    const values = { userIds: ticked.map(({ id }) => id).join(',') };
    return cardOf(await usersWith(users, page, ticked).select(requestWith(frozen, { values, ...changes })));
  };
  const between = { previous: 'a', next: 'b', found: 128 };
  const keys = { previous: longKey, next: longKey, found: mostCounted + 1 };
  const long = { text: hostileName, customer: extremeCustomer };
  return [
    { card: await select(three, { ticked: [] }), as: 'nobody ticked yet' },
    {
      card: await select(eight, { ticked: [...eight.slice(2, 4), boss], page: between }),
      as: 'three ticked',
    },
    { card: await select(three, { ticked: [zoe], operator: helpdeskAgent }), as: 'of a helpdesk agent' },
    {
      card: await select(extreme.slice(0, 8), { ticked: extreme.slice(4, 60), page: keys, ...long }),
      as: 'long names, too many ticked',
      extreme: true,
    },
  ];
}

async function userSamples(): Promise<CardSample[]> {
  const view = async (
    user: ActiveUser,
    entries: readonly AuditRecord[],
    changes: Partial<CustomerRequest> = {},
  ) => {
    const frozen = { customerId: user.customerId, userIds: user.id };
    return cardOf(await usersWith([user], {}, [user], entries).view(requestWith(frozen, changes)));
  };
  const entries = [
    entry({ action: 'update_customer_user_licenses' }),
    entry({ action: 'reset_customer_user_password', outcome: 'denied', operator: 'web:hugo' }),
    entry({ action: 'create_customer_user', operator: 'system' }),
  ];
  const all = {
    ...extreme[0]!,
    givenName: hostileName.slice(0, 64),
    surname: hostileName.slice(0, 64),
    jobTitle: hostileName.slice(0, 128),
    department: hostileName.slice(0, 64),
    licenses: extremeProducts.map(({ skuPartNumber }) => skuPartNumber),
  };
  const lately = many(5, () => entry({ operator: hostileName }));
  return [
    { card: await view(boss, entries), as: 'typical' },
    { card: await view({ ...blocked, usageLocation: '' }, []), as: 'blocked, nothing done' },
    { card: await view(boss, entries, { operator: userManagementAdmin }), as: 'of a user management admin' },
    {
      card: await view({ ...all, usageLocation: 'DE' }, lately, { customer: extremeCustomer }),
      as: 'long names',
      extreme: true,
    },
  ];
}

async function matchSamples(): Promise<CardSample[]> {
  const view = async (text: string, users: readonly ActiveUser[], changes: Partial<CustomerRequest> = {}) =>
    cardOf(
      await usersWith(users, users.length > 0 ? { next: 'b' } : {}, []).view(
        requestWith(undefined, { text, ...changes }),
      ),
    );
  const long = { customer: extremeCustomer };
  return [
    { card: await view('dur', three), as: 'a part of a name' },
    { card: await view('', three), as: 'nothing typed' },
    { card: await view('zeo', []), as: 'nobody' },
    { card: await view('', []), as: 'no user yet' },
    { card: await view('zoe@contoso.example bob@contoso.example', []), as: 'several unknown' },
    { card: await view(many(51, (place) => `u${place}@contoso.example`).join(' '), []), as: 'too many' },
    { card: await view('u', extreme.slice(0, 8), long), as: 'long names', extreme: true },
    {
      card: await view(many(50, (place) => `${place}@${'x'.repeat(200)}`).join(' '), [], long),
      as: 'long typed',
      extreme: true,
    },
  ];
}

function cardOf(answer: Awaited<ReturnType<ReturnType<typeof createUsers>['search']>>) {
  return (answer as Reply).card;
}

let number = 0;
function entry(changes: Partial<AuditRecord>): AuditRecord {
  return {
    id: `${(number += 1)}`,
    at: sampleNow,
    operator: 'web:ada',
    action: 'update_customer_user',
    customerId,
    target: boss.userPrincipalName,
    outcome: 'success',
    ...changes,
  };
}

/** The feature with a directory that finds these users, and knows those by their ids. */
function usersWith(
  items: readonly ActiveUser[],
  page: Partial<CountedPage<ActiveUser>> = {},
  byId: readonly ActiveUser[] = [],
  entries: readonly AuditRecord[] = [],
) {
  return createUsers({
    directory: directoryWith({
      searchUsers: () => Promise.resolve({ items, previous: null, next: null, found: items.length, ...page }),
      findUsers: (_customerId, ids) => Promise.resolve(byId.filter(({ id }) => ids.includes(id))),
      findUsersByUpn: () => Promise.resolve([]),
      foreignUsers: () => Promise.resolve([]),
    }),
    trail: { ofUser: () => Promise.resolve(entries) },
    people: {
      names: (ids) => Promise.resolve(new Map(ids.map((id) => [id, id === 'web:ada' ? 'Ada' : id]))),
    },
    filterNamed: () => null,
  });
}
