import { createSeal } from '../../src/chat/seal';
import { newFormId } from '../../src/domain/hand-over';
import { sealKey } from '../../src/storage/setting';
import { atContoso, deleteBy, usersOf } from '../support/deleted-scenes';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type Chat, type TestHouse } from '../support/house';
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
  await emptied(world, ['users', 'audit', 'auditDetails', 'effects', 'liveCards', 'operators']);
  const { connection } = world.database;
  await connection.collection('subscriptions').updateMany({}, { $set: { consumed: 0 } });
  chat = await atContoso(world);
});

const states = async () =>
  (await world.rows('users'))
    .map(({ userPrincipalName, state }) => `${String(userPrincipalName).split('@')[0]} ${String(state)}`)
    .sort();
const restorations = () => world.rows('audit', { action: 'restore_customer_user' });
const setCustomer = async (changes: object) =>
  world.database.connection.collection('customers').updateOne({ name: 'Contoso Bakery' }, { $set: changes });

/** Deletes a user of that name, then has somebody else take the name. */
async function takenName(): Promise<string> {
  const [id = ''] = await usersOf(world, ['ann']);
  await deleteBy(chat, ['ann']);
  await usersOf(world, ['ann']);
  return id;
}

describe('Before a user is restored', () => {
  it('the card says what comes back, and nothing has happened', async () => {
    await usersOf(world, ['ann'], {
      licenses: ['ENTERPRISEPACK', 'POWER_BI_PRO'],
      roles: ['Directory Readers'],
    });
    await deleteBy(chat, ['ann']);
    const { connection } = world.database;
    await connection
      .collection('subscriptions')
      .updateOne({ skuPartNumber: 'POWER_BI_PRO' }, { $set: { consumed: 3 } });

    const asked = await chat.type('/restore-user ANN@contoso.example');

    expect(asked.name).toBe('restore-user');
    expect(asked.text).toContain('It can be done until 22 December 2026 at 09:00.');
    expect(asked.text).toContain('The user name is free.');
    expect(asked.text).toContain('Comes back: Office 365 E3');
    expect(asked.text).toContain('Does not come back, no seat is free: Power BI Pro');
    expect(asked.text).toContain('Roles that come back: Directory Readers');
    expect(asked.inputs).toEqual({});
    expect(await states()).toEqual(['ann deleted']);

    const back = await chat.press(asked, 'restore-user.confirm');
    expect(back.text).toContain('Came back: Office 365 E3');
    expect(back.text).toContain('Did not come back, no seat was free: Power BI Pro');
    expect(await restorations()).toMatchObject([{ outcome: 'success', target: 'ann@contoso.example' }]);
  });

  it('seats for several are told in order, and who gets none', async () => {
    await usersOf(world, ['ann', 'ben'], { licenses: ['POWER_BI_PRO'] });
    await deleteBy(chat, ['ann', 'ben']);
    const { connection } = world.database;
    await connection
      .collection('subscriptions')
      .updateOne({ skuPartNumber: 'POWER_BI_PRO' }, { $set: { consumed: 2 } });

    const asked = await chat.type('/restore-user ann@contoso.example ben@contoso.example');
    const back = await chat.press(asked, 'restore-user.confirm');

    expect(asked.text).toMatch(
      /ann {2}ann@contoso\.example\nben {2}ben@contoso\.example\nDoes not come back/,
    );
    expect(back.text).toMatch(/2 users restored\nben .*\nDid not come back.*Power BI Pro\nann .*\nCame back/);
  });

  it('several of the same name are offered with their dates', async () => {
    await usersOf(world, ['ann']);
    await deleteBy(chat, ['ann']);
    world.clock.pass(day);
    chat = await atContoso(world);
    await usersOf(world, ['ann']);
    await deleteBy(chat, ['ann']);

    const offered = await chat.type('/restore-user ann@contoso.example');

    expect(offered.name).toBe('deleted-matches');
    expect(offered.text.match(/Deleted on \d+ November/g)).toEqual([
      'Deleted on 23 November',
      'Deleted on 22 November',
    ]);
    expect((await chat.press(offered, 'restore-user.ask')).name).toBe('restore-user');
  });

  it('a part of a name offers matches, and a name nobody had says so with a way to the list', async () => {
    await usersOf(world, ['annabel']);
    await deleteBy(chat, ['annabel']);

    const some = await chat.type('/restore-user ann');
    const none = await chat.type('/restore-user zed@contoso.example');

    expect(some.text).toContain('annabel@contoso.example');
    expect(none.text).toContain('No deleted user matches');
    expect((await chat.press(none, 'deleted-users.page')).text).toContain('Deleted users (1)');
  });

  it('is told in French', async () => {
    await takenName();
    const french = await atContoso(world, 'web:ada', {
      locale: { language: 'fr', timeZone: 'Europe/Paris' },
    });

    const asked = await french.type('/restore-user ann@contoso.example');
    const back = await french.press(asked, 'restore-user.confirm');

    expect(asked.text).toContain('La restauration est possible jusqu’au 22 décembre 2026 à 10:00');
    expect(back.text).toContain('Utilisateur restauré');
  });
});

