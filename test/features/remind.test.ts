import type { Subscription } from '../../src/ports/reminders';
import { openTestHouse, type TestHouse } from '../support/house';
import { createFakeChat, dieWhilePosting, subscribeIn, type FakeChat } from '../support/reminder-scenes';
import { storeDeleted, type Doomed } from '../support/reminders';
import { customerIdOf, emptied, hire } from '../support/scenes';
import { until } from '../support/until';

const minute = 60_000;
const day = 24 * 60 * minute;
const here = 'demo:web:ada';

let world: TestHouse;
let contoso: string;
let fabrikam: string;
let chat: FakeChat;
beforeAll(async () => {
  world = await openTestHouse();
  contoso = await customerIdOf(world, 'Contoso Bakery');
  fabrikam = await customerIdOf(world, 'Ateliers Fabrikam');
});
afterAll(() => world.close());
beforeEach(async () => {
  chat = createFakeChat(world);
  const collections = ['users', 'reminders', 'letGo', 'snoozes', 'reminderSubscriptions', 'liveCards'];
  await emptied(world, [...collections, 'operators']);
});

const subscribe = (changes: Partial<Subscription> = {}) => subscribeIn(world, changes);
const deleted = (...users: Doomed[]) =>
  storeDeleted(
    world.database,
    users.map((user) => ({ customerId: contoso, ...user })),
    world.clock.now(),
  );
const titles = () => chat.posted.map(({ conversation, text }) => `${conversation}: ${text.split('\n')[0]}`);

describe('A tick', () => {
  it('sends one digest for each customer, and nothing at the next', async () => {
    await subscribe();
    await deleted(
      { name: 'Ann One', days: 1, licenses: ['ENTERPRISEPACK'] },
      { name: 'Bob Three', days: 2.9 },
    );
    await deleted({ name: 'Cy Fab', days: 3, customerId: fabrikam }, { name: 'Dee Twenty', days: 20 });

    await chat.tick();
    await chat.tick();

    expect(chat.posted).toHaveLength(2);
    const [digest] = chat.posted.filter(({ text }) => text.includes('Contoso Bakery'));
    expect(digest?.text).toContain('2 deleted users will be lost soon');
    expect(digest?.text.indexOf('Ann One')).toBeLessThan(digest?.text.indexOf('Bob Three') ?? 0);
    expect(digest?.text).toContain('■□□□□□□  1 day left');
    expect(digest?.text).toContain('Comes back with: Office 365 E3');
    expect(digest?.text).not.toContain('Dee Twenty');
    expect(digest?.text).not.toContain('already');
    expect(digest?.inputs).toEqual({});
  });

  it('makes up for what was missed by the most urgent alone', async () => {
    await subscribe();
    await deleted({ name: 'Ann', days: 8.5 });
    await chat.tick();
    expect(chat.posted).toHaveLength(0);

    world.clock.pass(7.2 * day);
    await chat.tick();
    await chat.tick();

    expect(chat.posted.map(({ text }) => text.includes('1 day left'))).toEqual([true]);
    expect(await world.rows('reminders')).toMatchObject([{ threshold: 1, state: 'sent' }]);
  });

  it('shows the most urgent, counts the others and leads to the list', async () => {
    await subscribe();
    await deleted(
      ...Array.from({ length: 11 }, (_, place) => ({ name: `User ${place}`, days: 1 + place / 100 })),
    );

    await chat.tick();

    const [digest] = chat.posted;
    expect(digest?.text).toContain('11 deleted users will be lost soon');
    expect(digest?.text).toContain('and 3 other users');
    expect(digest?.buttons.filter(({ verb }) => verb === 'reminders.let-go')).toHaveLength(8);
    expect(await world.rows('reminders')).toHaveLength(11);
  });

  it('follows what the operator who subscribed may see now', async () => {
    await subscribe({ operator: 'web:sam' });
    await deleted({ name: 'Ann', days: 1 }, { name: 'Cy', days: 1, customerId: fabrikam });

    await chat.tick();
    expect(chat.posted).toHaveLength(0);
    await hire(world, 'web:sam', 'billing_admin');
    await chat.tick();
    expect(chat.posted).toHaveLength(0);

    await world.database.connection
      .collection('operators')
      .updateOne({}, { $set: { partnerRole: 'helpdesk_agent', customers: [fabrikam] } });
    await chat.tick();
    expect(chat.posted).toHaveLength(1);
    expect(chat.posted[0]?.text).toContain('Cy');
    expect(chat.posted[0]?.buttons.map(({ title }) => title)).not.toContain('Restore');
  });

  it('speaks the language of the conversation', async () => {
    await subscribe({ language: 'fr' });
    await deleted({ name: 'Ann', days: 1 });

    await chat.tick();

    expect(chat.posted[0]?.text).toContain('1 utilisateur supprimé sera bientôt perdu');
  });

  it('says nothing of users whom the undo of an import removed', async () => {
    await subscribe();
    await deleted({ name: 'Ann', days: 1, deletion: 'undo:some-import' });

    await chat.tick();

    expect(chat.posted).toHaveLength(0);
  });
});

