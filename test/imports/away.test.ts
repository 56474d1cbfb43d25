import { setTimeout as sleep } from 'node:timers/promises';
import { manyUsers, openImports, type ImportWorld } from '../support/imports';
import { startOwnMongod, type OwnMongod } from '../support/own-mongod';

let mongod: OwnMongod;
let world: ImportWorld;
beforeAll(async () => {
  mongod = await startOwnMongod();
  world = await openImports({ database: mongod.database });
});
afterAll(() => mongod.close());

async function runUntilDone(id: string): Promise<void> {
  for (;;) {
    await world.run();
    const record = await world.imports.find(id).catch(() => null);
    if (record?.state === 'done') return;
    await sleep(50);
  }
}

describe('An import, when MongoDB', () => {
  test('stands still for a while, waits and goes on', async () => {
    const record = await world.start(await world.check(manyUsers(2_500)));
    mongod.freezeAt('commandSucceeded', 'commitTransaction');
    const running = runUntilDone(record.id);
    await sleep(1_500);
    mongod.thaw();
    await running;

    expect(await world.now(record)).toMatchObject({ created: 2_500, failed: 0 });
    expect(await world.rows('users')).toHaveLength(2_500);
  });

  test('is killed in the middle of a batch, does the rest once when it is back', async () => {
    const text = manyUsers(2_500).replaceAll(',user', ',other');
    const record = await world.start(await world.check(text));
    const client = world.database.connection.getClient();
    const committed = new Promise<void>((resolve) => {
      client.once('commandSucceeded', () => resolve());
    });
    const running = runUntilDone(record.id);
    await committed;
    await sleep(150);
    await mongod.kill();
    await running;

    expect(await world.now(record)).toMatchObject({ created: 2_500, skipped: 0, failed: 0 });
    expect(await world.rows('users')).toHaveLength(5_000);
    expect(await world.rows('audit', { action: 'create_customer_user' })).toHaveLength(5_000);
  });
});
