import { cardOf } from '../../support/fake-connector';
import {
  ann,
  annOperator,
  bot,
  execute,
  mention,
  message,
  places,
  submit,
} from '../../support/teams-activities';
import { startTeamsTest, type TeamsTest } from '../../support/teams-door';

let teams: TeamsTest;
beforeEach(async () => {
  teams = await startTeamsTest(() => ({ kind: 'anonymous' }));
});
afterEach(() => teams.close());

const answerCard = { type: 'AdaptiveCard', name: 'answer', language: 'en' };
const notice = 'application/vnd.microsoft.activity.message';

describe('a typed command', () => {
  test('is answered with a card in the private chat', async () => {
    expect(await teams.send(message('personal', '/add-user'))).toEqual({ status: 200, body: null });

    expect(teams.commands).toEqual([
      {
        door: 'teams',
        operator: annOperator,
        operatorName: 'Ann Archer',
        conversation: { id: 'teams:a:ann', kind: 'personal' },
        locale: { language: 'en', timeZone: 'Europe/London' },
        prefix: '',
        input: { kind: 'typed', text: '/add-user' },
      },
    ]);
    const [sent] = teams.connector.messages('a:ann');
    expect(cardOf(sent)).toEqual(answerCard);
    expect(teams.delivered).toEqual([{ conversation: 'teams:a:ann', message: sent!.id }]);
  });

  test('is notified without a name and without a link', async () => {
    await teams.send(message('personal', '/add-user', { locale: 'fr-FR' }));

    const [sent] = teams.connector.messages('a:ann');
    expect(sent!.activity).toMatchObject({ summary: 'Rollcall a répondu' });
    expect(sent!.activity.text).toBeUndefined();
  });

  test('with a mention in a group is answered in the group where everybody may see it', async () => {
    teams.answerWith({ audience: 'conversation' });

    await teams.send(mention('group', '/rollcall'));

    expect(teams.commands[0]).toMatchObject({
      prefix: '@Rollcall ',
      input: { kind: 'typed', text: '/rollcall' },
    });
    expect(teams.connector.messages(places.group.id).map(cardOf)).toEqual([answerCard]);
  });

  test('in a channel is answered in its thread, and the address names the channel', async () => {
    teams.answerWith({ audience: 'conversation' });

    await teams.send(mention('channel', '/rollcall'));

    const [sent] = teams.connector.messages(places.channel.id);
    expect(cardOf(sent)).toEqual(answerCard);
    expect(teams.delivered).toEqual([{ conversation: 'teams:19:team@thread.tacv2', message: sent!.id }]);
  });

  test('of somebody whom Teams does not name is refused politely', async () => {
    await teams.send(message('personal', '/add-user', { from: { id: '29:guest' } }));

    expect(teams.commands).toEqual([]);
    expect(teams.connector.messages('a:ann')[0]!.activity.text).toMatch(/does not say who you are/);
  });

  test('of a bot is ignored', async () => {
    await teams.send(message('personal', '/add-user', { from: bot }));

    expect(teams.commands).toEqual([]);
    expect(teams.connector.messages('a:ann')).toEqual([]);
  });
});

describe('what is for the operator alone', () => {
  test('goes from a group to the known private chat, with one line in the group', async () => {
    await teams.send(message('personal', 'hello'));
    await teams.send(mention('group', '/add-user'));

    expect(teams.connector.messages('a:ann').map(cardOf)).toEqual([answerCard, answerCard]);
    const inGroup = teams.connector.messages(places.group.id);
    expect(inGroup.map(({ activity }) => activity.text)).toEqual([
      'The answer is in your private chat with me.',
    ]);
    expect(inGroup.map(cardOf)).toEqual([undefined]);
    expect(teams.delivered.at(-1)).toMatchObject({ conversation: 'teams:a:ann' });
    expect(teams.connector.created).toEqual([]);
  });

  test('opens a private chat where there is none, and remembers it', async () => {
    await teams.send(mention('channel', '/add-user'));
    await teams.send(mention('group', '/add-user'));

    expect(teams.connector.created).toMatchObject([
      { isGroup: false, members: [{ id: ann.id }], tenantId: places.channel.tenantId },
    ]);
    const opened = `a:private-of-${ann.id}`;
    expect(teams.connector.messages(opened).map(cardOf)).toEqual([answerCard, answerCard]);
    expect(teams.addresses.all.get(`teams:${opened}`)).toMatchObject({
      kind: 'personal',
      operator: annOperator,
    });
  });

  test('opens a new private chat where the known one is gone', async () => {
    await teams.send(message('personal', 'hello'));
    teams.connector.refuse('a:ann', { status: 403, code: 'BotNotInConversationRoster' });

    await teams.send(mention('group', '/add-user'));

    expect(teams.connector.messages(`a:private-of-${ann.id}`).map(cardOf)).toEqual([answerCard]);
    expect(teams.addresses.all.has('teams:a:ann')).toBe(false);
  });

  test('is said to be out of reach, with the remedy, where no private chat can be opened', async () => {
    teams.connector.refuse('new', { status: 403, code: 'ForbiddenOperationException' });

    await teams.send(mention('group', '/add-user'));

    const [line, ...more] = teams.connector.messages(places.group.id);
    expect(line!.activity.text).toMatch(/Open the personal chat with this bot/);
    expect(line!.activity.attachments).toBeUndefined();
    expect(more).toEqual([]);
    expect(teams.delivered).toEqual([]);
  });

  test('leaves the card that was pressed in a group as it is', async () => {
    const pressed = teams.connector.post(places.group.id);
    teams.answerWith({ place: 'here' });

    const { body } = await teams.send(execute('group', pressed, 'add-user.open'));

    expect(body).toMatchObject({
      statusCode: 200,
      type: notice,
      value: 'The answer is in your private chat with me.',
    });
    expect(teams.connector.messages(places.group.id)).toMatchObject([
      { id: pressed, updates: 0 },
      { activity: { text: 'The answer is in your private chat with me.' } },
    ]);
    expect(teams.connector.messages(`a:private-of-${ann.id}`).map(cardOf)).toEqual([answerCard]);
  });
});