describe('A name that is taken', () => {
  it('is answered with a free one, which can be changed', async () => {
    const id = await takenName();
    await usersOf(world, ['ann2']);

    const asked = await chat.type('/restore-user ann@contoso.example');
    const back = await chat.press(asked, 'restore-user.confirm', { username: 'ann.lee' });

    expect(asked.inputs).toEqual({ username: 'ann3@contoso.example' });
    expect(back.text).toContain('ann.lee@contoso.example');
    expect(await world.rows('users', { userPrincipalName: 'ann.lee@contoso.example' })).toMatchObject([
      { _id: id, state: 'active', upnLower: 'ann.lee@contoso.example' },
    ]);
  });

  it.each([
    ['änn', 'Allowed are letters without accents'],
    ['ann@evil.example', 'Choose one of the customer'],
    ['a'.repeat(65), 'At most 64 characters'],
    ['ann.', 'There must be no dot'],
  ])(
    'is not replaced by %s: the reason stands at the field, what was typed is kept',
    async (typed, reason) => {
      await takenName();
      const asked = await chat.type('/restore-user ann@contoso.example');

      const again = await chat.press(asked, 'restore-user.confirm', { username: typed });

      expect(again.name).toBe('restore-user');
      expect(again.fault('username')).toContain(reason);
      expect(again.inputs).toEqual({ username: typed });
      expect(await states()).toEqual(['ann active', 'ann deleted']);
    },
  );

  it('meanwhile is said at the field, with another free one', async () => {
    await takenName();
    const asked = await chat.type('/restore-user ann@contoso.example');
    await usersOf(world, ['ann2']);

    const again = await chat.press(asked, 'restore-user.confirm');

    expect(again.fault('username')).toContain('ann2@contoso.example was taken meanwhile');
    expect(again.inputs).toEqual({ username: 'ann3@contoso.example' });
    expect((await chat.press(again, 'restore-user.confirm')).text).toContain('User restored');
  });

  it('by another one of those restored gets a field of its own', async () => {
    const id = await takenName();
    await deleteBy(chat, ['ann']);
    const offered = await chat.type('/restore-user ann@contoso.example');
    const both = offered.buttons
      .filter(({ verb }) => verb === 'restore-user.ask')
      .map(({ data }) => (data.frozen as { userIds: string }).userIds);
    const customerId = await customerIdOf(world, 'Contoso Bakery');
    const seal = createSeal(await sealKey(world.house.records, realEntropy));
    const frozen = seal.close('restore-user.ask', { customerId });

    const asked = await chat.send({
      kind: 'pressed',
      verb: 'restore-user.ask',
      data: { frozen, userIds: both.join(',') },
    });
    const back = await chat.press(asked, 'restore-user.confirm');

    expect(both).toContain(id);
    expect(Object.values(asked.inputs)).toEqual(['ann2@contoso.example']);
    expect(Object.keys(asked.inputs)).toEqual([`username.${both[1] ?? ''}`]);
    expect(back.text).toContain('2 users restored');
    expect(await states()).toEqual(['ann active', 'ann2 active']);
  });

  it('of a domain that is no longer the customer’s moves to the default domain', async () => {
    await usersOf(world, ['ann']);
    await deleteBy(chat, ['ann']);
    await setCustomer({ domains: ['bakery.example'], defaultDomain: 'bakery.example' });
    try {
      const asked = await chat.type('/restore-user ann@contoso.example');
      expect(asked.text).not.toContain('The user name is free');
      expect(asked.inputs).toEqual({ username: 'ann@bakery.example' });
      expect((await chat.press(asked, 'restore-user.confirm')).text).toContain('ann@bakery.example');
    } finally {
      await setCustomer({
        domains: ['contoso.example', 'contoso-shops.example'],
        defaultDomain: 'contoso.example',
      });
    }
  });
});

