import type { MessageContent, SlackCalls } from '../../../src/chat/slack/calls';
import { createMessenger } from '../../../src/chat/slack/messenger';
import type { Card } from '../../../src/ports/card';
import type { Locale } from '../../../src/ports/chat';
import type { Messenger } from '../../../src/ports/messenger';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import { createQuickCalls, failureOf, kindOf, saying } from '../../support/slack/quick-calls';

const french: Locale = { language: 'fr', timeZone: 'UTC' };
const card: Card = { name: 'help', data: {} };
const contentOf = ({ name }: Card, { language }: Locale): MessageContent => saying(`${name} in ${language}`);

let fake: FakeSlack;
let calls: SlackCalls;
let messenger: Messenger;
beforeAll(async () => {
  fake = await openFakeSlack();
  fake.addUser({ id: 'UADA' });
  fake.addChannel({ id: 'COLD', isArchived: true });
  calls = createQuickCalls(fake);
  messenger = createMessenger({ calls, contentOf });
});
afterAll(() => fake.close());

describe('A card that changes by itself in Slack', () => {
  it('is shown in the place of the message that stands there', async () => {
    const { channel, ts } = await calls.post(await calls.privateChannel('UADA'), saying('Waiting'));
    fake.failNext('chat.update', { status: 429, retryAfter: 0 });

    const delivery = await messenger.update({ conversation: `slack:${channel}`, message: ts }, card, french);

    expect(delivery).toBe('delivered');
    expect(fake.messages('DUADA')).toMatchObject([{ ts, blocks: [{ text: { text: 'help in fr' } }] }]);
  });

  it.each([
    ['message', 'slack:DUADA', '1.1'],
    ['channel', 'slack:CNONE', '1.1'],
    ['use', 'slack:COLD', '1.1'],
    ['door', 'teams:19:x', '1.1'],
  ])('is gone where there is no %s any more', async (_, conversation, message) => {
    expect(await messenger.update({ conversation, message }, card, french)).toBe('gone');
  });

  it.each(['cant_update_message', 'edit_window_closed', 'not_in_channel'])(
    'is gone after %s',
    async (error) => {
      fake.failNext('chat.update', { error });

      expect(await messenger.update({ conversation: 'slack:DUADA', message: '1.1' }, card, french)).toBe(
        'gone',
      );
    },
  );

  it('is to be tried again where Slack does not answer', async () => {
    const impatient = createQuickCalls(fake, { timing: { postMs: 0 } });
    const trying = createMessenger({ calls: impatient, contentOf });
    fake.failNext('chat.update', { status: 500 });

    const kind = await kindOf(trying.update({ conversation: 'slack:DUADA', message: '1.1' }, card, french));

    expect(kind).toBe('later');
  });
});

describe('A card that nobody asked for in Slack', () => {
  it('is posted to the conversation', async () => {
    const conversation = `slack:${await calls.privateChannel('UADA')}`;
    const before = fake.messages('DUADA').length;

    const address = await messenger.post(conversation, card, french);

    const posted = fake.messages('DUADA').slice(before);
    expect(posted).toMatchObject([{ blocks: [{ text: { text: 'help in fr' } }] }]);
    expect(address).toEqual({ conversation, message: posted[0]?.ts });
  });

  it.each(['slack:CNONE', 'slack:COLD', 'teams:19:x'])('is gone in %s', async (conversation) => {
    expect(await messenger.post(conversation, card, french)).toBe('gone');
  });

  it('is not posted again in a channel where it may stand already: whoever does says so on it', async () => {
    fake.addChannel({ id: 'CTEAM' });
    fake.failNext('chat.postMessage', { drop: true, effect: true });

    const failure = await failureOf(messenger.post('slack:CTEAM', card, french));

    expect(failure).toMatchObject({ kind: 'later', mayHaveHappened: true });
    expect(fake.messages('CTEAM')).toHaveLength(1);
  });

  it('is looked for in a private chat before it is posted again', async () => {
    const before = fake.messages('DUADA').length;
    fake.failNext('chat.postMessage', { drop: true, effect: true });

    await messenger.post('slack:DUADA', card, french);

    expect(fake.messages('DUADA')).toHaveLength(before + 1);
  });

  it('is to be posted later where Slack says so, as long after as it asks for', async () => {
    const impatient = createQuickCalls(fake, { timing: { postMs: 0 } });
    const trying = createMessenger({ calls: impatient, contentOf });
    fake.failNext('chat.postMessage', { status: 429, retryAfter: 7 });

    await expect(trying.post('slack:DUADA', card, french)).rejects.toMatchObject({
      kind: 'later',
      retryAfterMs: 7_000,
    });
  });
});