describe('a press', () => {
  test('is answered in place, and the message shows the same card', async () => {
    const pressed = teams.connector.post('a:ann');
    teams.answerWith({ place: 'here' });

    const response = await teams.send(execute('personal', pressed, 'add-user.save', { displayName: 'Zoé' }));

    expect(response).toEqual({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answerCard },
    });
    expect(teams.commands[0]!.input).toEqual({
      kind: 'pressed',
      verb: 'add-user.save',
      data: { displayName: 'Zoé' },
    });
    const messages = teams.connector.messages('a:ann');
    expect(messages).toHaveLength(1);
    expect(cardOf(messages[0])).toEqual(answerCard);
    expect(teams.delivered).toEqual([{ conversation: 'teams:a:ann', message: pressed }]);
  });

  test('in a thread updates the message there', async () => {
    const pressed = teams.connector.post(places.channel.id);
    teams.answerWith({ place: 'here', audience: 'conversation' });

    await teams.send(execute('channel', pressed, 'help.open'));

    expect(teams.connector.messages(places.channel.id)).toMatchObject([{ id: pressed, updates: 1 }]);
  });

  test('keeps its answer where the message cannot be updated', async () => {
    teams.answerWith({ place: 'here' });

    const { body } = await teams.send(execute('personal', 'unknown', 'add-user.save'));

    expect(body).toMatchObject({ statusCode: 200, value: answerCard });
    expect(teams.log.lines.join()).toMatch(/could not be updated.*ActivityNotFoundInConversation/);
  });

  test('can be answered by a new message', async () => {
    const pressed = teams.connector.post('a:ann');

    const { body } = await teams.send(execute('personal', pressed, 'add-user.sheet'));

    expect(body).toMatchObject({ type: notice, value: 'Answered below.' });
    expect(teams.connector.messages('a:ann').map(cardOf)).toEqual([undefined, answerCard]);
  });

  test('of an Action.Submit replaces the form', async () => {
    const pressed = teams.connector.post('a:ann');
    teams.answerWith({ place: 'here' });

    const response = await teams.send(
      submit('personal', pressed, { verb: 'add-user.save', displayName: 'Zoé' }),
    );

    expect(response.status).toBe(200);
    expect(teams.commands[0]!.input).toMatchObject({ verb: 'add-user.save', data: { displayName: 'Zoé' } });
    expect(teams.connector.messages('a:ann').map(cardOf)).toEqual([answerCard]);
  });

  test('of an Action.Submit is answered below where the form is gone', async () => {
    teams.answerWith({ place: 'here' });

    await teams.send(submit('personal', 'unknown', { verb: 'add-user.save' }));

    expect(teams.connector.messages('a:ann').map(cardOf)).toEqual([answerCard]);
  });

  test('without a verb is a bad request', async () => {
    const { status } = await teams.send({ ...execute('personal', '1', 'x'), value: { action: {} } });

    expect(status).toBe(400);
    expect(teams.commands).toEqual([]);
  });

  test('that fails leaves the card, says so, and logs nothing of what was sent', async () => {
    teams.answerWith(() => Promise.reject(new Error('JvFm-4Cd3-aPEU-hybp')));

    const { status, body } = await teams.send(
      execute('personal', '1', 'add-user.save', { displayName: 'Zoé' }),
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({ type: notice });
    expect(teams.log.lines.join()).toMatch(/could not be delivered/);
    expect(teams.log.lines.join()).not.toMatch(/JvFm|Zoé/);
  });
});

test('a running turn is finished before the door closes, and nothing new is taken', async () => {
  let finish = (): void => undefined;
  const started = new Promise<void>((begin) => {
    teams.answerWith(() => {
      begin();
      return new Promise<never>((_resolve, reject) => {
        finish = () => reject(new Error('later'));
      });
    });
  });
  const turn = teams.send(message('personal', '/add-user'));
  await started;

  let closed = false;
  const closing = teams.door.close().then(() => (closed = true));
  const late = await teams.send(message('personal', '/customers'));
  expect({ late: late.status, closed }).toEqual({ late: 503, closed: false });

  finish();
  await closing;
  expect((await turn).status).toBe(200);
});
