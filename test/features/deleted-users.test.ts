import { Types } from 'mongoose';
import { hashToken } from '../../src/domain/hand-over';
import { atContoso, deleteBy, usersOf } from '../support/deleted-scenes';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { nodesOf } from '../support/sample-cards';
import { customerIdOf, emptied, hire, verbsOn } from '../support/scenes';

const day = 24 * 60 * 60 * 1000;
const start = Date.parse('2026-11-22T09:00:00Z');

let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.pass(start - world.clock.now().getTime());
  await emptied(world, ['users', 'audit', 'auditDetails', 'effects', 'liveCards', 'operators', 'files']);
  chat = await atContoso(world);
});

/** Users who were deleted one day after the other, the first of them first. */
async function deletedInTurn(names: readonly string[]): Promise<string[]> {
  const ids = await usersOf(world, names);
  await deleteBy(chat, names);
  const users = world.database.connection.collection<{ _id: string }>('users');
  const untilOf = (place: number) => new Date(start + (place + 1) * (day / 2));
  await users.bulkWrite(
    ids.map((_id, place) => ({
      updateOne: { filter: { _id }, update: { $set: { restoreBy: untilOf(place) } } },
    })),
  );
  return ids;
}

const upns = ({ text }: Shown) => text.match(/\S+@contoso\.example/g) ?? [];
const pictureOn = ({ json }: Shown) =>
  [...nodesOf(json)].find(({ type, url }) => type === 'Image' && String(url).includes('/f/'));

