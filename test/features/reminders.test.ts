import { openTestHouse, type TestHouse } from '../support/house';
import { atContoso, deleteBy, usersOf } from '../support/deleted-scenes';
import { manyCustomers, storeCustomers } from '../support/many-customers';
import { subscribeIn } from '../support/reminder-scenes';
import { customerIdOf, emptied, hire } from '../support/scenes';

let world: TestHouse;
let contoso: string;
beforeAll(async () => {
  world = await openTestHouse();
  contoso = await customerIdOf(world, 'Contoso Bakery');
});
afterAll(() => world.close());
beforeEach(() => emptied(world, ['reminderSubscriptions', 'users', 'operators', 'audit', 'auditDetails']));

const stored = () => world.rows('reminderSubscriptions');

describe('/reminders', () => {
  it('offers what is usual to a conversation that was never asked', async () => {
    const form = await world
      .chat('web:ada', { locale: { language: 'fr', timeZone: 'Europe/Paris' } })
      .type('/reminders');

    expect(form.inputs).toEqual({
      ...{ enabled: 'true', customers: 'all', days: '7, 3, 1', hour: '8' },
      ...{ timeZone: 'Europe/Paris', language: 'fr', summary: 'false' },
    });
    expect(await stored()).toEqual([]);
  });

  it('stores what was chosen, once, and shows it when asked again', async () => {
    const chat = world.chat();
    const form = await chat.type('/reminders');
    const values = {
      customers: contoso,
      days: '10 2,10',
      hour: '17',
      timeZone: 'europe/paris',
      language: 'fr',
      summary: 'true',
    };

    const saved = await chat.press(form, 'reminders.save', values);
    await chat.press(form, 'reminders.save', { ...values, enabled: 'false' });

    expect(saved.text).toContain('This chat is reminded');
    expect(saved.text).toContain('For Contoso Bakery.');
    expect(saved.text).toContain('10, 2, at 17:00');
    expect(saved.text).toContain('With a daily summary at that hour.');
    expect(await stored()).toMatchObject([
      {
        ...{ _id: 'demo:web:ada', enabled: true, customers: [contoso], days: [10, 2], hour: 17 },
        ...{ language: 'fr', operator: 'web:ada', summary: true },
      },
    ]);
    expect(await world.rows('audit', { action: 'update_reminders' })).toHaveLength(1);
    expect((await chat.press(saved, 'reminders.open')).inputs).toMatchObject({ days: '10, 2', hour: '17' });
  });

  it('says that nothing is sent where whoever asked may not see deleted users any more', async () => {
    const group = { id: 'demo:the-team', kind: 'group' } as const;
    await hire(world, 'web:ben', 'helpdesk_agent');
    await subscribeIn(world, { conversation: group.id, kind: 'group', operator: 'web:ben' });
    const ada = world.chat('web:ada', { conversation: group });
    expect((await ada.type('/reminders')).text).not.toContain('Nothing is sent here');

    await emptied(world, ['operators']);
    const form = await ada.type('/reminders');
    await ada.press(form, 'reminders.save', { ...form.inputs });

    expect(form.text).toContain('Nothing is sent here at present');
    expect((await ada.type('/reminders')).text).not.toContain('Nothing is sent here');
  });

  it('says that saving drops customers for whom the form has no room', async () => {
    const many = manyCustomers(52);
    await storeCustomers(world.database.connection, many);
    await subscribeIn(world, { customers: many.map(({ id }) => id) });

    const form = await world.chat().type('/reminders');

    expect(form.inputs['customers']?.split(',')).toHaveLength(50);
    expect(form.text).toContain('is reminded of: 52; those that can be ticked here: 50');
  });

  it('is about the group where it was typed, wherever the form is filled in', async () => {
    const group = { id: 'demo:the-team', kind: 'group' } as const;
    const form = await world.chat('web:ada', { conversation: group }).type('/reminders');
    expect(form.answer.audience).toBe('operator');
    expect(form.text).toContain('Everybody there sees their names.');

    const saved = await world.chat().press(form, 'reminders.save');

    expect(saved.text).toContain('The group is reminded');
    expect(await stored()).toMatchObject([{ _id: 'demo:the-team', kind: 'group' }]);
  });

  it.each([
    [{ days: '' }, 'This field is required.'],
    [{ days: '7, soon, 99' }, 'Not understood: soon, 99.'],
    [{ timeZone: 'Mars/Olympus' }, 'Not a known time zone: Mars/Olympus.'],
    [{ hour: '24' }, 'This field is required.'],
    [{ language: 'de' }, 'This field is required.'],
    [{ customers: '' }, 'This field is required.'],
    [{ customers: 'nobody' }, 'Not a customer any more: nobody.'],
  ])('keeps what was typed beside the reason: %j', async (values, reason) => {
    const chat = world.chat();

    const again = await chat.press(await chat.type('/reminders'), 'reminders.save', values);

    expect(again.name).toBe('reminders');
    expect(again.text).toContain(reason);
    expect(await stored()).toEqual([]);
  });

  it('is refused for customers of others, and for those who may not list deleted users', async () => {
    const own = await hire(world, 'web:sam', 'helpdesk_agent', ['another']);
    const refused = await own.press(await own.type('/reminders'), 'reminders.save', { customers: contoso });
    const billing = await hire(world, 'web:bo', 'billing_admin');

    expect(refused.name).toBe('customer-not-yours');
    expect((await billing.type('/reminders')).name).toBe('denied');
    expect(await stored()).toEqual([]);
  });
});

describe('The first user deleted for a customer', () => {
  it('subscribes the private chat, and the card says so', async () => {
    await usersOf(world, ['ann', 'bob']);
    const chat = await atContoso(world);

    const deleted = await deleteBy(chat, ['ann']);

    expect(deleted.text).toContain('This chat is reminded before the time is over.');
    expect(await stored()).toMatchObject([
      { _id: 'demo:web:ada', enabled: true, customers: [contoso], hour: 8 },
    ]);
  });

  it('does not bring back what was switched off', async () => {
    await usersOf(world, ['ann', 'bob']);
    const chat = await atContoso(world);
    await deleteBy(chat, ['ann']);
    await chat.press(await chat.type('/reminders'), 'reminders.save', { enabled: 'false' });

    const deleted = await deleteBy(chat, ['bob']);

    expect(deleted.text).not.toContain('is reminded');
    expect(await stored()).toMatchObject([{ enabled: false }]);
  });

  it('does not subscribe a group', async () => {
    await usersOf(world, ['ann']);
    const chat = await atContoso(world, 'web:ada', { conversation: { id: 'demo:team', kind: 'group' } });

    const deleted = await deleteBy(chat, ['ann']);

    expect(deleted.text).not.toContain('is reminded');
    expect(await stored()).toEqual([]);
  });
});
