import { createMongoSubscriptions } from '../../src/storage/subscriptions';
import { effect } from '../support/directory';
import { openTestHouse, type TestHouse } from '../support/house';
import { createFakeChat, type FakeChat } from '../support/reminder-scenes';
import { storeDeleted, subscriptionOf } from '../support/reminders';
import { addUser } from '../support/scenes';

const day = 24 * 60 * 60 * 1000;
const upn = 'zoe.quixote@contoso.example';
const person = { givenName: 'Zoé', surname: 'Quixote', displayName: 'Zoé Quixote', username: 'zoe.quixote' };

let world: TestHouse;
let chats: FakeChat;
beforeAll(async () => {
  world = await openTestHouse({ mail: {} });
  chats = createFakeChat(world);
});
afterAll(() => world.close());

/** The collections in which these words stand. */
async function standingIn(...words: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { collectionName } of (await world.database.connection.db?.collections()) ?? []) {
    const text = JSON.stringify(await world.rows(collectionName));
    if (words.some((word) => text.includes(word))) found.push(collectionName);
  }
  return found.sort();
}

it('nothing is left of a user who was purged but the audit entries with the UPN', async () => {
  const chat = world.chat();
  const { connection } = world.database;
  const { records, directory } = world.house;
  await createMongoSubscriptions({ connection, records }).save(subscriptionOf(), effect());
  const added = await addUser(world, person);
  await added.answer.delivered({ conversation: 'demo:x', message: 'added' });
  const letter = await chat.press(added, 'hand-over.mail');
  await chat.press(letter, 'hand-over.mail', { email: 'quixote@home.example' });
  const edit = await chat.press(await chat.type(`/user ${upn}`), 'edit-user.open');
  await chat.press(edit, 'edit-user.save', { jobTitle: 'Knight', department: 'La Mancha' });
  const deleted = await chat.press(await chat.type(`/delete-user ${upn}`), 'delete-user.confirm');
  await deleted.answer.delivered({ conversation: 'demo:x', message: 'deleted' });
  const [user] = await world.rows('users', { userPrincipalName: upn });
  const other = { name: 'Sancho', days: 29.5, customerId: String(user?.['customerId']) };
  await storeDeleted(world.database, [other], new Date(world.clock.now().getTime() + 2 * day));
  world.clock.pass(28 * day);
  await chats.tick();
  const [digest] = chats.posted;
  const snooze = await chat.press(digest!, 'reminders.snooze');
  await chat.press(snooze, 'reminders.snooze', { until: '2026-12-21' });
  const letGo = await chat.press(digest!, 'reminders.let-go');
  await chat.press(letGo, 'reminders.let-go', { reason: 'Rides with Quixote no more' });
  const everywhere = [
    'audit',
    'auditDetails',
    'letGo',
    'letters',
    'reminders',
    'secrets',
    'snoozes',
    'users',
  ];
  expect(await standingIn(String(user?.['_id']))).toEqual(expect.arrayContaining(everywhere));

  world.clock.pass(2 * day + 60_000);
  await directory.purgeUsers(world.clock.now(), world.clock.now(), 10);
  world.clock.pass(60_000);
  await chats.update();

  expect(await standingIn('Quixote', 'Zoé', 'Knight', 'La Mancha', 'home.example')).toEqual([]);
  expect(await standingIn(upn)).toEqual(['audit']);
  // A form that is sent again is answered with its first result; the digest still stands for the other.
  expect(await standingIn(String(user?.['_id']))).toEqual(['audit', 'effects', 'liveCards']);
  expect(chats.posted[0]?.text).toMatch(/zoe\.quixote@contoso\.example\s+Removed for good/);
  expect(chats.posted[0]?.text).toContain('Sancho');
});
