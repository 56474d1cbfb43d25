import type { SlackPerson } from '../../support/slack/person-contract';
import { readScreen } from '../../support/slack/screen';
import { openSlackHouse, type SlackHouse } from '../../support/slack/slack-house';

let world: SlackHouse;
let ada: SlackPerson;

beforeAll(async () => {
  world = await openSlackHouse({ mail: {} });
  ada = world.person({ id: 'UADA', name: 'Ada Lovelace', locale: 'en-GB' });
  await ada.command('/add-user');
  await ada.until(() => ada.view()?.payload.callback_id === 'customers.search');
  await ada.press('view', 'customers.pick', { row: 'Contoso Bakery' });
  await ada.until(() => ada.view()?.payload.callback_id === 'add-user.save');
  await ada.fill({ givenName: 'Zoé', surname: 'Durand', username: 'zoe', usageLocation: 'FR' });
  await ada.submit();
  await ada.until(() => JSON.stringify(ada.messages()).includes('/s/'));
  await ada.closeAll();
});
afterAll(async () => {
  await world.close();
  expect(world.fake.refusals).toEqual([]);
});

it('asks in a view where a letter shall go, says what is wrong with the address, and queues it', async () => {
  await ada.press(ada.messages().at(-1)!, 'hand-over.mail');
  await ada.until(() => ada.view()?.payload.callback_id === 'hand-over.mail');
  await ada.fill({ email: 'zoe@contoso.example' });
  await ada.submit();
  await ada.until(() => Object.keys(ada.errors()).length > 0 || ada.shown().includes('the account itself'));
  expect(await world.rows('letters')).toEqual([]);

  await ada.fill({ email: 'zoe@home.example' });
  await ada.submit();
  await ada.until(async () => (await world.rows('letters')).length > 0);
  await ada.until(() => JSON.stringify(ada.messages()).includes('z…@home.example'));

  expect(await world.rows('letters')).toMatchObject([{ state: 'queued', email: 'zoe@home.example' }]);
  expect(await world.rows('liveCards', { subject: /^hand-over:letter:/ })).toHaveLength(1);
});

const read = (place = -1) => readScreen(ada.messages().at(place)!.blocks);
const says = (text: string, place = -1) => ada.until(() => read(place).includes(text));

it('tells of the letters of an import in a message of its own, and issues its sheet again where the result stands', async () => {
  await ada.closeAll();
  await ada.dropFile(
    'people.csv',
    'Display name,Email,Hand-over e-mail\nIna,ina@contoso.example,ina@home.example\nBo,bo@contoso.example,\n',
  );
  await says('1 user gets the link to the password by letter');
  await ada.press(ada.messages().at(-1)!, 'import.refresh');
  await ada.until(() => ada.view()?.payload.callback_id === 'import.start');
  await ada.fill({ language: 'fr' });
  await ada.submit();
  await ada.until(() => ada.view()?.payload.callback_id !== 'import.start');
  await ada.closeAll();
  await world.runImports();
  await says('1 letter is waiting to be sent');
  expect(await world.rows('letters', { importId: { $ne: null } })).toMatchObject([{ language: 'fr' }]);
  const link = /\/s\/[\w-]{43}/.exec(read(-2))?.[0];

  await ada.press(ada.messages().at(-2)!, 'import.sheet');
  await says('Make a new temporary password for 1 user?', -2);
  await ada.press(ada.messages().at(-2)!, 'import.sheet');
  await says('New passwords are being made', -2);
  await world.runImports();
  await says('Issued again on', -2);

  expect(read(-2)).toMatch(/\/s\/[\w-]{43}/);
  expect(read(-2)).not.toContain(link);
});
