import { createMongoSubscriptions } from '../../src/storage/subscriptions';
import { effect } from '../support/directory';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { createFakeChat, type FakeChat, type PostedCard } from '../support/reminder-scenes';
import { storeDeleted, subscriptionOf } from '../support/reminders';
import { customerIdOf, emptied, hire, verbsOn } from '../support/scenes';

const day = 24 * 60 * 60_000;

let world: TestHouse;
let contoso: string;
let chats: FakeChat;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  contoso = await customerIdOf(world, 'Contoso Bakery');
});
afterAll(() => world.close());
beforeEach(async () => {
  chats = createFakeChat(world);
  chat = world.chat();
  const collections = ['users', 'reminders', 'letGo', 'snoozes', 'reminderSubscriptions', 'liveCards'];
  await emptied(world, [...collections, 'operators', 'audit', 'auditDetails', 'effects']);
  await createMongoSubscriptions({
    connection: world.database.connection,
    records: world.house.records,
  }).save(subscriptionOf(), effect());
});

/** A digest of users of these names, with as many days left. */
async function digestOf(names: Readonly<Record<string, number>>): Promise<PostedCard> {
  const doomed = Object.entries(names).map(([name, days]) => ({ name, days, customerId: contoso }));
  await storeDeleted(world.database, doomed, world.clock.now());
  await chats.tick();
  return digest();
}

function digest(): PostedCard {
  const found = chats.posted.at(-1);
  if (!found) throw new Error('Nothing was posted.');
  return found;
}

/** Presses what a digest offers for the user at this place. */
async function pressFor(card: PostedCard, verb: string, place = 0, by = chat): Promise<Shown> {
  const button = card.buttons.filter((one) => one.verb === verb)[place];
  if (!button) throw new Error(`The digest has no ${verb}.`);
  return by.send({ kind: 'pressed', verb, data: button.data });
}

const auditOf = (action: string) => world.rows('audit', { action });

describe('Letting go', () => {
  it('asks why, ends all reminders, leaves the others their buttons, and can be undone', async () => {
    const card = await digestOf({ Ann: 1, Bob: 2.9 });

    const form = await pressFor(card, 'reminders.let-go');
    expect(form.answer).toMatchObject({ place: 'below', audience: 'operator' });
    const done = await chat.press(form, 'reminders.let-go', { reason: 'Left the company' });
    await chats.update();

    expect(done.text).toContain('Nobody is reminded any more');
    expect(digest().text).toMatch(/Let go by Ada on .*Reason: Left the company/s);
    expect(digest().buttons.map(({ title }) => title)).toEqual([
      ...['Undo', 'Restore', 'Let go', 'Snooze', 'Deleted users'],
    ]);
    expect(await auditOf('update_reminders')).toMatchObject([
      { operator: 'web:ada', target: 'ann@contoso.example', customerId: contoso, outcome: 'success' },
    ]);
    expect(await world.rows('auditDetails')).toMatchObject([{ reason: 'Left the company' }]);

    const again = await chat.press(done, 'reminders.let-go');
    await chats.update();
    expect(again.text).toContain('Reminded again');
    expect(digest().buttons.filter(({ title }) => title === 'Let go')).toHaveLength(2);
  });

  it('shows whoever presses later who has done what, and takes it back from the digest too', async () => {
    const card = await digestOf({ Ann: 1 });
    const form = await pressFor(card, 'reminders.let-go');
    await chat.press(form, 'reminders.let-go', { reason: 'Gone' });

    const late = await pressFor(card, 'reminders.let-go', 0, await hire(world, 'web:ben', 'admin_agent'));
    expect(late.answer.place).toBe('below');
    expect(late.text).toMatch(/Let go by Ada on/);
    expect((await pressFor(card, 'reminders.snooze')).text).toMatch(/Let go by Ada on/);

    await chats.update();
    await pressFor(digest(), 'reminders.let-go');
    await chats.update();
    expect(digest().text).not.toContain('Let go by');
  });

  it('has one effect however often the form is sent', async () => {
    const form = await pressFor(await digestOf({ Ann: 1 }), 'reminders.let-go');

    await chat.press(form, 'reminders.let-go', { reason: 'First' });
    const second = await chat.press(form, 'reminders.let-go', { reason: 'Second' });

    expect(second.text).toContain('Reason: First');
    expect(await auditOf('update_reminders')).toHaveLength(1);
  });

  it('says how it stands when a form is sent again after somebody took it back', async () => {
    const form = await pressFor(await digestOf({ Ann: 1 }), 'reminders.let-go');
    const done = await chat.press(form, 'reminders.let-go');
    await chat.press(done, 'reminders.let-go');

    const again = await chat.press(form, 'reminders.let-go');

    expect(again.text).not.toContain('Nobody is reminded any more');
    expect(await world.rows('letGo')).toEqual([]);
  });

  it('refuses a reason that is none', async () => {
    const form = await pressFor(await digestOf({ Ann: 1 }), 'reminders.let-go');

    const refused = await chat.press(form, 'reminders.let-go', { reason: 'a\u0007b' });

    expect(refused.name).toBe('reminder-let-go');
    expect(refused.text).toContain('control characters');
    expect(await world.rows('letGo')).toEqual([]);
  });
});

