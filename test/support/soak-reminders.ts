import { randomBytes, randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMongoSubscriptions } from '../../src/storage/subscriptions';
import { effect } from './directory';
import { closeServer, listen } from './fake-connector';
import { openTestHouse, type TestHouse } from './house';
import { runKilled } from './killed-child';
import { manyCustomers, storeCustomers } from './many-customers';
import type { TestDatabase } from './mongo';
import type { PostedDigest } from './reminder-worker-child';
import { storeDeleted, subscriptionOf } from './reminders';

interface Soak {
  readonly processes: number;
  readonly kills: number;
  /** Milliseconds that a process lives at most before it is killed. */
  readonly longestLife: number;
  /** In each round a user of each customer's is announced in every conversation. */
  readonly conversations: number;
  readonly customers: number;
  readonly usersEach: number;
}

/** What came of so many reminders after so many kills. */
export interface SoakReport {
  readonly processes: number;
  readonly kills: number;
  readonly reminders: number;
  /** Reminders that nobody was sent. */
  readonly missed: number;
  /** Reminders that came once more. */
  readonly doubled: number;
  /** Of these, those that did not say so, or that were not on their way when a process was killed. */
  readonly unexplained: number;
}

/** Milliseconds. */
const slowest = 200;
const longestSilence = 120_000;

/** Reminds by several processes that are killed at random moments, and counts what was missed or came twice. */
export async function soakReminders(database: TestDatabase, soak: Soak): Promise<SoakReport> {
  const world = await openTestHouse({ database });
  const customers = manyCustomers(soak.customers);
  await storeCustomers(database.connection, customers);
  const conversations = Array.from({ length: soak.conversations }, (_, place) => `demo:web:${place}`);
  const { records } = world.house;
  const subscriptions = createMongoSubscriptions({ connection: database.connection, records });
  // One threshold, which has long passed: nobody is announced once more while it runs.
  for (const conversation of conversations)
    await subscriptions.save(subscriptionOf({ conversation, days: [7] }), effect());
  const chat = await openChat();
  const killing = createKilling(world, chat.url, soak);
  const over = new AbortController();
  const processes = Array.from({ length: soak.processes }, () => killing.run(over.signal));
  const expected: string[] = [];
  do {
    const doomed = customers.flatMap(({ id: customerId }) =>
      Array.from({ length: soak.usersEach }, (_, place) => ({ name: `User ${place}`, days: 2, customerId })),
    );
    const userIds = await storeDeleted(database, doomed, new Date());
    expected.push(...conversations.flatMap((conversation) => userIds.map((id) => pairOf(conversation, id))));
    await settled(world, expected.length);
  } while (killing.killed() < soak.kills);
  over.abort();
  await Promise.all(processes);
  await closeServer(chat.server);
  const counted = count(expected, chat.posted, killing.onTheirWay);
  return { processes: soak.processes, kills: killing.killed(), reminders: expected.length, ...counted };
}

/** A chat over HTTP: it has taken a digest as soon as it was asked to, and says so a while later. */
async function openChat(): Promise<{ url: string; server: Server; posted: readonly PostedDigest[] }> {
  const posted: PostedDigest[] = [];
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const message = posted.push(JSON.parse(body) as PostedDigest);
      await sleep(randomInt(slowest));
      response.end(String(message));
    });
  });
  return { url: `http://127.0.0.1:${await listen(server)}/`, server, posted };
}

/** Starts a process anew whenever it was killed. */
function createKilling({ database }: TestHouse, url: string, { kills, longestLife }: Soak) {
  let killed = 0;
  const onTheirWay = new Set<string>();
  const { connection, uri } = database;
  const program = join(__dirname, 'reminder-worker-child.ts');

  /** As if so much time had passed that others take over. What it had given to the chat may come again. */
  const bury = async (mark: string): Promise<void> => {
    const held = { worker: new RegExp(`^${mark}`) };
    const subscriptions = connection.collection<{ _id: string }>('reminderSubscriptions');
    const conversations = (await subscriptions.find(held).toArray()).map(({ _id }) => _id);
    const inFlight = { conversation: { $in: conversations }, inFlight: true };
    for await (const { conversation, userId } of connection.collection('reminders').find(inFlight))
      onTheirWay.add(pairOf(String(conversation), String(userId)));
    await subscriptions.updateMany(held, { $set: { leaseUntil: new Date(0) } });
  };

  return {
    onTheirWay,
    killed: () => killed,
    async run(signal: AbortSignal): Promise<void> {
      const isOver = () => signal.aborted;
      while (!isOver()) {
        const mark = randomBytes(3).toString('base64url');
        const life = killed < kills ? randomInt(longestLife) : null;
        await runKilled(program, [uri, url, mark], { life, signal });
        if (isOver()) return;
        killed += 1;
        await bury(mark);
      }
    },
  };
}

/** Waits until so many reminders are on record as sent, or none was for longer than a claim of the dead can last. */
async function settled({ house }: TestHouse, count: number): Promise<void> {
  let [sent, since] = [0, performance.now()];
  while (sent < count && performance.now() - since < longestSilence) {
    await sleep(50);
    const now = await house.records.reminders.countDocuments({ state: 'sent' });
    if (now > sent) [sent, since] = [now, performance.now()];
  }
}

function count(
  expected: readonly string[],
  posted: readonly PostedDigest[],
  onTheirWay: ReadonlySet<string>,
): Pick<SoakReport, 'missed' | 'doubled' | 'unexplained'> {
  const seen = new Set<string>();
  let [doubled, unexplained] = [0, 0];
  for (const { conversation, userIds, repeat } of posted) {
    const pairs = userIds.map((userId) => pairOf(conversation, userId));
    const again = pairs.filter((pair) => seen.has(pair));
    doubled += again.length;
    unexplained += again.filter((pair) => !repeat || !onTheirWay.has(pair)).length;
    for (const pair of pairs) seen.add(pair);
  }
  return { missed: expected.filter((pair) => !seen.has(pair)).length, doubled, unexplained };
}

function pairOf(conversation: string, userId: string): string {
  return `${conversation} ${userId}`;
}
