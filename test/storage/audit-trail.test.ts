import { createMongoAuditTrail } from '../../src/storage/audit-trail';
import { createIndexes, recordsOf, type Records } from '../../src/storage/records';
import { storeAudit } from '../../src/storage/store-effect';
import type { AuditQuery, AuditTrail } from '../../src/ports/audit';
import { entry } from '../support/directory';
import { openTestDatabase, type TestDatabase } from '../support/mongo';

let database: TestDatabase;
let records: Records;
let trail: AuditTrail;

beforeAll(async () => {
  database = await openTestDatabase();
  records = recordsOf(database.connection);
  await createIndexes(database.connection);
  trail = createMongoAuditTrail(records);
});
afterAll(() => database.close());
beforeEach(async () => {
  await Promise.all([records.audit.deleteMany(), records.auditDetails.deleteMany()]);
});

const anyId = expect.any(String) as string;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute));

/** One entry for each, a minute apart, the latest last. */
async function recorded(...changes: readonly Parameters<typeof entry>[0][]): Promise<void> {
  const entries = changes.map((change, index) => entry({ at: at(index), ...change }));
  await storeAudit(records, entries);
}

function search(query: Partial<Parameters<AuditTrail['search']>[0]> = {}) {
  const all: AuditQuery = { customerId: 'c1', text: '', operator: null, action: null, from: null, to: null };
  return trail.search({ ...all, limit: 10, ...query });
}

const targets = async (query?: Parameters<typeof search>[0]) =>
  (await search(query)).items.map(({ target }) => target);

it('has nothing where nothing was done', async () => {
  expect(await search()).toEqual({ items: [], previous: null, next: null });
});

it('tells what was done to one customer, the newest first, with what changed', async () => {
  await recorded(
    { target: 'old@contoso.example', userId: 'u1', details: { before: { department: 'Sales' } } },
    { target: 'other@fabrikam.example', customerId: 'c2' },
    { target: 'new@contoso.example', outcome: 'denied' },
  );
  const { items } = await search();
  expect(items).toEqual([
    { ...entry({ at: at(2), target: 'new@contoso.example', outcome: 'denied' }), id: anyId },
    {
      ...entry({ at: at(0), target: 'old@contoso.example', userId: 'u1' }),
      id: anyId,
      details: { before: { department: 'Sales' } },
    },
  ]);
});

it('pages there and back without losing or repeating one, though many were stored at the same moment', async () => {
  await recorded(...Array.from({ length: 9 }, (_, index) => ({ at: at(0), target: `user-${index}` })));
  const expected = [...Array(9).keys()].map((index) => `user-${index}`).reverse();

  const first = await search({ limit: 4 });
  const second = await search({ limit: 4, after: first.next ?? '' });
  const third = await search({ limit: 4, after: second.next ?? '' });
  expect([first, second, third].flatMap(({ items }) => items.map(({ target }) => target))).toEqual(expected);
  expect([first.previous, third.next]).toEqual([null, null]);

  const back = await search({ limit: 4, before: third.previous ?? '' });
  expect(back.items).toEqual(second.items);
  const start = await search({ limit: 4, before: back.previous ?? '' });
  expect(start.items).toEqual(first.items);
  expect(start.previous).toBeNull();
  expect(start.next).not.toBeNull();
});

it('starts anew where a page key cannot be read', async () => {
  await recorded({ target: 'a@contoso.example' });
  expect(await targets({ after: 'nonsense' })).toEqual(['a@contoso.example']);
});

it('finds how a target begins whatever its case; signs are only characters', async () => {
  await recorded({ target: 'Zoe.Durand@contoso.example' }, { target: 'zoe_x@contoso.example' });
  expect(await targets({ text: 'zOe.d' })).toEqual(['Zoe.Durand@contoso.example']);
  expect(await targets({ text: 'zoe*' })).toEqual([]);
});

it('filters by person, by action, and by time: from an instant on, and before another', async () => {
  await recorded(
    { target: 'a', operator: 'web:ada' },
    { target: 'b', operator: 'web:bob' },
    { target: 'c', operator: 'web:ada', action: 'delete_customer_user' },
  );
  expect(await targets({ operator: 'web:ada' })).toEqual(['c', 'a']);
  expect(await targets({ action: 'delete_customer_user' })).toEqual(['c']);
  expect(await targets({ from: at(1) })).toEqual(['c', 'b']);
  expect(await targets({ from: at(0), to: at(1) })).toEqual(['a']);
});

it('tells what was done to one user, whatever it was called', async () => {
  await recorded(
    { target: 'zoe@contoso.example', userId: 'u1' },
    { target: 'max@contoso.example', userId: 'u2' },
    { target: 'zoe.new@contoso.example', userId: 'u1' },
  );
  const found = await trail.ofUser('c1', 'u1', 5);
  expect(found.map(({ target }) => target)).toEqual(['zoe.new@contoso.example', 'zoe@contoso.example']);
  expect(await trail.ofUser('c2', 'u1', 5)).toEqual([]);
  expect(await trail.ofUser('c1', 'u1', 1)).toHaveLength(1);
});

it('names everybody who did something for the customer, each once', async () => {
  await recorded({ operator: 'web:bob' }, { operator: 'web:ada' }, { operator: 'web:bob' });
  await recorded({ operator: 'web:eve', customerId: 'c2' });
  expect(await trail.operatorsOf('c1')).toEqual(['web:ada', 'web:bob']);
});

it('reads by index what it reads: a page costs a page, and the people cost their number', async () => {
  await recorded(
    ...Array.from({ length: 400 }, (_, index) => ({ target: `u${index}`, operator: `web:${index % 2}` })),
  );
  await recorded(...Array.from({ length: 400 }, (_, index) => ({ customerId: `c${index + 2}` })));
  const { audit } = database.connection.collections;
  const explained = async (filter: object) => {
    const cursor = audit?.find({ customerId: 'c1', ...filter }).sort({ at: -1, _id: -1 });
    return (await cursor?.limit(9).explain('executionStats')) as {
      executionStats: { totalDocsExamined: number };
    };
  };
  const examined = async (filter: object) => (await explained(filter)).executionStats.totalDocsExamined;

  expect(await examined({})).toBe(9);
  expect(await examined({ operator: 'web:1' })).toBe(9);
  expect(await examined({ action: 'purge_customer_user' })).toBe(0);
  expect(await examined({ at: { $gte: at(5), $lt: at(300) } })).toBe(9);
  expect(await examined({ targetKey: { $gte: 'u399', $lt: 'u399\u{10FFFF}' } })).toBeLessThan(10);
  const people = await database.connection.db?.command({
    explain: { distinct: 'audit', key: 'operator', query: { customerId: 'c1' } },
    verbosity: 'executionStats',
  });
  expect(JSON.stringify(people)).toContain('DISTINCT_SCAN');
});
