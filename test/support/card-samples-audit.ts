import { createAudit } from '../../src/features/audit';
import type { AuditRecord } from '../../src/ports/audit';
import type { Page } from '../../src/ports/page';
import type { CardSample } from './card-samples';
import {
  contoso,
  extremeCustomer,
  extremeUsers,
  hostileName,
  many,
  requestWith,
  sampleEntropy,
  sampleForm,
  sampleNow,
  zoe,
} from './sample-data';

const names = new Map([
  ['web:ada', 'Ada Byron'],
  ['web:hugo', 'Hugo Lefèvre'],
]);

export async function auditSamples(): Promise<CardSample[]> {
  return [...(await listSamples()), ...(await exportSamples())];
}

function record(changes: Partial<AuditRecord>): AuditRecord {
  return {
    id: '64b7f0c2a1b2c3d4e5f60740',
    at: sampleNow,
    operator: 'web:ada',
    action: 'update_customer_user',
    customerId: contoso.id,
    target: zoe.userPrincipalName,
    outcome: 'success',
    ...changes,
  };
}

const { id: _id, customerId: _customerId, createdAt: _createdAt, ...created } = zoe;

const day: readonly AuditRecord[] = [
  record({
    details: {
      before: { department: 'Sales', jobTitle: '', roles: [] },
      after: { department: 'Shops', jobTitle: 'Baker', roles: ['User Administrator', 'Reports Reader'] },
    },
  }),
  record({ operator: 'web:hugo', action: 'delete_customer_user', outcome: 'denied' }),
  record({
    operator: 'system',
    action: 'purge_customer_user',
    target: 'adam.okoye@contoso.example',
  }),
  record({
    action: 'create_customer_user',
    details: { after: created },
  }),
  record({
    action: 'update_customer',
    target: 'contoso.example',
    outcome: 'failure',
    details: { before: { seats: { EMS: 5 } }, after: { seats: { EMS: 8, POWER_BI_PRO: 2 } } },
  }),
];

const fields = ['displayName', 'givenName', 'surname', 'jobTitle', 'department'];

function extremeRecords(): AuditRecord[] {
  const side = (text: string) =>
    Object.fromEntries(
      [...fields, 'roles'].map((name) => [name, name === 'roles' ? many(9, () => text) : text]),
    );
  return extremeUsers(8).map(({ userPrincipalName }, place) =>
    record({
      target: userPrincipalName,
      operator: operatorId(place),
      outcome: 'denied',
      action: 'update_customer_user_principal_name',
      details: { before: side(hostileName), after: side(`${hostileName}!`.slice(1)) },
    }),
  );
}

const operatorId = (place: number): string =>
  `teams:0f8fad5b-d9cb-469f-a165-${String(place).padStart(12, '0')}`;

async function listSamples(): Promise<CardSample[]> {
  const typical = auditWith({ items: day });
  const paged = auditWith({ items: day, previous: 'a', next: 'b' });
  const filtered = { text: 'zoe', operator: 'web:ada', from: '2026-11-01', to: '2026-11-22' };
  const wrong = { from: '2026-11-22', to: '2026-11-01' };
  const crowd = many(90, operatorId);
  const hostile = auditWith(
    { items: extremeRecords(), previous: hostileName.slice(0, 30), next: hostileName.slice(0, 30) },
    crowd,
    new Map(crowd.map((id) => [id, hostileName])),
  );
  const all = { text: hostileName, operator: operatorId(3), action: hostileName, from: '', to: '9999-12-31' };
  const longest = { customer: extremeCustomer, values: { ...all, find: '' } };
  return [
    { card: (await typical.page(requestWith(undefined))).card, as: 'typical' },
    {
      card: (await paged.page(requestWith({ customerId: contoso.id }, { values: filtered }))).card,
      as: 'filtered, a page of many',
    },
    {
      card: (await auditWith({ items: [] }).page(requestWith(undefined, { text: 'zoe' }))).card,
      as: 'nothing found',
    },
    { card: (await auditWith({ items: [] }).page(requestWith(undefined))).card, as: 'nothing recorded' },
    { card: (await typical.page(requestWith(undefined, { values: wrong }))).card, as: 'faulty' },
    {
      card: (await hostile.page(requestWith({ customerId: extremeCustomer.id }, longest))).card,
      as: 'long names, many people',
      extreme: true,
    },
  ];
}

async function exportSamples(): Promise<CardSample[]> {
  const frozen = { customerId: contoso.id, form: sampleForm };
  const done = (result: Readonly<Record<string, string>>) =>
    auditWith({ items: [] }, [], names, result).export(requestWith(frozen));
  const at = sampleNow.toISOString();
  return [
    { card: (await done({ at, entries: '412', cut: 'false' })).card, as: 'typical' },
    { card: (await done({ at, entries: '50000', cut: 'true' })).card, as: 'cut' },
  ];
}

/** The feature with these entries on record, by these people. */
function auditWith(
  page: Partial<Page<AuditRecord>>,
  operators: readonly string[] = ['web:ada', 'web:hugo', 'system'],
  known: ReadonlyMap<string, string> = names,
  recorded: Readonly<Record<string, string>> | null = null,
) {
  return createAudit({
    trail: {
      search: () => Promise.resolve({ items: [], previous: null, next: null, ...page }),
      ofUser: () => Promise.resolve([]),
      operatorsOf: () => Promise.resolve(operators),
    },
    reads: {
      find: () => Promise.resolve(recorded),
      record: (_id, _entry, result) => Promise.resolve(result),
    },
    people: { names: () => Promise.resolve(known) },
    files: {
      keepFor: () => Promise.resolve(),
      linkFor: (form) => `http://127.0.0.1:3978/f/${form}`,
    },
    entropy: sampleEntropy,
  });
}