describe('The list of deleted users', () => {
  it('is empty where nobody was deleted, and says so', async () => {
    await usersOf(world, ['ann']);

    const list = await chat.type('/deleted-users');

    expect(list.text).toContain('Deleted users (0)');
    expect(list.text).toContain('This customer has no deleted user who could be restored.');
    expect(verbsOn(list)).toEqual(['deleted-users.page']);
    expect(pictureOn(list)).toBeUndefined();
  });

  it('says who, when, by whom, and how long there is, the most urgent first', async () => {
    await deletedInTurn(['ann', 'ben', 'cem']);

    const list = await chat.type('/deleted-users');

    expect(list.text).toContain('Deleted users (3)');
    expect(upns(list)).toEqual(['ann@contoso.example', 'ben@contoso.example', 'cem@contoso.example']);
    expect(list.text).toContain('Deleted on 22 November 2026 at 09:00 by Ada');
    expect(list.text).toMatch(/Last day\nuntil 22 November 2026 at 21:00/);
    expect(list.text).toMatch(/1 day left\nuntil 23 November 2026 at 09:00/);
  });

  it('counts the days that are left as the reader of the date does', async () => {
    await usersOf(world, ['ann']);
    await deleteBy(chat, ['ann']);
    world.clock.pass(60_000);
    expect((await chat.type('/deleted-users')).text).toContain(
      '30 days left\nuntil 22 December 2026 at 09:00',
    );

    world.clock.pass(29.5 * day);
    const later = await atContoso(world);
    expect((await later.type('/deleted-users')).text).toContain(
      '1 day left\nuntil 22 December 2026 at 09:00',
    );
    const late = await atContoso(world, 'web:ada', { locale: { language: 'en', timeZone: 'Asia/Tokyo' } });
    expect((await late.type('/deleted-users')).text).toContain('Last day\nuntil 22 December 2026 at 18:00');
  });

  it('has a time line with numbers and counts, and no names in it', async () => {
    await deletedInTurn(['ann', 'ben', 'cem']);

    const picture = pictureOn(await chat.type('/deleted-users'));

    expect(picture?.altText).toBe(
      'Time line of the next 30 days. 3 deleted users can still be restored. 3 of them are lost within 7 days.',
    );
    const token = /\/f\/([\w-]+)$/.exec(String(picture?.url))?.[1] ?? '';
    expect(await world.rows('files')).toMatchObject([{ _id: hashToken(token), contentType: 'image/png' }]);
    expect((await world.house.files.find(token, world.clock.now()))?.bytes.subarray(1, 4).toString()).toBe(
      'PNG',
    );
  });

  it('is shown without its picture where that cannot be kept, and the log says so', async () => {
    await deletedInTurn(['ann']);
    const { db } = world.database.connection;
    await db?.command({ collMod: 'files', validator: { never: new Types.ObjectId() } });

    const list = await chat.type('/deleted-users');
    await db?.command({ collMod: 'files', validator: {} });

    expect(list.text).toContain('Deleted users (1)');
    expect(pictureOn(list)).toBeUndefined();
    expect(world.log.lines.join()).toContain('could not be made; the list is shown without it');
  });

  it('is paged, and what is ticked survives', async () => {
    const names = Array.from({ length: 18 }, (_, place) => `user${String(place).padStart(2, '0')}`);
    const ids = await deletedInTurn(names);

    const first = await chat.type('/deleted-users');
    const second = await chat.press(first, 'Next', { userIds: `${ids[1]},${ids[3]}` });
    const third = await chat.press(second, 'Next', { userIds: ids[9] ?? '' });
    const again = await chat.press(await chat.press(third, 'Previous'), 'Previous', { userIds: '' });

    expect(first.text).toContain('Deleted users (18)');
    expect(upns(second)).toEqual(names.slice(8, 16).map((name) => `${name}@contoso.example`));
    expect(third.text).toContain('3 users ticked');
    expect(third.text).toContain('Also ticked, on other pages: user01, user03, user09');
    expect(again.inputs).toMatchObject({ userIds: `${ids[1]},${ids[3]}` });

    const asked = await chat.press(third, 'restore-user.ask', { userIds: ids[16] ?? '' });
    expect(asked.text).toContain('Restore these 4 users?');
    const back = await chat.press(asked, 'restore-user.confirm');
    expect(back.text).toContain('4 users restored');
    expect((await chat.type('/deleted-users')).text).toContain('Deleted users (14)');
  });

  it('restores fifty at once', async () => {
    const names = Array.from({ length: 50 }, (_, place) => `user${String(place).padStart(2, '0')}`);
    const ids = await deletedInTurn(names);

    const asked = await chat.press(await chat.type('/deleted-users'), 'restore-user.ask', {
      userIds: ids.join(','),
    });
    const back = await chat.press(asked, 'restore-user.confirm');

    expect(back.text).toContain('50 users restored');
    expect(await world.rows('users', { state: 'active' })).toHaveLength(50);
  });

  it('is searched by the start of any word, typed or in the card', async () => {
    await deletedInTurn(['ann', 'ben']);

    const typed = await chat.type('/deleted-users be');
    const searched = await chat.press(await chat.type('/deleted-users'), 'Search', { text: 'an' });
    const none = await chat.press(searched, 'Search', { text: 'zed' });

    expect(upns(typed)).toEqual(['ben@contoso.example']);
    expect(upns(searched)).toEqual(['ann@contoso.example']);
    expect(none.text).toContain('No deleted user matches.');
  });

  it('leaves out who can no longer be restored', async () => {
    await deletedInTurn(['ann', 'ben']);
    world.clock.pass(day / 2 + 1);
    chat = await atContoso(world);

    expect(upns(await chat.type('/deleted-users'))).toEqual(['ben@contoso.example']);
  });

  it('offers Restore only to those who may', async () => {
    await deletedInTurn(['ann']);
    await hire(world, 'web:sal', 'sales_agent');

    const list = await (await atContoso(world, 'web:sal')).type('/deleted-users');

    expect(upns(list)).toEqual(['ann@contoso.example']);
    expect(verbsOn(list)).toEqual(['deleted-users.page']);
    expect(list.inputs).toEqual({});
  });

  it('is refused for a tick on another customer’s user, and audited', async () => {
    await deletedInTurn(['ann']);
    const list = await chat.type('/deleted-users');
    const [stranger = ''] = await usersOf(world, ['eve'], {}, 'Ateliers Fabrikam');

    expect((await chat.press(list, 'restore-user.ask', { userIds: stranger })).name).toBe('stale');
    expect(await world.rows('audit', { outcome: 'denied' })).toMatchObject([
      { action: 'restore_customer_user', customerId: await customerIdOf(world, 'Contoso Bakery') },
    ]);
  });

  it('writes nothing about those who only look', async () => {
    await deletedInTurn(['ann']);
    const before = await world.rows('audit');

    await chat.type('/deleted-users');

    expect(await world.rows('audit')).toEqual(before);
  });

  it('is told in French', async () => {
    await deletedInTurn(['ann', 'ben', 'cem', 'dan']);
    const french = await atContoso(world, 'web:ada', {
      locale: { language: 'fr', timeZone: 'Europe/Paris' },
    });

    const list = await french.type('/deleted-users');

    expect(list.text).toContain('Utilisateurs supprimés (4)');
    expect(list.text).toMatch(/2 jours restants\njusqu’au 24 novembre 2026 à 10:00/);
  });
});
