import { setTimeout as sleep } from 'node:timers/promises';
import { startOwnMongod, type OwnMongod } from '../../support/own-mongod';
import type { SlackPerson } from '../../support/slack/person-contract';
import { openSlackHouse, type SlackHouse } from '../../support/slack/slack-house';

let mongod: OwnMongod;
let world: SlackHouse;
let ada: SlackPerson;

beforeAll(async () => {
  mongod = await startOwnMongod();
  world = await openSlackHouse({ database: mongod.database });
  ada = world.person({ id: 'UADA', name: 'Ada Lovelace', locale: 'en-GB' });
});
beforeEach(async () => {
  mongod.thaw();
  await recovered();
  const names = ['users', 'audit', 'auditDetails', 'effects', 'secrets'];
  for (const name of names) await mongod.database.connection.collection(name).deleteMany({});
});
afterAll(async () => {
  mongod.thaw();
  await world.close();
  await mongod.close();
  expect(world.fake.refusals).toEqual([]);
  expect(ada.troubles).toEqual([]);
});

async function recovered(): Promise<void> {
  for (let tries = 0; tries < 30; tries += 1) {
    await ada.closeAll();
    await ada.command('/customers');
    await ada.until(() => ada.view() !== null && ada.shown() !== 'One moment…');
    if (ada.shown().includes('Contoso')) return;
    await sleep(200);
  }
  throw new Error('The house did not recover.');
}

const zoe = { givenName: 'Zoé', surname: 'Durand', username: 'zoe', usageLocation: 'FR', licenses: '' };

async function openForm(): Promise<void> {
  await ada.closeAll();
  await ada.command('/add-user');
  await ada.until(() => ada.view() !== null && ada.shown() !== 'One moment…');
  if (ada.shown().includes('Which customer')) {
    await ada.press('view', 'customers.pick', { row: 'Contoso Bakery' });
    await ada.until(() => ada.view()?.payload.callback_id === 'add-user.save');
  }
  await ada.fill(zoe);
}

const privately = () =>
  ada.messages().filter(({ blocks }) => JSON.stringify(blocks).includes('Account created'));

it('answers a command within five seconds, in the view that it opened at once', async () => {
  await ada.closeAll();
  await mongod.freeze();
  const sent = performance.now();

  await ada.command('/add-user');
  await ada.until(() => ada.view() !== null);
  const opened = performance.now() - sent;
  await ada.until(() => ada.shown().includes('Nothing was changed.'));

  expect(opened).toBeLessThan(1_000);
  expect(performance.now() - sent).toBeLessThan(5_000);
});

it.each([
  ['before it is certain', 'commandStarted', 'commitTransaction'],
  ['after it is certain', 'commandSucceeded', 'commitTransaction'],
] as const)(
  'keeps a form whose effect is cut off %s, and sent again it is done once',
  async (_, moment, command) => {
    await openForm();
    const before = privately().length;
    mongod.freezeAt(moment, command);
    const sent = performance.now();

    await ada.submit();
    const acknowledged = performance.now() - sent;
    await ada.until(() => ada.shown().includes('database'));
    const said = performance.now() - sent;
    const kept = ada.values();
    mongod.thaw();
    for (let tries = 0; tries < 30 && !ada.shown().includes('Account created'); tries += 1) {
      await ada.submit();
      await ada.until(() => !ada.shown().includes('Still working'));
      await sleep(200);
    }

    expect(acknowledged).toBeLessThan(3_000);
    expect(said).toBeLessThan(5_000);
    expect(kept).toMatchObject(zoe);
    await ada.until(() => privately().length === before + 1);
    const [users, secrets] = await Promise.all(['users', 'secrets'].map((name) => world.rows(name)));
    expect([users?.length, secrets?.length]).toEqual([1, 1]);
  },
);