describe('A restoration', () => {
  it('takes effect once, pressed twice at once and in two processes, and says the same each time', async () => {
    await usersOf(world, ['ann'], { licenses: ['POWER_BI_PRO'] });
    await deleteBy(chat, ['ann']);
    const asked = await chat.type('/restore-user ann@contoso.example');
    const other = world.chat(undefined, { house: await world.another() });

    const answers = await Promise.all([
      chat.press(asked, 'restore-user.confirm'),
      other.press(asked, 'restore-user.confirm'),
    ]);
    answers.push(await chat.press(asked, 'restore-user.confirm'));

    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0].text).toContain('Came back: Power BI Pro');
    expect(await restorations()).toHaveLength(1);
    expect(await world.rows('subscriptions', { skuPartNumber: 'POWER_BI_PRO' })).toMatchObject([
      { consumed: 1 },
    ]);
  });

  it('by two operators at once has one winner, and the other learns who it was', async () => {
    await usersOf(world, ['ann']);
    await deleteBy(chat, ['ann']);
    await hire(world, 'web:gil', 'global_admin');
    const gil = await atContoso(world, 'web:gil', { house: await world.another() });
    const [mine, his] = [
      await chat.type('/restore-user ann@contoso.example'),
      await gil.type('/restore-user ann@contoso.example'),
    ];

    const answers = await Promise.all([
      chat.press(mine, 'restore-user.confirm'),
      gil.press(his, 'restore-user.confirm'),
    ]);

    const texts = answers.map(({ text }) => text).sort();
    expect(texts.filter((text) => text.includes('User restored'))).toHaveLength(1);
    expect(texts.join()).toMatch(/Already restored by (Ada|Gil) on 22 November 2026 at 09:00/);
    expect(await restorations()).toHaveLength(1);
  });

  it('can be done until the last millisecond and not one later', async () => {
    await usersOf(world, ['ann', 'ben']);
    await deleteBy(chat, ['ann', 'ben']);
    const asked = [
      await chat.type('/restore-user ann@contoso.example'),
      await chat.type('/restore-user ben@contoso.example'),
    ] as const;

    world.clock.pass(30 * day);
    const back = await chat.press(asked[0], 'restore-user.confirm');
    world.clock.pass(1);
    const late = await chat.press(asked[1], 'restore-user.confirm');

    expect(back.text).toContain('User restored');
    expect(late.text).toContain('the time for it was over on 22 December 2026 at 09:00');
    expect(verbsOn(late)).toEqual(['deleted-users.page']);
    expect(await states()).toEqual(['ann active', 'ben deleted']);
  });

  it('leaves directory roles away for who may not assign them, and says who could', async () => {
    await usersOf(world, ['ann'], { roles: ['Directory Readers'] });
    await deleteBy(chat, ['ann']);
    await hire(world, 'web:uma', 'user_management_admin');
    const uma = await atContoso(world, 'web:uma');

    const asked = await uma.type('/restore-user ann@contoso.example');
    const back = await uma.press(asked, 'restore-user.confirm');

    expect(asked.text).toContain('Roles that do not come back: Directory Readers');
    expect(asked.text).toContain('Admin agent or Global admin');
    expect(back.text).toContain('Roles that did not come back: Directory Readers');
    expect(await world.rows('users')).toMatchObject([{ state: 'active', roles: [] }]);
  });

  it('is refused above the operator’s reach, with the roles that could, and audited', async () => {
    await usersOf(world, ['ann'], { roles: ['Global Administrator'] });
    await deleteBy(chat, ['ann']);
    await hire(world, 'web:uma', 'user_management_admin');
    const uma = await atContoso(world, 'web:uma');
    const asked = await chat.type('/restore-user ann@contoso.example');

    for (const refused of [
      await uma.type('/restore-user ann@contoso.example'),
      await uma.press(asked, 'restore-user.confirm'),
    ]) {
      expect(refused.name).toBe('denied');
      expect(refused.text.match(/^– .*/gm)).toEqual(['– Admin agent', '– Global admin']);
    }
    expect((await restorations()).map(({ outcome }) => outcome)).toEqual(['denied', 'denied']);
  });

  it.each(['active', 'deleted'])(
    'of another customer’s %s user has no effect and is audited',
    async (state) => {
      const [id = ''] = await usersOf(world, ['ann']);
      if (state === 'deleted') await deleteBy(chat, ['ann']);
      const fabrikam = await customerIdOf(world, 'Ateliers Fabrikam');
      const seal = createSeal(await sealKey(world.house.records, realEntropy));
      const payload = { customerId: fabrikam, userIds: id };
      const confirm = { ...payload, form: newFormId(realEntropy) };

      for (const [verb, data] of [
        ['restore-user.ask', { frozen: seal.close('restore-user.ask', payload) }],
        [
          'restore-user.ask',
          { frozen: seal.close('restore-user.ask', { customerId: fabrikam }), userIds: id },
        ],
        ['restore-user.confirm', { frozen: seal.close('restore-user.confirm', confirm) }],
        ['delete-user.undo', { frozen: seal.close('delete-user.undo', confirm) }],
      ] as const) {
        expect((await chat.send({ kind: 'pressed', verb, data })).name).toBe('stale');
      }
      expect(await states()).toEqual([`ann ${state}`]);
      expect((await restorations()).map(({ outcome }) => outcome)).toEqual(Array(4).fill('denied'));
    },
  );
});
