import { openSlackHouse, type SlackHouse } from '../../support/slack/slack-house';
import type { SlackPerson } from '../../support/slack/person-contract';
import { readScreen } from '../../support/slack/screen';

const headings = 'First name,Last name,Display name,Email,Location,Licenses';
const file = (...rows: string[]) => [headings, ...rows, ''].join('\n');
const zoe = 'Zoé,Durand,Zoé Durand,zoe@contoso.example,FR,Office 365 E3';
const adam = 'Adam,Okoye,Adam Okoye,adam@contoso.example,,';

let world: SlackHouse;
let ada: SlackPerson;
beforeAll(async () => {
  world = await openSlackHouse();
  ada = world.person({ id: 'UADA', name: 'Ada Byron' });
  await pickCustomer(ada.privateChat);
});
afterAll(async () => {
  const { refusals } = world.fake;
  await world.close();
  expect(refusals.filter(({ method }) => method !== 'download')).toEqual([]);
  expect(ada.troubles).toEqual([]);
});

async function pickCustomer(channel: string): Promise<void> {
  const before = ada.messages().length;
  await ada.closeAll();
  await ada.command('/customers', 'contoso', { channel });
  await ada.until(() => ada.view() !== null && ada.shown().includes('Contoso Bakery'));
  await ada.press('view', 'customers.pick');
  await ada.until(() => ada.messages().length > before);
  await ada.closeAll();
}

const lastMessage = () => ada.messages().at(-1)!;
const read = () => readScreen(lastMessage().blocks);
const says = (text: string) => ada.until(() => read().includes(text));
const buttons = () => JSON.stringify(lastMessage().blocks).match(/"action_id":"([^"]+)"/g);

test('A file whose rows say everything is imported from the message that says what it would do', async () => {
  await ada.dropFile('first.csv', file(zoe, zoe));
  await says('1 user can be imported');

  expect(read()).toContain('1 row repeats a row above it');
  expect(ada.view()).toBeNull();
  await ada.press(lastMessage(), 'import.start');
  await ada.until(() => !read().includes('can be imported'));
  await world.runImports();
  await says('1 user created');

  expect(read()).toMatch(/http:\S+\/s\/[\w-]{43}/);
  expect(await world.rows('users', { upnLower: 'zoe@contoso.example' })).toHaveLength(1);
});

test('A file that leaves something to choose can be read in the message, whose button opens the form', async () => {
  await ada.dropFile('second.csv', file(adam));
  await says('1 user can be imported');

  expect(read()).toContain('second.csv');
  expect(JSON.stringify(lastMessage().blocks)).not.toContain('"type":"input"');
  expect(buttons()).toEqual(['"action_id":"import.refresh"']);
  await ada.press(lastMessage(), 'import.refresh');
  await ada.until(() => ada.view()?.payload.callback_id === 'import.start');
  await ada.fill({ usageLocation: 'FR', licenses: 'ENTERPRISEPACK' });
  await ada.submit();
  await ada.until(() => ada.view()?.payload.callback_id !== 'import.start');
  await world.runImports();
  await says('1 user created');

  expect(await world.rows('users', { upnLower: 'adam@contoso.example' })).toMatchObject([
    { usageLocation: 'FR', licenses: ['ENTERPRISEPACK'] },
  ]);
});

test('A file in a channel is answered in private, form and all', async () => {
  world.fake.addChannel({ id: 'C1', members: ['UADA'] });
  await pickCustomer('C1');

  await ada.dropFile('third.csv', file('Bo,Ek,Bo Ek,bo@contoso.example,,'), { channel: 'C1' });
  await ada.until(() => ada.whispers().length === 1);
  await says('1 user can be imported');

  expect(world.fake.messages('C1')).toEqual([]);
  expect(buttons()).toEqual(['"action_id":"import.refresh"']);
  await ada.press(lastMessage(), 'import.refresh');
  await ada.until(() => ada.view()?.payload.callback_id === 'import.start');
  await ada.closeAll();
});

test('A file that Slack does not give is answered with what to do, and nothing is imported', async () => {
  world.fake.failNext('download', { error: 'missing_scope' });

  await ada.dropFile('fourth.csv', file(zoe));
  await says('Rollcall may not read files here yet.');

  expect(await world.rows('imports', { fileName: 'fourth.csv' })).toEqual([]);
  expect(world.log.lines.join('\n')).toContain('a page came in its place');
});

test('A file of somebody who may not import is not fetched; they are told which role it takes', async () => {
  await world.database.connection
    .collection('operators')
    .insertOne({ operator: 'slack:UBOB', partnerRole: 'billing_admin', customers: 'all' });
  const bob = world.person({ id: 'UBOB', name: 'Bob' });
  const fetched = () => world.fake.calls.filter(({ method }) => /download|files/.test(method)).length;
  const before = fetched();

  await bob.dropFile('fifth.csv', file(zoe), { told: ['message'] });
  await bob.until(() => bob.shown().includes('Sales agent'));

  expect(fetched()).toBe(before);
});