describe('Snoozing', () => {
  it('lasts until tomorrow unless told, and is announced again then', async () => {
    const card = await digestOf({ Ann: 2.9 });
    const form = await pressFor(card, 'reminders.snooze');

    const done = await chat.press(form, 'reminders.snooze');
    await chats.update();

    expect(done.text).toContain('Snoozed until 23 November 2026 at 08:00');
    expect(digest().text).toContain('Snoozed by Ada until 23 November 2026 at 08:00.');
    await chats.tick();
    expect(chats.posted).toHaveLength(1);
    world.clock.pass(day);
    await chats.tick();
    expect(chats.posted).toHaveLength(2);
    world.clock.pass(-day);
  });

  it.each([
    ['2026-11-22', 'Choose a day from tomorrow on.'],
    ['2026-12-22', 'By then nobody could be restored any more.'],
    ['soon', 'Choose a day.'],
  ])('refuses %s', async (until, reason) => {
    const form = await pressFor(await digestOf({ Ann: 2.9 }), 'reminders.snooze');

    const refused = await chat.press(form, 'reminders.snooze', { until });

    expect(refused.text).toContain(reason);
    expect(refused.inputs).toEqual({ until });
    expect(await world.rows('snoozes')).toEqual([]);
  });

  it('lasts as long as the form said at first, however often it is sent', async () => {
    const form = await pressFor(await digestOf({ Ann: 2.9 }), 'reminders.snooze');
    await chat.press(form, 'reminders.snooze', { until: '2026-11-24' });

    const again = await chat.press(form, 'reminders.snooze', { until: '2026-11-23' });

    expect(again.text).toContain('Snoozed until 24 November 2026');
    expect(again.text).not.toContain('23 November');
    expect(await world.rows('snoozes')).toMatchObject([{ until: '2026-11-24' }]);
  });

  it('is not offered where nobody could be restored any more when it ends', async () => {
    const card = await digestOf({ Ann: 0.9 });

    expect(card.text).toContain('1 day left');
    expect(card.buttons.map(({ verb }) => verb)).not.toContain('reminders.snooze');
  });

  it('is not offered on the last day', async () => {
    const card = await digestOf({ Ann: 0.2 });

    expect(card.text).toContain('Last day');
    expect(card.buttons.map(({ verb }) => verb)).not.toContain('reminders.snooze');
  });
});

describe('Restoring', () => {
  it('leads to what would come back, below the digest, which then says who restored', async () => {
    const card = await digestOf({ Ann: 1, Bob: 1 });

    const preflight = await pressFor(card, 'reminders.restore');
    expect(preflight).toMatchObject({ name: 'restore-user', answer: { place: 'below' } });
    await chat.press(preflight, 'restore-user.confirm');
    await chats.update();

    expect(digest().text).toContain('Restored by Ada on');
    expect(digest().buttons.filter(({ title }) => title === 'Restore')).toHaveLength(1);
    expect((await pressFor(card, 'reminders.let-go')).text).toContain('Restored by Ada on');
    expect(await world.rows('letGo')).toEqual([]);
  });

  it('is refused to somebody who may not, and leaves the digest as it is', async () => {
    const card = await digestOf({ Ann: 1 });

    const refused = await pressFor(
      card,
      'reminders.restore',
      0,
      await hire(world, 'web:hal', 'helpdesk_agent'),
    );
    const stranger = await pressFor(
      card,
      'reminders.let-go',
      0,
      await hire(world, 'web:bo', 'billing_admin'),
    );

    expect(refused.name).toBe('denied');
    expect(stranger.name).toBe('denied');
    expect(await auditOf('restore_customer_user')).toMatchObject([
      { outcome: 'denied', operator: 'web:hal' },
    ]);
    expect(await auditOf('update_reminders')).toMatchObject([{ outcome: 'denied', operator: 'web:bo' }]);
  });

  it('leads to the list of all, below the digest', async () => {
    const card = await digestOf({ Ann: 1 });
    const list = card.buttons.findIndex(({ title }) => title === 'Deleted users');

    const shown = await chat.send({
      kind: 'pressed',
      verb: 'reminders.restore',
      data: card.buttons[list]?.data,
    });

    expect(shown).toMatchObject({ name: 'deleted-users', answer: { place: 'below' } });
    expect(verbsOn(shown)).toContain('restore-user.ask');
  });
});
