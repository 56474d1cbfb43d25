import { button, formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';

let test: SlackDoorTest;
let ada: SlackPerson;

beforeEach(async () => {
  test = await openSlackDoor();
  ada = test.person({ id: 'UADA', name: 'Ada Byron' });
  await ada.command('/rollcall');
  await ada.until(() => test.delivered.length === 1);
});
afterEach(async () => {
  await test.close();
  expect(ada.troubles).toEqual([]);
});

const textOf = (value: unknown) => JSON.stringify(value);

describe('Where Slack does not take', () => {
  it('the view that shows a form is coming, the form comes all the same', async () => {
    test.fake.failNext('views.open', { status: 500 });
    test.answerWith({ card: formCard() }, { opens: 'form' });

    await ada.command('/add-user');
    await ada.until(() => ada.shown().includes('A form'));

    expect(test.commands).toHaveLength(2);
  });

  it('a form in its view, the view says so', async () => {
    test.fake.failNext('views.update', { error: 'invalid_arguments' });
    test.answerWith({ card: formCard(), after: 500 }, { opens: 'form' });

    await ada.command('/add-user');
    await ada.until(() => ada.shown().includes('could not be shown'));

    expect(test.log.lines.join()).toContain('invalid_arguments');
  });

  it('a form that came at once, whoever asked is told', async () => {
    for (let times = 0; times < 2; times += 1)
      test.fake.failNext('views.open', { error: 'invalid_arguments' });
    test.answerWith({ card: formCard() }, { opens: 'form' });

    await ada.command('/add-user');
    await ada.until(() => ada.whispers().length === 1);

    expect(ada.whispers()[0]?.text).toContain('could not be shown');
    expect(ada.view()).toBeNull();
  });

  it('to say which chat a shortcut is for, a view says so', async () => {
    const bob = test.person({ id: 'UBOB', name: 'Bob' });
    test.fake.failNext('conversations.open', { error: 'missing_scope' });

    await bob.shortcut('add-user.open');
    await bob.until(() => bob.view() !== null);

    expect(bob.shown()).toContain('could not be shown');
    expect(test.commands).toHaveLength(1);
  });

  it('a form that came at once, whoever is on the home tab is told there', async () => {
    test.answerWith({ card: textCard('At home', [button('test.go', 'Go')]) });
    await ada.openHome();
    await ada.until(() => ada.home() !== null);
    test.fake.failNext('views.open', { error: 'invalid_arguments', times: 2 });
    test.answerWith({ card: formCard() }, { opens: 'form' });

    await ada.press('home', 'test.go');
    await ada.until(() => ada.view() !== null);

    expect(ada.shown()).toContain('could not be shown');
  });

  it('the changed message, the answer stands below', async () => {
    test.answerWith({ card: textCard('Before', [button('test.go', 'Go')]) });
    await ada.command('/rollcall');
    await ada.until(() => test.delivered.length === 2);
    test.fake.failNext('chat.update', { error: 'message_not_found' });
    test.answerWith({ card: textCard('After') });

    await ada.press({ channel: ada.privateChat }, 'test.go');
    await ada.until(() => test.delivered.length === 3);

    expect(textOf(ada.messages().at(-1))).toContain('After');
  });

  it('a message, whoever asked is told', async () => {
    test.fake.failNext('chat.postMessage', { error: 'msg_too_long' });

    await ada.command('/rollcall');
    await ada.until(() => ada.whispers().length === 1);

    expect(ada.whispers()[0]?.text).toContain('could not be shown');
  });

  it('a message into a channel that it is no member of, the private chat gets it', async () => {
    test.fake.addChannel({ id: 'C1', members: ['UADA'], withoutBot: true });
    test.answerWith({ card: textCard('For all'), audience: 'conversation' });

    await ada.command('/rollcall', '', { channel: 'C1' });
    await ada.until(() => ada.whispers().length === 1);

    expect(textOf(ada.messages().at(-1))).toContain('For all');
    expect(ada.whispers()[0]?.text).toContain('private chat');
  });

  it('the message with a result, it comes later', async () => {
    test.answerWith({ card: formCard() }, { opens: 'form' });
    await ada.command('/add-user');
    await ada.until(() => ada.shown().includes('A form'));
    test.fake.failNext('chat.postMessage', { status: 503, times: 2 });
    test.answerWith({ card: textCard('Saved') }, { effect: true });

    await ada.submit();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await ada.until(() => test.delivered.length === 2);

    expect(ada.shown()).toBe('Saved');
    expect(textOf(ada.messages().at(-1))).toContain('Saved');
  });

  it('to say who somebody is, they are answered in English', async () => {
    const bob = test.person({ id: 'UBOB', name: 'Bob', locale: 'fr-FR' });
    test.fake.failNext('users.info', { status: 500, times: 20 });

    await bob.command('/rollcall');
    await bob.until(() => test.commands.length === 2);

    expect(test.commands[1]).toMatchObject({
      operator: 'slack:UBOB',
      operatorName: 'bob',
      locale: { language: 'en', timeZone: 'UTC' },
    });
  });
});

it('lets no card end the process that cannot be drawn', async () => {
  test.answerWith({ card: [] }, { effect: true });
  await ada.command('/rollcall');
  await ada.until(() => test.commands.length === 2);
  test.answerWith({ card: textCard('Still here') });

  await ada.command('/rollcall');

  await ada.until(() => textOf(ada.messages().at(-1)).includes('Still here'));
});
