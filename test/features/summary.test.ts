import { hashToken } from '../../src/domain/hand-over';
import type { Subscription } from '../../src/ports/reminders';
import { openTestHouse, type TestHouse } from '../support/house';
import { openImportScene } from '../support/import-scenes';
import {
  createFakeChat,
  dieWhilePosting,
  subscribeIn,
  type FakeChat,
  type PostedCard,
} from '../support/reminder-scenes';
import { storeDeleted, type Doomed } from '../support/reminders';
import { addUser, customerIdOf, emptied, hire, tokenOn } from '../support/scenes';

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
  // Nine o'clock, an hour after summaries are due.
  world.clock.pass((day + 9 * 60 * minute - (world.clock.now().getTime() % day)) % day);
  chat = createFakeChat(world);
  await emptied(world, ['users', 'secrets', 'imports', 'liveCards', 'operators', 'choices']);
  await emptied(world, ['reminderSubscriptions', 'reminders', 'summaries', 'letGo', 'snoozes']);
});

const asked = (changes: Partial<Subscription> = {}) => subscribeIn(world, { summary: true, ...changes });
const deleted = (...users: Doomed[]) =>
  storeDeleted(
    world.database,
    users.map((user) => ({ customerId: contoso, ...user })),
    world.clock.now(),
  );
const summaries = (): PostedCard[] => chat.posted.filter(({ name }) => name === 'reminder-summary');
/** A file of two users for Contoso, one of whom cannot be. */
async function importBadly(name = 'ida.rossi'): Promise<void> {
  const scene = openImportScene(world);
  const ada = world.chat();
  await ada.press(await ada.type('/customers contoso'), 'customers.pick');
  const rows = ['Display name,User name', `Ida Rossi,${name}@contoso.example`, 'Bad,not a name'];
  const checked = await scene.send(ada, rows.join('\n'), `${name}.csv`);
  await scene.stand(await ada.press(checked, 'import.start'));
  await scene.run();
}

