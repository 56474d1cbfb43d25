import type { Customer } from '../../src/domain/customer';
import type { PartnerRole } from '../../src/domain/permission';
import { restoreByOf } from '../../src/domain/retention';
import type { ActiveUser, DeletedUser } from '../../src/domain/user';
import { summaryCard } from '../../src/features/summary-card';
import type { ImportRecord } from '../../src/ports/imports';
import type { SoonLost, UnopenedLink } from '../../src/ports/summaries';
import type { CardSample } from './card-samples';
import { directoryWith } from './directory-with';
import { subscriptionOf } from './reminders';
import {
  adam,
  contoso,
  extremeCustomer,
  extremeUsers,
  handOverOf,
  hostileName,
  sampleNow,
  zoe,
} from './sample-data';
import { doneImport, extremeImport, many } from './sample-import';

const day = 24 * 60 * 60 * 1000;

interface World {
  readonly customer?: Customer;
  readonly lost?: readonly SoonLost[];
  readonly deleted?: readonly ActiveUser[];
  readonly imports?: readonly ImportRecord[];
  readonly links?: readonly UnopenedLink[];
  readonly users?: readonly ActiveUser[];
  /** How many there are beyond those given. */
  readonly beyond?: number;
  readonly role?: PartnerRole;
  readonly repeat?: boolean;
}

export async function summarySamples(): Promise<CardSample[]> {
  const lost = [{ customerId: contoso.id, count: 3, userIds: [adam.id, zoe.id] }];
  const failed: ImportRecord = { ...doneImport, state: 'failed', created: 30, failed: 12 };
  const usual: World = {
    lost,
    deleted: [adam, zoe],
    imports: [doneImport, failed],
    links: [linkFor([zoe]), linkFor([adam, zoe], 8), sheetOf('nouveaux.csv', 36)],
    users: [adam, zoe],
  };
  const longest = extremeUsers(10);
  return [
    { card: await draw(usual), as: 'typical' },
    { card: await draw({ ...usual, role: 'sales_agent', repeat: true }), as: 'for a sales agent, a repeat' },
    { card: await draw({ links: [linkFor([zoe])], users: [zoe] }), as: 'one link' },
    {
      card: await draw({
        customer: extremeCustomer,
        lost: many(12, () => ({
          customerId: extremeCustomer.id,
          count: 12_345,
          userIds: longest.slice(0, 3).map(({ id }) => id),
        })),
        deleted: longest,
        imports: many(5, () => ({ ...extremeImport, state: 'failed', failed: 999_999 })),
        links: [
          ...longest.slice(1).map((user) => linkFor([user], 8)),
          {
            ...sheetOf(hostileName, 1_000_000),
            record: { ...sheetOf('', 1).record, customerId: extremeCustomer.id },
          },
        ],
        users: longest,
        beyond: 4_000,
        repeat: true,
      }),
      as: 'everything at its longest',
      extreme: true,
    },
  ];
}

async function draw({
  customer = contoso,
  beyond = 0,
  role = 'admin_agent',
  repeat = false,
  ...world
}: World) {
  const { lost = [], deleted = [], imports = [], links = [], users = [] } = world;
  const counted = <Item>(items: readonly Item[]) =>
    Promise.resolve({ items, count: items.length + (items.length > 0 ? beyond : 0) });
  const card = await summaryCard(
    {
      subscription: subscriptionOf({ summary: true }),
      operator: { id: 'web:ada', partnerRole: role, customers: 'all' },
      ...{ since: new Date(sampleNow.getTime() - day), repeat, now: sampleNow },
    },
    {
      openMatters: {
        soonLost: () => Promise.resolve(lost),
        failedImports: () => counted(imports),
        unopenedLinks: () => counted(links),
      },
      directory: directoryWith({
        searchCustomers: () => Promise.resolve({ items: [customer], previous: null, next: null }),
        findUsers: (_, ids) => Promise.resolve(users.filter(({ id }) => ids.includes(id))),
        findDeletedUsers: (_, ids) =>
          Promise.resolve(deleted.filter(({ id }) => ids.includes(id)).map(soonLost)),
      }),
      people: { names: () => Promise.resolve(new Map([['web:ada', 'Ada Lovelace']])) },
    },
  );
  if (!card) throw new Error('A summary of nothing.');
  return card;
}

function soonLost(user: ActiveUser, place: number): DeletedUser {
  const deletedAt = new Date(sampleNow.getTime() - (30 - 2 * place) * day);
  return { ...user, deletedAt, deletedBy: 'web:ada', restoreBy: restoreByOf(deletedAt), deletion: 'a' };
}

/** Made so many days ago. */
function linkFor(users: readonly ActiveUser[], days = 4): UnopenedLink {
  const createdAt = new Date(sampleNow.getTime() - days * day);
  const expiresAt = new Date(createdAt.getTime() + 7 * day);
  return { record: handOverOf(users, { createdAt, expiresAt }), fileName: null };
}

function sheetOf(fileName: string, accounts: number): UnopenedLink {
  const { record } = linkFor([zoe]);
  return {
    record: { ...record, userIds: [], sheet: { importId: '64b7f0c2a1b2c3d4e5f60740', parts: 1, accounts } },
    fileName,
  };
}