describe('Two processes', () => {
  it('send one digest', async () => {
    await subscribe();
    await deleted(...Array.from({ length: 5 }, (_, place) => ({ name: `User ${place}`, days: 1 })));
    const other = await world.another();

    await Promise.all([chat.tick(), chat.tick(other), chat.tick(), chat.tick(other)]);

    expect(chat.posted).toHaveLength(1);
    expect(await world.rows('reminders', { state: 'sent' })).toHaveLength(5);
  });

  it('send what was on its way when one died, marked as a repeat', async () => {
    await subscribe();
    await deleted({ name: 'Ann', days: 1 });
    await dieWhilePosting(world, chat, here);

    await chat.tick();

    expect(chat.posted).toHaveLength(1);
    expect(chat.posted[0]?.text).toContain('You may have seen this reminder already');
    expect(await world.rows('reminders')).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });
});

describe('Where a chat does not take a digest', () => {
  it('it is tried again with growing pauses, and does not delay others', async () => {
    await subscribe();
    await subscribe({ conversation: 'demo:web:zoe' });
    await deleted({ name: 'Ann', days: 1 });
    let tries = 0;
    chat.fail(here, () => Promise.reject(new Error(`Refused ${(tries += 1)}.`)));

    await chat.tick();
    await chat.tick();
    expect(tries).toBe(1);
    expect(titles()).toEqual([expect.stringContaining('demo:web:zoe')]);
    world.clock.pass(minute);
    await chat.tick();
    world.clock.pass(minute);
    await chat.tick();
    expect(tries).toBe(2);
    chat.fail(here, null);
    world.clock.pass(minute);
    await chat.tick();

    expect(titles()).toEqual([expect.stringContaining('zoe'), expect.stringContaining(here)]);
    expect(chat.posted[1]?.text).not.toContain('already');
  });

  it('it waits as long as the chat asks for', async () => {
    await subscribe();
    await deleted({ name: 'Ann', days: 1 });
    const busy = Object.assign(new Error('Too many.'), { retryAfterMs: 10 * minute });
    chat.fail(here, () => Promise.reject(busy));

    await chat.tick();
    chat.fail(here, null);
    world.clock.pass(9 * minute);
    await chat.tick();
    expect(chat.posted).toHaveLength(0);
    world.clock.pass(minute);
    await chat.tick();

    expect(chat.posted).toHaveLength(1);
  });

  it('because it hangs, nobody else waits, however many hang, and what may have come says so', async () => {
    const hanging = Array.from({ length: 9 }, (_, place) => `demo:web:hangs${place}`);
    for (const conversation of [...hanging, here]) await subscribe({ conversation });
    await deleted({ name: 'Ann', days: 1 });
    const silent = Object.assign(new Error('No answer.'), { mayHaveHappened: true });
    const giveUp: (() => void)[] = [];
    for (const conversation of hanging)
      chat.fail(conversation, () => new Promise((_, reject) => giveUp.push(() => reject(silent))));

    await chat.tick();
    expect(titles()).toEqual([expect.stringContaining(here)]);
    await chat.tick();
    expect(giveUp).toHaveLength(9);

    for (const end of giveUp) end();
    await until(async () => (await world.rows('reminderSubscriptions', { failures: 1 })).length === 9);
    for (const conversation of hanging) chat.fail(conversation, null);
    world.clock.pass(minute);
    await chat.tick();
    expect(chat.posted).toHaveLength(10);
    expect(chat.posted.filter(({ text }) => text.includes('seen this reminder already'))).toHaveLength(9);
  });

  it('because that chat is off, the conversation waits until it is on again', async () => {
    await subscribe({ conversation: 'slack:D1' });
    await deleted({ name: 'Ann', days: 1 });
    chat.fail('slack:D1', () => Promise.resolve('gone'));
    chat.turn('slack', false);

    await chat.tick();
    chat.fail('slack:D1', null);
    chat.turn('slack', true);
    await chat.tick();

    expect(titles()).toEqual([expect.stringContaining('slack:D1')]);
    expect((await world.chat().type('/reminders')).text).not.toContain('removed Rollcall');
  });

  it('because the bot was removed, the conversation is unsubscribed and the next operator told', async () => {
    await subscribe();
    await deleted({ name: 'Ann', days: 1 });
    chat.fail(here, () => Promise.resolve('gone'));

    await chat.tick();
    chat.fail(here, null);
    await chat.tick();

    expect(chat.posted).toHaveLength(0);
    expect(world.log.lines.join()).toContain('A conversation is gone');
    const asked = world.chat();
    expect((await asked.type('/reminders')).text).toContain('1 conversation has removed Rollcall');
    expect((await asked.type('/reminders')).text).not.toContain('removed Rollcall');
  });
});
