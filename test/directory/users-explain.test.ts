import type { mongo } from 'mongoose';
import { accountsOf } from '../../src/directory/mongo/accounts';
import { createMongoDirectory } from '../../src/directory/mongo/directory';
import { userFilters } from '../../src/domain/user';
import type { Directory, UserQuery } from '../../src/ports/directory';
import { connect, type Database } from '../../src/storage/connection';
import { createIndexes, recordsOf } from '../../src/storage/records';
import { newUser } from '../support/directory';
import { openTestDatabase, type TestDatabase } from '../support/mongo';
import { storeUsers } from '../support/many-users';

/** One customer with many users among others with few. */
const [ofLarge, ofSmall, smallOnes] = [12_000, 80, 60];
const limit = 8;
const [first, last] = [
  'Anna Bob Carl Dora Emil Fred Gina Hugo Zoe',
  'Abel Berg Cole Dahl Eker Falk Gray Hale Zorn',
].map((names) => names.split(' ')) as [string[], string[]];

let database: TestDatabase;
let watched: Database;
let directory: Directory;
const sent: mongo.CommandStartedEvent[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  watched = await connect({ uri: database.uri, metrics: { mongoCommand: () => undefined } });
  const { connection } = watched;
  const [accounts, records] = [accountsOf(connection), recordsOf(connection)];
  await createIndexes(connection);
  directory = createMongoDirectory({ connection, accounts, records });
  const password = { salt: 's', hash: 'h' };
  const userOf = (customerId: string, place: number) => {
    const [given, sur] = [first[place % 9] ?? '', last[Math.floor(place / 9) % 9] ?? ''];
    return newUser({
      ...{ id: `${customerId}-${place}`, customerId, password, displayName: `${given} ${sur}` },
      userPrincipalName: `${given}.${sur}.${place}@${customerId}.example`,
      accountEnabled: place % 40 !== 1,
      licenses: place % 30 === 2 ? [] : ['EMS'],
      roles: place % 400 === 3 ? ['Global Reader'] : [],
    });
  };
  for (let from = 0; from < ofLarge; from += 2_000) {
    await storeUsers(
      connection,
      Array.from({ length: 2_000 }, (_, place) => userOf('large', from + place)),
    );
  }
  for (let one = 0; one < smallOnes; one += 20) {
    const users = Array.from({ length: 20 * ofSmall }, (_, place) =>
      userOf(`small${one + Math.floor(place / ofSmall)}`, place % ofSmall),
    );
    await storeUsers(connection, users);
  }
  connection.getClient().on('commandStarted', (event) => sent.push(event));
}, 60_000);
afterAll(async () => {
  await watched.close();
  await database.close();
});

interface Cost {
  readonly stages: readonly string[];
  readonly documents: number;
  readonly keys: number;
}

/** What MongoDB says of everything that the directory sent to answer this. */
async function costOf(ask: () => Promise<unknown>): Promise<Cost> {
  sent.length = 0;
  await ask();
  const reads = sent.filter(({ commandName }) => ['find', 'aggregate'].includes(commandName));
  const commands = reads.map(({ command }) => bare(command as Record<string, unknown>));
  expect(commands.length).toBeGreaterThan(0);
  const explained = await Promise.all(
    commands.map((explain) => database.connection.db!.command({ explain, verbosity: 'executionStats' })),
  );
  const all = explained.flatMap(statsOf);
  return {
    stages: all.flatMap(({ executionStages }) => stagesOf(executionStages)),
    documents: all.reduce((sum, { totalDocsExamined }) => sum + totalDocsExamined, 0),
    keys: all.reduce((sum, { totalKeysExamined }) => sum + totalKeysExamined, 0),
  };
}

function bare({ lsid: _, $clusterTime: _time, $db: _db, ...command }: Record<string, unknown>): object {
  return command;
}

interface Stats {
  readonly totalDocsExamined: number;
  readonly totalKeysExamined: number;
  readonly executionStages: object;
}

/** Of a find at the top, of an aggregation inside one of its stages. */
function statsOf(explained: object): Stats[] {
  if ('executionStats' in explained) return [explained.executionStats as Stats];
  return Object.values(explained).flatMap((part: unknown) => (isObject(part) ? statsOf(part) : []));
}

function stagesOf(part: object): string[] {
  const own = 'stage' in part && typeof part.stage === 'string' ? [part.stage] : [];
  const inner = Object.values(part).flatMap((one: unknown) => (isObject(one) ? stagesOf(one) : []));
  return [...own, ...inner];
}

function isObject(part: unknown): part is object {
  return typeof part === 'object' && part !== null;
}

const search = (query: Partial<UserQuery>) =>
  directory.searchUsers({ customerId: 'large', text: '', filter: null, limit, ...query });
const deepPage = Buffer.from(JSON.stringify(['gina dahl', 'large-6000'])).toString('base64url');

describe('For one customer with thousands of users among others', () => {
  it.each<[string, Partial<UserQuery>]>([
    ['the first page', {}],
    ['a deep page', { after: deepPage }],
    ['a deep page backwards', { before: deepPage }],
    ['a page of a small customer', { customerId: 'small7' }],
    ['who is blocked', { filter: 'blocked' }],
    ['who is blocked, deep', { filter: 'blocked', after: deepPage }],
  ])('the list reads the users it shows and counts in an index: %s', async (_, query) => {
    const cost = await costOf(() => search(query));

    expect(cost.stages).not.toContain('COLLSCAN');
    expect(cost.stages).not.toContain('SORT');
    expect(cost.documents).toBeLessThanOrEqual(2 * limit + 2);
    expect(cost.keys).toBeLessThanOrEqual(1_100);
  });

  it.each(userFilters)('the filter %s reads nobody else', async (filter) => {
    const { found } = await search({ filter });

    const cost = await costOf(() => search({ filter }));

    expect(found).toBeGreaterThan(20);
    expect(found).toBeLessThan(1_000);
    expect(cost.stages).not.toContain('COLLSCAN');
    expect(cost.stages).not.toContain('SORT');
    expect(cost.documents).toBeLessThanOrEqual(found + limit + 1);
  });

  it.each([
    ['a word that nobody has', 'nobody', 0],
    ['a user principal name with the domain that all have', 'zoe.zorn.11987@large.example', 4],
    ['a few', '119', 200],
    ['a letter that very many have', 'a', 100],
    ['the domain that all have', 'large', 20],
  ])('a search for %s reads few', async (_, text, most) => {
    const cost = await costOf(() => search({ text }));

    expect(cost.stages).not.toContain('COLLSCAN');
    expect(cost.documents).toBeLessThanOrEqual(most);
    expect(cost.keys).toBeLessThanOrEqual(20_000);
  });

  it('user principal names and ids are looked up', async () => {
    const upns = ['Anna.Abel.0@large.example', 'Nobody@large.example'];
    const asked = [
      () => directory.findUsersByUpn('large', upns),
      () => directory.takenUpns('large', upns),
      () => directory.findUsers('large', ['large-1', 'large-2']),
      () => directory.foreignUsers('large', ['large-1', 'small3-4']),
    ];
    for (const ask of asked) {
      const cost = await costOf(ask);
      expect(cost.stages).not.toContain('COLLSCAN');
      expect(cost.documents).toBeLessThanOrEqual(2);
    }
  });
});