describe('The daily summary', () => {
  it('names who is soon lost, imports with failed rows and links that were not opened', async () => {
    await addUser(world);
    world.clock.pass(3 * day);
    await deleted({ name: 'Ann One', days: 1 }, { name: 'Bob Two', days: 2 });
    await deleted({ name: 'Cy Fab', days: 6, customerId: fabrikam }, { name: 'Dee Twenty', days: 20 });
    await importBadly();
    await asked();

    await chat.tick();

    const [summary] = summaries();
    expect(summaries()).toHaveLength(1);
    expect(summary?.text).toContain('3 deleted users will be lost soon');
    expect(summary?.text).toContain('ann.one@contoso.example  1 day left');
    expect(summary?.text).toContain('Ateliers Fabrikam');
    expect(summary?.text).not.toContain('Dee Twenty');
    expect(summary?.text).toContain('1 import has failed rows');
    expect(summary?.text).toContain('done: 1 created, 0 skipped, 1 failed');
    expect(summary?.text).toContain('1 link was not opened');
    expect(summary?.text).toContain('zoe.durand@contoso.example');
    expect(summary?.text).not.toMatch(/\/s\/[\w-]{43}/);
    expect(summary?.inputs).toEqual({});
  });

  it('comes once on a calendar day, at the hour of the conversation, whatever happens on it', async () => {
    await asked({ hour: 11, timeZone: 'Europe/Paris' });
    await deleted({ name: 'Ann', days: 6 });

    await chat.tick();
    expect(summaries()).toHaveLength(0);
    world.clock.pass(60 * minute);
    await chat.tick();
    expect(summaries()).toHaveLength(1);
    world.clock.pass(10 * 60 * minute);
    await deleted({ name: 'Bob', days: 5 });
    await chat.tick();
    expect(summaries()).toHaveLength(1);
    world.clock.pass(14 * 60 * minute);
    await chat.tick();
    await chat.tick();

    expect(summaries()).toHaveLength(2);
    expect(await world.rows('summaries', { state: 'done' })).toHaveLength(2);
  });

  it('comes later on the same day where Rollcall was down, and not for the days before', async () => {
    await asked();
    await deleted({ name: 'Ann', days: 6 });

    world.clock.pass(2.4 * day);
    await chat.tick();

    expect(summaries()).toHaveLength(1);
    expect(summaries()[0]?.text).toContain('4 days left');
  });

  it('is silent where nobody asked for it, and on a day without anything to say', async () => {
    await asked();
    await asked({ conversation: 'demo:web:zoe', summary: false });
    await chat.tick();
    await deleted({ name: 'Ann', days: 6 });
    await chat.tick();
    expect(summaries()).toEqual([]);

    world.clock.pass(day);
    await chat.tick();

    expect(summaries().map(({ conversation }) => conversation)).toEqual([here]);
  });

  it('leaves out who was let go or is snoozed here, and whom the undo of an import removed', async () => {
    await asked({ days: [7] });
    const [ann = '', bob = ''] = await deleted({ name: 'Ann', days: 6 }, { name: 'Bob', days: 6 });
    await deleted({ name: 'Cy', days: 6 }, { name: 'Dee', days: 6, deletion: 'undo:some-import' });
    const { connection } = world.database;
    const fresh = { deletion: 'a', restoreBy: world.clock.now() };
    await connection.collection<{ _id: string }>('letGo').insertOne({ _id: ann, ...fresh });
    const until = new Date(world.clock.now().getTime() + 2 * day).toISOString().slice(0, 10);
    await connection.collection('snoozes').insertOne({ conversation: here, userId: bob, until, ...fresh });

    await chat.tick();

    expect(summaries()[0]?.text).toContain('1 deleted user will be lost soon');
    expect(summaries()[0]?.text).toContain('Cy');
  });

  it('tells of an import once, and of links until they were opened or have run out', async () => {
    await asked();
    await importBadly();
    const link = tokenOn(await addUser(world));
    await chat.tick();
    expect(summaries()[0]?.text).toContain('1 import');
    expect(summaries()[0]?.text).not.toContain('was not opened');

    world.clock.pass(day);
    await chat.tick();
    expect(summaries()).toHaveLength(1);
    for (let days = 2; days <= 9; days += 1) {
      world.clock.pass(day);
      await chat.tick();
    }

    // The sheet of the import and the link to Zoé's password, on the third to the seventh day.
    expect(summaries().slice(1)).toHaveLength(5);
    expect(summaries().at(-1)?.text).toContain('expired on');
    expect(await world.rows('secrets', { state: 'waiting' })).toHaveLength(2);
    expect(link).toHaveLength(43);
  });

  it('shows ten links and counts the others', async () => {
    await addUser(world);
    const [link] = await world.rows('secrets');
    const more = Array.from({ length: 11 }, (_, place) => ({ ...link, tokenHash: `t${place}` }));
    await world.database.connection
      .collection<{ _id: string }>('secrets')
      .insertMany(more.map((one, place) => ({ ...one, _id: `link ${place}` })));
    world.clock.pass(3 * day);
    await asked();

    await chat.tick();

    expect(summaries()[0]?.text).toContain('12 links were not opened');
    expect(summaries()[0]?.text).toContain('and 2 other links');
    expect(summaries()[0]?.buttons.filter(({ verb }) => verb === 'hand-over.ask')).toHaveLength(10);
  });

  it('follows what the operator who asked for it may see now', async () => {
    await importBadly();
    await addUser(world, { username: 'zoe.two' });
    world.clock.pass(3 * day);
    await importBadly('ivo.marin');
    await deleted({ name: 'Ann', days: 6 }, { name: 'Cy', days: 6, customerId: fabrikam });
    await hire(world, 'web:sam', 'sales_agent', [contoso]);
    await asked({ operator: 'web:sam' });
    await asked({ conversation: 'demo:web:zoe', operator: 'web:bo' });
    await hire(world, 'web:bo', 'admin_agent', [fabrikam]);

    await chat.tick();

    const [sam, bo] = [here, 'demo:web:zoe'].map((id) => summaries().find((one) => one.conversation === id));
    expect(sam?.text).toContain('Ann');
    expect(sam?.text).toContain('not opened');
    expect(sam?.text).not.toContain('import');
    expect(sam?.buttons.map(({ verb }) => verb)).toEqual(['reminders.restore']);
    expect(bo?.text).toContain('Cy');
    expect(bo?.text).not.toMatch(/Ann|import|not opened/);
  });

  it('speaks the language of the conversation', async () => {
    await asked({ language: 'fr' });
    await deleted({ name: 'Ann', days: 6 });

    await chat.tick();

    expect(summaries()[0]?.text).toContain('Résumé du jour');
    expect(summaries()[0]?.text).toContain('6 jours restants');
  });
});

