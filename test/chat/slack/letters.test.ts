import type { SlackPerson } from '../../support/slack/person-contract';
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
