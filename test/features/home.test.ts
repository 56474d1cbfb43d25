import { atContoso, deleteBy, usersOf } from '../support/deleted-scenes';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { customerIdOf, emptied, hire, verbsOn } from '../support/scenes';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const start = Date.parse('2026-11-22T09:00:00Z');

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.pass(start - world.clock.now().getTime());
  await emptied(world, ['users', 'audit', 'auditDetails', 'effects', 'choices', 'operators']);
});

const openHome = (chat: Chat): Promise<Shown> => chat.send({ kind: 'pressed', verb: 'home.open', data: {} });
const upns = ({ text }: Shown) => text.match(/\S+@contoso\.example/g) ?? [];

/** Deletes one user after the other, so that the first of them is lost first. */
async function deletedInTurn(chat: Chat, names: readonly string[]): Promise<void> {
  await usersOf(world, names);
  for (const name of names) {
    await deleteBy(chat, [name]);
    world.clock.pass(hour);
  }
}

describe('Where an operator starts', () => {
  it('no customer is picked yet: it says so and leads to the list', async () => {
    const chat = world.chat();

    const home = await openHome(chat);

    expect(home.text).toContain('No customer is picked here.');
    expect(home.inputs).toEqual({});
    expect(home.answer.audience).toBe('operator');
    expect((await chat.press(home, 'Pick a customer')).name).toBe('customers');
    expect((await chat.press(home, 'add-user.open')).text).toContain('Which customer is it for?');
  });

  it('the picked customer stands there, and can be changed', async () => {
    const chat = await atContoso(world);

    const home = await openHome(chat);

    expect(home.text).toMatch(/^Contoso Bakery {2}contoso\.example/);
    expect(home.text).toContain('No deleted user can be restored.');
    expect((await chat.press(home, 'Change')).name).toBe('customers');
  });

  it('its buttons act for the customer that stands there, whoever is picked since', async () => {
    const chat = await atContoso(world);
    const home = await openHome(chat);
    await chat.press(await chat.type('/customers fabrikam'), 'customers.pick');

    for (const verb of ['add-user.open', 'users.search', 'audit.page']) {
      expect((await chat.press(home, verb)).text).toMatch(/^Contoso Bakery/);
    }
  });

  it('a choice of more than 8 hours ago does not count, and none in another conversation', async () => {
    const chat = await atContoso(world);
    const elsewhere = world.chat(undefined, { conversation: { id: 'demo:other', kind: 'personal' } });

    expect((await openHome(elsewhere)).text).toContain('No customer is picked here.');
    world.clock.pass(8 * hour + 1);
    expect((await openHome(chat)).text).toContain('No customer is picked here.');
  });

  it('a customer who is not the operator’s any more is not shown', async () => {
    await hire(world, 'web:sam', 'user_management_admin', [await customerIdOf(world, 'Contoso Bakery')]);
    const chat = await atContoso(world, 'web:sam');
    const operators = world.database.connection.collection('operators');
    await operators.updateOne({ operator: 'web:sam' }, { $set: { customers: [] } });

    const home = await openHome(chat);

    expect(home.text).not.toContain('Contoso');
    expect(home.text).toContain('No customer is picked here.');
  });
});

describe('The deleted users there', () => {
  it('are five at most, the most urgent first, each with the days that are left', async () => {
    const chat = await atContoso(world);
    await deletedInTurn(chat, ['ann', 'ben', 'cem', 'dan', 'eva', 'fay']);
    world.clock.pass(29 * day - 6 * hour);
    await chat.press(await chat.type('/customers contoso'), 'customers.pick');

    const home = await openHome(chat);

    expect(home.text).toContain('Deleted users (6), the most urgent first');
    expect(upns(home)).toEqual(['ann', 'ben', 'cem', 'dan', 'eva'].map((name) => `${name}@contoso.example`));
    expect(home.text).toContain('1 day left');
    expect((await chat.press(home, 'All deleted users')).text).toContain('Deleted users (6)');
  });

  it('are gone from it once they cannot be restored any more', async () => {
    const chat = await atContoso(world);
    await deletedInTurn(chat, ['ann']);
    world.clock.pass(30 * day);
    await chat.press(await chat.type('/customers contoso'), 'customers.pick');

    const home = await openHome(chat);

    expect(upns(home)).toEqual([]);
    expect(verbsOn(home)).not.toContain('deleted-users.page');
  });

  it('are not shown to a role that may not list them', async () => {
    await deletedInTurn(await atContoso(world), ['ann']);
    await hire(world, 'web:bill', 'billing_admin');
    const chat = await atContoso(world, 'web:bill');

    const home = await openHome(chat);

    expect(home.text).toMatch(/^Contoso Bakery/);
    expect(home.text).not.toMatch(/deleted|ann/i);
    expect(verbsOn(home)).toEqual(['customers.search', 'help.open']);
  });
});

it('only the buttons that a role may use stand there', async () => {
  await hire(world, 'web:hedy', 'helpdesk_agent');
  const chat = await atContoso(world, 'web:hedy');

  expect(verbsOn(await openHome(chat))).toEqual(['customers.search', 'users.search', 'help.open']);
});

it('somebody who is no operator is told how to become one', async () => {
  expect((await openHome(world.chat('web:nobody'))).name).toBe('not-an-operator');
});