describe('From a summary', () => {
  it('a link is issued again below it, unless it was opened meanwhile', async () => {
    const token = tokenOn(await addUser(world));
    await addUser(world, { username: 'adam.okoye', displayName: 'Adam Okoye' });
    world.clock.pass(3 * day);
    await asked();
    await chat.tick();
    const [summary] = summaries();
    await world.house.handOvers.reveal(hashToken(token), world.clock.now(), []);
    const ada = world.chat();
    const [ofZoe, ofAdam] = (summary?.buttons ?? []).filter(({ verb }) => verb === 'hand-over.ask');
    const ask = (button = ofZoe) => ada.send({ kind: 'pressed', verb: 'hand-over.ask', data: button!.data });

    const opened = await ask(ofZoe);
    const question = await ask(ofAdam);
    const issued = await ada.press(question, 'hand-over.issue');

    expect([opened.name, opened.answer.place]).toEqual(['hand-over', 'below']);
    expect(opened.text).toContain('Opened on');
    expect([question.name, question.answer.place]).toEqual(['hand-over-ask', 'below']);
    expect(issued.text).toContain('New temporary password and link');
    expect((await ask(ofAdam)).text).toContain('No longer good');
  });

  it('an import and the deleted users of a customer are shown below it', async () => {
    await importBadly();
    await deleted({ name: 'Ann', days: 6 });
    await asked();
    await chat.tick();
    const [summary] = summaries();
    const ada = world.chat();

    const shown = await ada.press(summary!, 'import.refresh');
    const list = await ada.press(summary!, 'reminders.restore');

    expect([shown.name, shown.answer.place]).toEqual(['import-result', 'below']);
    expect([list.name, list.answer.place]).toEqual(['deleted-users', 'below']);
  });
});

describe('A summary that the chat does not take', () => {
  it('is tried again with growing pauses', async () => {
    await asked();
    await deleted({ name: 'Ann', days: 6 });
    await chat.tick();
    // The digest is there: what is tried from now on is the summary alone.
    await emptied(world, ['summaries']);
    let tries = 0;
    chat.fail(here, () => Promise.reject(new Error(`Refused ${(tries += 1)}.`)));

    for (let passed = 0; passed < 4; passed += 1) {
      await chat.tick();
      world.clock.pass(minute);
    }
    expect(tries).toBe(3);
    chat.fail(here, null);
    world.clock.pass(60 * minute);
    await chat.tick();
    await chat.tick();

    expect(summaries()).toHaveLength(2);
    expect(summaries()[1]?.text).not.toContain('already');
    expect(await world.rows('summaries')).toMatchObject([{ state: 'done', attempts: 4 }]);
  });

  it('does not keep digests back, nor they it', async () => {
    await asked({ days: [7] });
    await deleted({ name: 'Ann', days: 6 });
    const refuse = (name: string) => {
      const { post } = chat.messenger;
      return {
        ...chat.messenger,
        post: (...[to, card, locale]: Parameters<typeof post>) =>
          card.name === name ? Promise.reject(new Error('Refused.')) : post(to, card, locale),
      };
    };
    const tickWith = (name: string) =>
      world.house.reminding.createRemind(refuse(name)).runDue(new AbortController().signal);

    await tickWith('reminder-digest');
    world.clock.pass(minute);
    await tickWith('reminder-digest');
    expect(chat.posted.map(({ name }) => name)).toEqual(['reminder-summary']);

    await emptied(world, ['summaries', 'reminders']);
    world.clock.pass(2 * minute);
    await tickWith('reminder-summary');
    world.clock.pass(60 * minute);
    await tickWith('reminder-summary');
    expect(chat.posted.map(({ name }) => name)).toEqual(['reminder-summary', 'reminder-digest']);
  });

  it('unsubscribes a conversation that has removed the bot', async () => {
    await asked({ days: [1] });
    await addUser(world);
    world.clock.pass(3 * day);
    chat.fail(here, () => Promise.resolve('gone'));

    await chat.tick();

    expect(await world.rows('reminderSubscriptions')).toMatchObject([{ enabled: false, left: 'untold' }]);
  });
});

describe('Two processes', () => {
  it('send one summary', async () => {
    await asked({ days: [7] });
    await deleted({ name: 'Ann', days: 6 });
    const other = await world.another();

    await Promise.all([chat.tick(), chat.tick(other), chat.tick(), chat.tick(other)]);

    expect(summaries()).toHaveLength(1);
  });

  it('send what was on its way when one died, marked as a repeat', async () => {
    await asked();
    await addUser(world);
    world.clock.pass(3 * day);
    await dieWhilePosting(world, chat, here);

    await chat.tick();

    expect(summaries()).toHaveLength(1);
    expect(summaries()[0]?.text).toContain('You may have seen this summary already');
  });
});
