import { setTimeout as sleep } from 'node:timers/promises';
import { createDispatch } from '../../src/chat/dispatch';
import { deriveToken } from '../../src/domain/hand-over';
import { createMetrics } from '../../src/telemetry/metrics';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { startOwnMongod, type OwnMongod } from '../support/own-mongod';
import { hire, linkOn, openForm, zoe } from '../support/scenes';

let mongod: OwnMongod;
let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  mongod = await startOwnMongod();
  world = await openTestHouse({ database: mongod.database });
  chat = world.chat();
});
beforeEach(async () => {
  const names = ['users', 'audit', 'auditDetails', 'effects', 'secrets', 'choices'];
  for (const name of names) await mongod.database.connection.collection(name).deleteMany({});
});
afterAll(() => mongod.close());

/** What is answered, and that it is in time. */
async function inTime(answering: Promise<Shown>): Promise<Shown> {
  const before = performance.now();
  const shown = await answering;
  expect(performance.now() - before).toBeLessThan(5_000);
  return shown;
}

/** Asks until the house answers as if nothing had been; no one restarts it. */
async function recovered(): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await chat.type('/customers')).name === 'customers') return;
    await sleep(200);
  }
  throw new Error('The house did not recover.');
}

/** The same form sent until the database has answered; then what stands there for it. */
async function sendAgain(form: Shown): Promise<Shown> {
  for (let tries = 0; tries < 20; tries += 1) {
    const shown = await chat.press(form, 'add-user.save', zoe);
    if (!shown.name.startsWith('storage')) return shown;
    await sleep(200);
  }
  throw new Error('The database did not come back.');
}

async function expectOneAccount(form: Shown, shown: Shown): Promise<void> {
  const { frozen } = form.buttons.find(({ verb }) => verb === 'add-user.save')!.data;
  expect(linkOn(shown)).toContain(deriveToken((frozen as { form: string }).form));
  const [users, secrets, effects] = await Promise.all(
    ['users', 'secrets', 'effects'].map((name) => world.rows(name)),
  );
  expect([users, secrets, effects].map((rows) => rows?.length)).toEqual([1, 1, 1]);
  expect(secrets).toMatchObject([{ state: 'waiting', userIds: [users?.[0]?._id] }]);
  expect(await world.rows('audit', { outcome: 'success' })).toHaveLength(1);
}

describe('While MongoDB does not answer', () => {
  afterEach(() => mongod.thaw());

  it('reads are answered in time, with nothing changed, and again as soon as it does', async () => {
    await mongod.freeze();
    const lines = ['/rollcall', '/customers', '/add-user', '/customers contoso'];
    const answers = await Promise.all(lines.map((line) => inTime(chat.type(line))));
    mongod.thaw();

    for (const { name, text } of answers) {
      expect(name).toBe('storage-away');
      expect(text).toContain('Nothing was changed.');
    }
    await recovered();
  });

  it('a refusal is still a refusal: nothing happens for want of an audit entry', async () => {
    const form = await openForm(chat);
    const helper = await hire(world, 'web:away', 'helpdesk_agent');
    mongod.freezeAt('commandStarted', 'insert');

    const shown = await inTime(helper.press(form, 'add-user.save', zoe));
    mongod.thaw();

    expect(shown.name).toBe('storage-away');
    await recovered();
    expect(await world.rows('users')).toEqual([]);
  });

  it('twenty people at once are answered in time', async () => {
    await mongod.freeze();
    const answers = await Promise.all(Array.from({ length: 20 }, () => inTime(chat.type('/customers'))));
    mongod.thaw();

    expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['storage-away']));
    await recovered();
  });
});

describe('A form sent while MongoDB does not answer', () => {
  afterEach(() => mongod.thaw());

  it('before anything began changes nothing, then or later, and makes one account when sent again', async () => {
    const form = await openForm(chat);
    await mongod.freeze();
    const shown = await inTime(chat.press(form, 'add-user.save', zoe));
    mongod.thaw();
    await recovered();
    await sleep(500);

    expect(shown.text).toContain('Nothing was changed.');
    expect(shown.answer.place).toBe('below');
    expect(await world.rows('users')).toEqual([]);
    await expectOneAccount(form, await sendAgain(form));
  });

  it.each([
    ['on its first write', 'commandStarted', 'insert'],
    ['on its commit', 'commandStarted', 'commitTransaction'],
    ['after its commit', 'commandSucceeded', 'commitTransaction'],
  ] as const)('%s may be sent again, and makes one account', async (_, moment, command) => {
    const form = await openForm(chat);
    mongod.freezeAt(moment, command);
    const shown = await inTime(chat.press(form, 'add-user.save', zoe));
    mongod.thaw();

    expect(shown.name).toBe('storage-uncertain');
    expect(shown.text).toContain('Sending the same form again is safe');
    await expectOneAccount(form, await sendAgain(form));
    await sleep(500);
    expect(await world.rows('users')).toHaveLength(1);
  });

  it('and sent again while it still does not makes one account in the end', async () => {
    const form = await openForm(chat);
    mongod.freezeAt('commandStarted', 'commitTransaction');
    await inTime(chat.press(form, 'add-user.save', zoe));
    await inTime(chat.press(form, 'add-user.save', zoe));
    mongod.thaw();

    await expectOneAccount(form, await sendAgain(form));
  });

  it.each(['insert', 'commitTransaction'])(
    'makes one account though MongoDB died at its %s',
    async (command) => {
      const form = await openForm(chat);
      mongod.freezeAt('commandStarted', command);
      const first = inTime(chat.press(form, 'add-user.save', zoe));
      await sleep(1_000);
      await mongod.kill();

      await first;
      await expectOneAccount(form, await sendAgain(form));
    },
    60_000,
  );
});

it('A step that has not begun when its time is up is not begun any more', async () => {
  let begun = false;
  const { clock, log, house } = world;
  const route = {
    ...house.router.routes['add-user.save']!,
    handle: () => {
      begun = true;
      return { audience: 'operator', card: { name: 'help', data: {} } } as const;
    },
  };
  const dispatch = createDispatch({
    ...{ clock, log, entropy: realEntropy, metrics: createMetrics(), liveCards: house.liveCards },
    router: { ...house.router, routes: { 'add-user.save': route } },
    audit: { record: () => Promise.resolve() },
    admit: () => sleep(4_800).then(() => ({ kind: 'admitted' as const, request: {} as never })),
  });

  const answer = await dispatch({
    ...{ door: 'demo', operator: 'web:ada', operatorName: null, prefix: '' },
    conversation: { id: 'demo:x', kind: 'personal' },
    locale: { language: 'en', timeZone: 'UTC' },
    input: { kind: 'pressed', verb: 'add-user.save', data: {} },
  });
  await sleep(600);

  expect(answer.card.name).toBe('storage-away');
  expect(begun).toBe(false);
});
