import { failureOf } from '../../../src/ports/messenger';
import { cardOf } from '../../support/fake-connector';
import { freePort } from '../../support/process';
import { mention, message, places } from '../../support/teams-activities';
import { startTeamsTest, type TeamsTest } from '../../support/teams-door';

let teams: TeamsTest;
beforeEach(async () => {
  teams = await startTeamsTest(() => ({ kind: 'anonymous' }));
});
afterEach(() => teams.close());

describe('the messenger', () => {
  const locale = { language: 'fr', timeZone: 'UTC' } as const;
  const card = { name: 'opened', data: {} };

  test('shows another card in a message', async () => {
    await teams.send(message('personal', '/add-user'));
    const [sent] = teams.connector.messages('a:ann');

    const outcome = await teams.door.messenger.update(
      { conversation: 'teams:a:ann', message: sent!.id },
      card,
      locale,
    );

    expect(outcome).toBe('delivered');
    expect(teams.connector.messages('a:ann').map(cardOf)).toEqual([
      { type: 'AdaptiveCard', name: 'opened', language: 'fr' },
    ]);
  });

  test('reaches a message in the thread of a channel', async () => {
    teams.answerWith({ audience: 'conversation' });
    await teams.send(mention('channel', '/rollcall'));
    const [address] = teams.delivered as { conversation: string; message: string }[];

    expect(await teams.door.messenger.update(address!, card, locale)).toBe('delivered');
    expect(teams.connector.messages(places.channel.id)).toMatchObject([{ updates: 1 }]);
  });

  test.each([
    [403, 'BotNotInConversationRoster'],
    [403, 'MessageWritesBlocked'],
    [404, 'ConversationNotFound'],
  ])('says that a message is gone (%i %s)', async (status, code) => {
    await teams.send(message('personal', '/add-user'));
    teams.connector.refuse('a:ann', { status, code });

    expect(
      await teams.door.messenger.update({ conversation: 'teams:a:ann', message: '1' }, card, locale),
    ).toBe('gone');
  });

  test('says that a message of a conversation it does not know is gone', async () => {
    expect(await teams.door.messenger.update({ conversation: 'teams:x', message: '1' }, card, locale)).toBe(
      'gone',
    );
  });

  test('throws where trying again may help, and the error holds nothing of the request', async () => {
    await teams.send(message('personal', '/add-user'));
    teams.connector.refuse('a:ann', { status: 400, code: 'BadArgument' });

    const failure = await teams.door.messenger
      .update({ conversation: 'teams:a:ann', message: '1' }, card, locale)
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({
      name: 'TeamsCallFailed',
      kind: 'failed',
      status: 400,
      code: 'BadArgument',
    });
    expect(failure).not.toHaveProperty('request');
    expect(failure).not.toHaveProperty('cause');
  });

  test.each([
    ['personal', message('personal', '/add-user'), 'a:ann'],
    ['group', mention('group', '/rollcall'), places.group.id],
  ] as const)('posts a card of its own in a %s conversation', async (_, asked, id) => {
    await teams.send(asked);
    const before = teams.connector.messages(id).length;

    const address = await teams.door.messenger.post(`teams:${id}`, card, locale);

    const sent = teams.connector.messages(id).slice(before);
    expect(sent.map(cardOf)).toEqual([{ type: 'AdaptiveCard', name: 'opened', language: 'fr' }]);
    expect(address).toEqual({ conversation: `teams:${id}`, message: sent[0]?.id });
  });

  test('begins a new post in a channel, and can change it later', async () => {
    await teams.send(mention('channel', '/rollcall'));
    const { conversation } = teams.delivered[0] as { conversation: string };

    const address = await teams.door.messenger.post(conversation, card, locale);

    expect(address).toMatchObject({ conversation });
    if (address === 'gone') throw new Error('The channel is there.');
    expect(await teams.door.messenger.update(address, card, locale)).toBe('delivered');
    const posted = teams.connector.messages(conversation.slice('teams:'.length));
    expect(posted.at(-1)).toMatchObject({ id: address.message, updates: 1 });
  });

  test.each([
    [403, 'BotNotInConversationRoster'],
    [404, 'ConversationNotFound'],
  ])('says that a conversation is gone (%i %s)', async (status, code) => {
    await teams.send(message('personal', '/add-user'));
    teams.connector.refuse('a:ann', { status, code });

    expect(await teams.door.messenger.post('teams:a:ann', card, locale)).toBe('gone');
    expect(await teams.door.messenger.post('teams:nobody', card, locale)).toBe('gone');
  });

  test('throws where a card may be taken later', async () => {
    await teams.send(message('personal', '/add-user'));
    teams.connector.refuse('a:ann', { status: 400, code: 'BadArgument' });

    await expect(teams.door.messenger.post('teams:a:ann', card, locale)).rejects.toMatchObject({
      kind: 'failed',
    });
  });

  test.each([
    [429, 7, { retryAfterMs: 7_000, mayHaveHappened: false }],
    [429, undefined, { retryAfterMs: null, mayHaveHappened: false }],
    [503, 30, { retryAfterMs: 30_000, mayHaveHappened: true }],
    [500, undefined, { retryAfterMs: null, mayHaveHappened: true }],
  ])(
    'says at once after a %i when to try again, and whether it may have come',
    async (status, after, said) => {
      await teams.send(message('personal', '/add-user'));
      const retryAfter = after === undefined ? {} : { retryAfter: after };
      teams.connector.refuse('a:ann', { status, code: 'Busy', ...retryAfter });

      const failure = await teams.door.messenger
        .post('teams:a:ann', card, locale)
        .catch((error: unknown) => error);

      expect(failureOf(failure)).toEqual(said);
      expect(teams.connector.refused).toBe(1);
    },
  );

  test('knows that nothing has come where nobody listens', async () => {
    await teams.send(message('personal', '/add-user'));
    const known = teams.addresses.all.get('teams:a:ann')!;
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const reference = known.reference.replace(teams.connector.serviceUrl, nowhere);
    await teams.addresses.remember({ ...known, reference });

    const failure = await teams.door.messenger
      .post('teams:a:ann', card, locale)
      .catch((error: unknown) => error);

    expect(failureOf(failure)).toEqual({ retryAfterMs: null, mayHaveHappened: false });
  });
});
