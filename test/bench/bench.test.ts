import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { fillCustomers } from '../../bench/customers';
import { startConnector, type Connector } from '../../bench/connector';
import { median, ratioOf } from '../../bench/compare';
import { sendMessages } from '../../bench/messages';
import { startProgram, type Program } from '../../bench/program';
import { measureDirectory } from '../../bench/directory';
import { measureImportMemory, measureImports } from '../../bench/imports';
import { writeReport } from '../../bench/report';
import { measureSweep } from '../../bench/sweep';
import { bareStart, echo, rollcall } from '../../bench/subjects';
import { longRunsOn, withResult } from '../../bench/long-runs';
import { fillUsers } from '../../bench/users';
import { closeServer, listen } from '../support/fake-connector';
import { openTestDatabase, testDatabaseUri, type TestDatabase } from '../support/mongo';

let database: TestDatabase;
let connector: Connector;

beforeAll(async () => {
  database = await openTestDatabase();
  await fillCustomers(database.uri);
  connector = await startConnector();
});

afterAll(async () => {
  await connector.close();
  await database.close();
});

/** Sends messages; answers the last reply and the memory that was measured. Throws where one has no reply. */
async function answerOf(program: Program, messages: number, command?: string) {
  const running = await startProgram(program);
  try {
    expect(running.startedIn).toBeGreaterThan(0);
    expect(await sendMessages(running.url, connector, messages, command)).toBeGreaterThan(0);
    return { reply: connector.latest(), memory: await running.memory() };
  } finally {
    await running.stop();
  }
}

it('measures a Rollcall that answers every message with a full page of customers', async () => {
  const { reply, memory } = await answerOf(rollcall(database.uri), 100);
  expect(reply.match(/customers\.pick/g)).toHaveLength(8);
  expect(reply).toContain('customers.page');
  expect(memory).toBeGreaterThan(0);
});

it('measures an import to its last password beside the same documents, and its memory', async () => {
  const fresh = (name: string) => testDatabaseUri(`bench-${name}-${randomUUID()}`.slice(0, 60));
  const uris = new Map<string, string>();
  const uriOf = (name: string) => {
    const uri = uris.get(name) ?? fresh(name);
    uris.set(name, uri);
    return uri;
  };

  const speed = await measureImports(uriOf, { rows: 300, rounds: 1 });
  const memory = await measureImportMemory(uriOf, { large: 600, small: 300, rounds: 1 });

  expect(ratioOf(speed)).toBeGreaterThan(0);
  expect(median(memory.rollcall)).toBeGreaterThan(20);
}, 60_000);

it('measures lists of users, each page full, and a look for whom to remind, beside the same questions to the driver', async () => {
  const seeded = await openTestDatabase();
  const filled = await fillUsers(seeded.uri, { users: 600, customers: 12, deleted: 0.2 });

  const { reply } = await answerOf(rollcall(seeded.uri), 50, '/users');
  const measured = await measureDirectory(seeded.uri, filled, { rounds: 1, calls: 3 });
  const sweep = await measureSweep(seeded.uri, { due: 50, rounds: 1, looks: 2 });
  await seeded.close();

  expect(reply.match(/users\.view/g)).toHaveLength(8);
  expect(reply).toContain('users.page');
  expect(measured.map(({ title }) => title.split(' ')[0])).toEqual([
    'List',
    'Search',
    'Filter',
    'Deleted',
    'List',
    'Search',
    'Filter',
    'Deleted',
  ]);
  for (const one of [...measured, sweep]) expect(ratioOf(one)).toBeGreaterThan(0);
  expect(sweep.title).toMatch(/^Look for \d+ due among 600 deleted$/);
});

it('measures it against a bot that echoes every message', async () => {
  const { reply, memory } = await answerOf(echo, 100);
  expect(reply).toContain('You said: /customers');
  expect(memory).toBeGreaterThan(0);
});

it('measures its start against a process that only loads the SDKs and connects', async () => {
  const running = await startProgram(bareStart(database.uri));
  expect(running.startedIn).toBeGreaterThan(0);
  await running.stop();
});

it('fails where a message gets no reply', async () => {
  const server = createServer((_, response) => response.end());
  const url = `http://127.0.0.1:${await listen(server)}`;
  await expect(sendMessages(url, connector, 10)).rejects.toThrow('Of 10 messages 10 were answered well');
  await closeServer(server);
});

it('reports medians, their ratio and whether it is what was asked for', () => {
  const slow = { title: 'Slow', unit: 'ms', target: { atMost: 1.3 }, rollcall: [9, 3, 4], floor: [2, 1, 30] };
  const fast = {
    title: 'Fast',
    unit: 'a second',
    target: { atLeast: 0.6 },
    rollcall: [6, 8],
    floor: [10, 10],
  };
  expect(median([3, 1, 2, 10])).toBe(2.5);
  expect(ratioOf(slow)).toBe(2);
  const report = writeReport([slow, fast], new Date('2026-03-02T08:00:00Z'), 1_000_000);
  expect(report).toContain('2026-03-02');
  expect(report).toContain('a database of 1,000,000 users');
  expect(report).toContain('| Slow, ms | 4 (3 to 9) | 2 (1 to 30) | **2.00** | at most 1.3 | missed |');
  expect(report).toContain('| Fast, a second | 7 (6 to 8) | 10 (10 to 10) | **0.70** | at least 0.6 | met |');
});

it('keeps what other commands wrote of kills, each the line of its last run', () => {
  const first = withResult('# Benchmarks\n\nFast.\n', 'npm run soak:reminders', '3 kills');
  const both = withResult(first, 'npm run crash', '7 kills');
  const again = withResult(both, 'npm run soak:reminders', '9 kills');

  expect(again).toMatch(/^# Benchmarks\n\nFast\.\n\n## Long runs\n/);
  expect(longRunsOn(again).split('\n').slice(-3)).toEqual([
    '- `npm run crash`: 7 kills',
    '- `npm run soak:reminders`: 9 kills',
    '',
  ]);
  expect(again).not.toContain('3 kills');
  expect(longRunsOn('# Benchmarks\n')).toBe('');
});
