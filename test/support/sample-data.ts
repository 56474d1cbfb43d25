import type { Customer } from '../../src/domain/customer';
import { newFormId, type HandOverRecord } from '../../src/domain/hand-over';
import type { Subscription } from '../../src/domain/license';
import type { ActiveUser } from '../../src/domain/user';
import type { CustomerRequest } from '../../src/features/feature';
import type { Operator } from '../../src/ports/operators';

/** The moment at which every sample is made, so that a card looks the same each time. */
export const sampleNow = new Date('2026-11-22T09:00:00Z');

/** Everything that a renderer could take for more than text, and stands for no letter of its own. */
const hostileMarks =
  '**x** _y_ <at>Everyone</at> [click](https://evil.example) <b>b</b> https://evil.example/a &amp; `c` ';

/** As long as a name may be: marks first, then right-to-left, combining and wide characters. */
export const hostileName = `${hostileMarks}عبد الرحمن שרה Zoe\u0301 Z\u0351\u036b\u0343 山田太郎 👩🏽‍🚒 `
  .padEnd(256, 'Wmµ ')
  .slice(0, 256);
export const rightToLeftName = 'عبد الرحمن بن محمد';

const longestDomain = `${'d'.repeat(40)}.example`;

export const contoso: Customer = {
  id: '64b7f0c2a1b2c3d4e5f60718',
  name: 'Contoso Bakery',
  defaultDomain: 'contoso.example',
  domains: ['contoso.example', 'contoso-shops.example'],
};
export const extremeCustomer: Customer = {
  id: '64b7f0c2a1b2c3d4e5f60719',
  name: hostileName,
  defaultDomain: longestDomain,
  domains: [
    longestDomain,
    ...many(499, (place) => `${String(place).padStart(3, '0')}-${'d'.repeat(36)}.example`),
  ],
};

export const contosoProducts: readonly Subscription[] = [
  { skuPartNumber: 'ENTERPRISEPACK', total: 25, consumed: 4 },
  { skuPartNumber: 'EMS', total: 1200, consumed: 40 },
  { skuPartNumber: 'POWER_BI_PRO', total: 3, consumed: 2 },
  { skuPartNumber: 'Microsoft_365_Copilot', total: 5, consumed: 5 },
];
export const extremeProducts: readonly Subscription[] = many(500, (place) => ({
  skuPartNumber: `PRODUCT_${String(place).padStart(3, '0')}_${'X'.repeat(88)}`,
  total: 1_000_000,
  consumed: place % 3 === 0 ? 1_000_000 : place,
}));

export const zoe: ActiveUser = {
  id: '64b7f0c2a1b2c3d4e5f60720',
  customerId: contoso.id,
  userPrincipalName: 'zoe.durand@contoso.example',
  displayName: 'Zoé Durand',
  givenName: 'Zoé',
  surname: 'Durand',
  usageLocation: 'FR',
  jobTitle: 'Baker',
  department: 'Shops',
  roles: [],
  licenses: ['ENTERPRISEPACK'],
  accountEnabled: true,
  createdAt: sampleNow,
};
export const adam: ActiveUser = {
  ...zoe,
  id: '64b7f0c2a1b2c3d4e5f60721',
  userPrincipalName: 'adam.okoye@contoso.example',
  displayName: 'Adam Okoye',
};
/** Users with the longest names, as many as asked for. */
export function extremeUsers(count: number): ActiveUser[] {
  return many(count, (place) => ({
    ...zoe,
    id: `64b7f0c2a1b2c3d4e5f6${String(place).padStart(4, '0')}`,
    customerId: extremeCustomer.id,
    userPrincipalName: `${String(place).padStart(3, '0')}${'u'.repeat(61)}@${longestDomain}`,
    displayName: place % 2 === 0 ? hostileName : rightToLeftName,
  }));
}

/** Form ids must be 32 random bytes; here they are always the same ones. */
export const sampleEntropy = { bytes: (length: number) => Buffer.alloc(length, 7), int: () => 0 };
export const sampleForm = newFormId(sampleEntropy);

export function handOverOf(
  users: readonly ActiveUser[],
  changes: Partial<HandOverRecord> = {},
): HandOverRecord {
  return {
    id: '64b7f0c2a1b2c3d4e5f60730',
    tokenHash: '',
    customerId: users[0]?.customerId ?? contoso.id,
    userIds: users.map(({ id }) => id),
    row: '64b7f0c2a1b2c3d4e5f60731',
    createdBy: 'web:ada',
    createdAt: sampleNow,
    expiresAt: new Date('2026-11-29T09:00:00Z'),
    state: 'waiting',
    openedAt: null,
    sealed: null,
    ...changes,
  };
}

const adminAgent: Operator = { id: 'web:ada', partnerRole: 'admin_agent', customers: 'all' };
export const helpdeskAgent: Operator = { id: 'web:hedy', partnerRole: 'helpdesk_agent', customers: 'all' };
export const userManagementAdmin: Operator = {
  id: 'web:uma',
  partnerRole: 'user_management_admin',
  customers: 'all',
};

/** A request of an admin agent for Contoso in a private chat, unless told. */
export function requestWith<Frozen>(
  frozen: Frozen,
  changes: Partial<CustomerRequest> = {},
): CustomerRequest<Frozen> {
  return {
    operator: adminAgent,
    conversation: { id: 'demo:ada', kind: 'personal' },
    locale: { language: 'en', timeZone: 'UTC' },
    now: sampleNow,
    prefix: '',
    text: '',
    values: {},
    customer: contoso,
    ...changes,
    frozen,
  };
}

export function many<T>(count: number, make: (place: number) => T): T[] {
  return Array.from({ length: count }, (_, place) => make(place));
}
