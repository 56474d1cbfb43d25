import type { Door } from '../../src/chat/door';
import { createMessenger } from '../../src/chat/messenger';
import { createLiveUpdates } from '../../src/features/live-cards';
import { createHouse, type House } from '../../src/house';
import { createHttpServer } from '../../src/http/server';
import { createMetrics } from '../../src/telemetry/metrics';
import { realEntropy } from './entropy';
import { openTestDatabase, type TestDatabase } from './mongo';
import { freePort } from './process';
import { createRememberingLog, type RememberingLog } from './remembering-log';

export interface TestClock {
  now(): Date;
  pass(milliseconds: number): void;
}

export interface RunningHouse {
  readonly url: string;
  readonly house: House;
  readonly database: TestDatabase;
  readonly log: RememberingLog;
  readonly clock: TestClock;
  rows(collection: string, filter?: object): Promise<Record<string, unknown>[]>;
  /** What the clock does every minute with cards that may have changed. */
  updateLiveCards(): Promise<void>;
  /** Sends the reminders that are due. */
  remind(): Promise<void>;
  /** Runs the imports that are due, and shows them where they were started. */
  runImports(): Promise<void>;
  close(): Promise<void>;
}

/** What a door is made of. */
export interface DoorParts {
  readonly house: House;
  readonly publicUrl: string;
  readonly clock: TestClock;
  readonly log: RememberingLog;
}

export function createTestClock(): TestClock {
  let offset = 0;
  return {
    now: () => new Date(Date.parse('2026-11-22T09:00:00Z') + offset),
    pass: (milliseconds) => void (offset += milliseconds),
  };
}

interface Options {
  readonly adminAgents: readonly string[];
  readonly clock?: TestClock;
  /** A mail server is configured. */
  readonly mail?: object;
  /** One of its own unless told. */
  readonly database?: TestDatabase;
  doors(parts: DoorParts): readonly Door[];
}

/** A house with doors on a real HTTP server, the pages of one-time links included, on a database of its own. */
export async function openRunningHouse({
  adminAgents,
  clock = createTestClock(),
  database: given,
  mail,
  doors: openDoors,
}: Options): Promise<RunningHouse> {
  const database = given ?? (await openTestDatabase());
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const log = createRememberingLog();
  const metrics = createMetrics();
  const shared = { clock, log, entropy: realEntropy };
  const settings = { demo: true, publicUrl, adminAgents, importMaxBytes: 1024 * 1024, mail: mail ?? null };
  const house = await createHouse({ settings, database, metrics, ...shared });
  const doors = openDoors({ house, publicUrl, clock, log });
  const { liveKinds: kinds, liveCards, handOvers, files, words } = house;
  const messenger = createMessenger([...doors]);
  const live = createLiveUpdates({ kinds, liveCards, messenger, clock, log });
  const worker = house.importing.createWorker(messenger);
  const remind = house.reminding.createRemind(messenger);
  house.importing.changed.listen(() => void live.updateDue());
  const http = createHttpServer({
    ...{ host: '127.0.0.1', port: Number(port), publicUrl, metricsToken: null },
    ...{ doors: [...doors], handOvers, files, words, metrics, ...shared },
    isReady: () => Promise.resolve(true),
    opened: () => void live.updateDue(),
  });
  await http.listen();
  return {
    url: publicUrl,
    ...{ house, database, log, clock },
    rows: (collection, filter = {}) => database.connection.collection(collection).find(filter).toArray(),
    updateLiveCards: () => live.updateDue(),
    remind: () => remind.runDue(new AbortController().signal),
    runImports: () => worker.runDue(new AbortController().signal),
    async close() {
      await Promise.all([http.close(), ...doors.map((door) => door.close())]);
      await database.close();
    },
  };
}
