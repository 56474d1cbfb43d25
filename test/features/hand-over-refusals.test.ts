import { openTestHouse, type Shown, type TestHouse } from '../support/house';
import { addUser, customerIdOf, hire, linkOn, verbsOn } from '../support/scenes';

let world: TestHouse;
beforeEach(async () => {
  world = await openTestHouse();
});
afterEach(() => world.close());

const resets = () => world.rows('audit', { action: 'reset_customer_user_password' });
const passwords = async () => (await world.rows('users')).map(({ password }) => password);

describe('The guard on privileged accounts', () => {
  async function asHelpdesk(roles: string): Promise<{ asked: Shown; issued: Shown }> {
    const created = await addUser(world, { roles });
    const form = await world.chat().press(created, 'Issue again');
    const helpdesk = world.chat('web:hugo');
    return {
      asked: await helpdesk.press(created, 'Issue again'),
      issued: await helpdesk.press(form, 'hand-over.issue'),
    };
  }

  it.each([
    ['User Administrator', ['User management admin', 'Admin agent', 'Global admin']],
    ['Global Administrator', ['Admin agent', 'Global admin']],
    ['Directory Readers,Global Administrator', ['Admin agent', 'Global admin']],
    ['Exchange Administrator', ['Admin agent', 'Global admin']],
  ])('keeps a helpdesk agent from a user who is %s, and says who could', async (roles, who) => {
    const { asked, issued } = await asHelpdesk(roles);

    for (const refused of [asked, issued]) {
      expect(refused.name).toBe('denied');
      expect(refused.text.split('\n').filter((line) => line.startsWith('– '))).toEqual(
        who.map((one) => `– ${one}`),
      );
      expect(refused.text).not.toContain('zoe');
    }
    expect(await resets()).toMatchObject([
      { operator: 'web:hugo', outcome: 'denied', target: 'zoe.durand@contoso.example' },
      { operator: 'web:hugo', outcome: 'denied', target: 'zoe.durand@contoso.example' },
    ]);
    expect((await resets()).map(({ customerId }) => customerId)).toEqual(
      Array(2).fill(await customerIdOf(world, 'Contoso Bakery')),
    );
    expect(await world.rows('secrets')).toMatchObject([{ state: 'waiting' }]);
    expect(await world.rows('effects')).toHaveLength(1);
  });

  it.each(['', 'Directory Readers', 'Helpdesk Administrator'])(
    'lets a helpdesk agent issue again for a user with the roles "%s"',
    async (roles) => {
      const { asked, issued } = await asHelpdesk(roles);

      expect(asked.name).toBe('hand-over-ask');
      expect(linkOn(issued)).not.toBeNull();
      expect(await resets()).toMatchObject([{ operator: 'web:hugo', outcome: 'success' }]);
    },
  );

  it('counts a role that was given after the question was asked', async () => {
    const helpdesk = world.chat('web:hugo');
    const asked = await helpdesk.press(await addUser(world), 'Issue again');
    await world.database.connection
      .collection('users')
      .updateOne({}, { $set: { roles: ['Global Administrator'] } });

    expect((await helpdesk.press(asked, 'hand-over.issue')).name).toBe('denied');
    expect(await world.rows('secrets')).toMatchObject([{ state: 'waiting' }]);
  });
});

describe('A hand-over whose user is not there', () => {
  it.each(['Issue again', 'Refresh'])('says so with a way back, after a deletion: %s', async (button) => {
    const created = await addUser(world);
    await world.database.connection.collection('users').updateOne({}, { $set: { state: 'deleted' } });

    const gone = await world.chat().press(created, button);

    expect(gone.name).toBe('user-gone');
    expect(verbsOn(gone)).toContain('customers.search');
  });

  it('changes nothing when the user goes between question and answer', async () => {
    const chat = world.chat();
    const asked = await chat.press(await addUser(world), 'Issue again');
    await world.database.connection.collection('users').updateOne({}, { $set: { state: 'deleted' } });
    const before = await passwords();

    expect((await chat.press(asked, 'hand-over.issue')).name).toBe('user-gone');
    expect(await passwords()).toEqual(before);
    expect(await resets()).toEqual([]);
  });

  it('does not reach a user who belongs to another customer meanwhile', async () => {
    const chat = world.chat();
    const asked = await chat.press(await addUser(world), 'Issue again');
    const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
    await world.database.connection.collection('users').updateOne({}, { $set: { customerId } });

    expect((await chat.press(asked, 'hand-over.issue')).name).toBe('user-gone');
    expect(await resets()).toEqual([]);
  });

  it('is refused to an operator whose customers do not include this one, and audited there', async () => {
    const created = await addUser(world);
    const own = await customerIdOf(world, 'Ateliers Fabrikam');
    const eve = await hire(world, 'web:eve', 'admin_agent', [own]);

    const refused = await eve.press(created, 'Issue again');

    expect(refused.name).toBe('customer-not-yours');
    expect(refused.text).not.toContain('Contoso');
    expect(await resets()).toMatchObject([
      { operator: 'web:eve', outcome: 'denied', customerId: await customerIdOf(world, 'Contoso Bakery') },
    ]);
  });
});
