import { button, formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';
import type { Deliveries } from '../../../src/ports/deliveries';

let test: SlackDoorTest;
let ada: SlackPerson;
let claim: Deliveries['claim'];

beforeEach(async () => {
  claim = () => Promise.resolve(true);
  test = await openSlackDoor({ deliveries: { claim: (key) => claim(key) } });
  ada = test.person({ id: 'UADA', name: 'Ada Byron' });
});
afterEach(async () => {
  await test.close();
  expect(ada.troubles).toEqual([]);
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 100));

it('takes what is delivered again for what it is', async () => {
  await ada.say('rollcall');
  const again = await ada.deliver(ada.last(), { times: 3, headers: { 'x-slack-retry-num': '1' } });
  await settled();

  expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(test.commands).toHaveLength(1);
  expect(ada.messages().filter(({ user }) => user !== 'UADA')).toHaveLength(1);
});

it('takes a press once', async () => {
  test.answerWith({ card: textCard('Hi', [button('test.go', 'Go')]) });
  await ada.command('/rollcall');
  await ada.until(() => ada.messages().length === 1);

  await ada.press({ channel: ada.privateChat }, 'test.go');
  await ada.deliver(ada.last(), { times: 2 });
  await settled();

  expect(test.commands).toHaveLength(2);
});

it('answers a form that is delivered twice with the same words, and runs it once', async () => {
  test.answerWith({ card: formCard() }, { opens: 'form' });
  await ada.command('/add-user');
  await ada.until(() => ada.shown().includes('A form'));
  test.answerWith({ card: textCard('Saved'), after: 100 }, { effect: true });

  const first = await ada.submit();
  const again = await ada.deliver(ada.last(), { times: 2 });
  await settled();

  expect(again.map(({ body }) => body)).toEqual([first?.body, first?.body]);
  expect(test.commands).toHaveLength(2);
  expect(test.delivered).toHaveLength(1);
});

it('leaves alone what another process has taken', async () => {
  claim = () => Promise.resolve(false);

  await ada.say('rollcall');
  await settled();

  expect(test.commands).toEqual([]);
});

it('goes on where nobody knows whether it came before', async () => {
  claim = () => Promise.reject(new Error('The database is away.'));
  await ada.say('rollcall');
  await ada.until(() => test.commands.length === 1);
  claim = () => new Promise(() => undefined);

  await ada.say('rollcall');

  await ada.until(() => test.commands.length === 2);
});
