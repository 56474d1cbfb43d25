import { mongo } from 'mongoose';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { driverAdapters } from '../driver-options';

const notYetInitialized = 94;
const pauseMs = 15;
const storedConfig = z.object({
  config: z.looseObject({ version: z.number(), members: z.array(z.looseObject({ host: z.string() })) }),
});

/**
 * Makes the mongod on this port the only member of `name` and its primary, whatever address an earlier start left in
 * its files: so no port needs to be kept free for it.
 */
export async function becomePrimary(name: string, port: number, withinMs: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const client = new mongo.MongoClient(`mongodb://${host}/`, {
    ...driverAdapters,
    directConnection: true,
    serverSelectionTimeoutMS: 10_000,
    appName: 'rollcall-embedded',
  });
  try {
    const admin = client.db('admin');
    await unlessCutOff(() => agreeOnAddress(admin, name, host), withinMs);
    await unlessCutOff(() => waitForPrimary(admin, withinMs), withinMs);
  } finally {
    await client.close();
  }
}

/** A member that changes its state closes its connections, with what was asked on them. */
async function unlessCutOff(ask: () => Promise<void>, withinMs: number): Promise<void> {
  const giveUpAt = performance.now() + withinMs;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (!(error instanceof mongo.MongoNetworkError) || performance.now() > giveUpAt) throw error;
      await sleep(pauseMs);
    }
  }
}

async function agreeOnAddress(admin: mongo.Db, name: string, host: string): Promise<void> {
  const found = await readConfig(admin);
  if (!found) {
    const settings = { electionTimeoutMillis: 500 };
    await admin.command({ replSetInitiate: { _id: name, settings, members: [{ _id: 0, host }] } });
    return;
  }
  const [member] = found.members;
  if (member?.host === host && found.members.length === 1) return;
  const config = { ...found, version: found.version + 1, members: [{ ...member, _id: 0, host }] };
  await admin.command({ replSetReconfig: config, force: true });
}

async function readConfig(admin: mongo.Db) {
  try {
    return storedConfig.parse(await admin.command({ replSetGetConfig: 1 })).config;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === notYetInitialized) return null;
    throw error;
  }
}

async function waitForPrimary(admin: mongo.Db, withinMs: number): Promise<void> {
  for (let waited = 0; waited < withinMs; waited += pauseMs) {
    const hello = await admin.command({ hello: 1 });
    if (hello['isWritablePrimary'] === true) return;
    await sleep(pauseMs);
  }
  throw new Error(`The embedded MongoDB did not become primary within ${withinMs / 1000} s.`);
}
