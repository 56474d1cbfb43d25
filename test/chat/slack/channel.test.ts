import type { SlackPerson } from '../../support/slack/person-contract';
import { readScreen } from '../../support/slack/screen';
import { openSlackHouse, type SlackHouse } from '../../support/slack/slack-house';

let world: SlackHouse;
let ada: SlackPerson;
let bob: SlackPerson;

beforeAll(async () => {
  world = await openSlackHouse({ adminAgents: ['slack:UADA', 'slack:UBOB'] });
  ada = world.person({ id: 'UADA', name: 'Ada Lovelace', locale: 'en-GB' });
  bob = world.person({ id: 'UBOB', name: 'Bob Noyce', locale: 'fr-FR' });
  world.fake.addChannel({ id: 'C1', members: ['UADA', 'UBOB'] });
});
afterAll(async () => {
  const { refusals } = world.fake;
  await world.close();
  expect(refusals).toEqual([]);
  expect([...ada.troubles, ...bob.troubles]).toEqual([]);
});

const said = () => world.fake.messages('C1').filter(({ user }) => user === 'UROLLCALL');
const answers = async (count: number) => {
  await ada.until(() => said().length === count);
  return said();
};

it('says nothing in a channel of what stood behind a slash, known or not', async () => {
  await ada.command('/rollcall', 'zoe.durand@contoso.example', { channel: 'C1' });
  const [answer] = await answers(1);

  expect(readScreen(answer?.blocks ?? [])).toContain('I do not know this command');
  expect(JSON.stringify(world.fake.messages('C1'))).not.toContain('zoe');
});

it('keeps apart what two operators do in one channel, in their own languages', async () => {
  for (const [person, customer] of [
    [ada, 'Contoso Bakery'],
    [bob, 'Ateliers Fabrikam'],
  ] as const) {
    await person.command('/customers', '', { channel: 'C1' });
    await person.until(() => person.view()?.payload.callback_id === 'customers.search');
    await person.press('view', 'customers.pick', { row: customer });
    await person.until(() => person.messages().length > 0);
    await person.closeAll();
  }
  await Promise.all([ada, bob].map((person) => person.command('/add-user', '', { channel: 'C1' })));
  for (const person of [ada, bob])
    await person.until(() => person.view()?.payload.callback_id === 'add-user.save');

  expect(ada.shown()).toMatch(/Contoso Bakery[^]*Given name/);
  expect(bob.shown()).toMatch(/Ateliers Fabrikam[^]*Prénom/);
});

it('opens a form that was asked for in a channel for whoever presses, with their own customer', async () => {
  await Promise.all([ada.closeAll(), bob.closeAll()]);
  const before = said().length;
  await ada.mention('C1', 'add-user');
  const opener = (await answers(before + 1)).at(-1);

  await bob.press({ channel: 'C1' }, 'add-user.open');
  await bob.until(() => bob.view()?.payload.callback_id === 'add-user.save');

  expect(bob.shown()).toContain('Ateliers Fabrikam');
  expect(opener?.thread).not.toBeNull();
  expect(ada.view()).toBeNull();
  expect(JSON.stringify(opener)).not.toMatch(/Contoso|Fabrikam/);
});

it('brings nothing about users, customers or links into a channel, its notifications or its log', async () => {
  await bob.fill({ givenName: 'Eve', surname: 'Curie', username: 'eve.curie', usageLocation: 'FR' });
  await bob.submit();
  await bob.until(() => JSON.stringify(bob.messages()).includes('/s/'));
  const before = said().length;
  await bob.closeAll();
  await bob.mention('C1', 'user eve.curie@fabrikam.example');
  await bob.until(() => bob.whispers().length > 0);
  await bob.command('/users', 'eve', { channel: 'C1' });
  await bob.until(() => bob.view() !== null && bob.shown().includes('eve.curie'));

  expect(said()).toHaveLength(before);
  expect(JSON.stringify(said())).not.toMatch(/curie|Fabrikam|\/s\//i);
  const texts = world.fake.calls.map(({ args }) => ('text' in args ? args.text : ''));
  expect(texts.join()).not.toMatch(/curie|Fabrikam|\/s\//i);
  const links = JSON.stringify(bob.messages()).match(/\/s\/[\w-]{43}/g) ?? [];
  const secrets = [world.fake.token, world.fake.signingSecret, ...links.map((link) => link.slice(3))];
  expect(links).not.toEqual([]);
  for (const secret of secrets) expect(world.log.lines.join()).not.toContain(secret);
});
