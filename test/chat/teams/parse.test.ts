import { parseActivity, type Incoming } from '../../../src/chat/teams/activity';
import {
  conversationId,
  parseConversation,
  parseInput,
  parseLocale,
  parseOperator,
  parsePrefix,
} from '../../../src/chat/teams/parse';
import { createTimeZones } from '../../../src/chat/time-zones';
import { ann, annOperator, execute, mention, message, places, submit } from '../../support/teams-activities';

const parse = (activity: object): Incoming =>
  parseActivity({ serviceUrl: 'http://127.0.0.1:1', ...activity }) ??
  (() => {
    throw new Error('This is no activity.');
  })();

describe('what is typed', () => {
  test.each([
    ['/add-user', '/add-user'],
    ['  /users&nbsp;o&#39;hara &amp; sons\n', "/users o'hara & sons"],
    ['&lt;b&gt; &#x41; &amp;lt; &unknown; &#9999999;', '<b> A &lt; &unknown; &#9999999;'],
    ['/user\u00a0zoé@contoso.com', '/user zoé@contoso.com'],
  ])('%j is read as %j', (text, read) => {
    expect(parseInput(parse(message('personal', text)))).toEqual({ kind: 'typed', text: read });
  });

  test('loses the mention of the bot in a group', () => {
    expect(parseInput(parse(mention('group', '/customers north')))).toEqual({
      kind: 'typed',
      text: '/customers north',
    });
  });

  test('keeps the name of somebody else who is mentioned', () => {
    const text = '<at>Rollcall</at> /users <at>Zoé</at>';
    expect(parseInput(parse(message('group', text, { entities: mention('group', '').entities })))).toEqual({
      kind: 'typed',
      text: '/users Zoé',
    });
  });

  test('is empty for a message without a text', () => {
    expect(parseInput(parse({ ...message('personal', ''), text: null }))).toEqual({
      kind: 'typed',
      text: '',
    });
  });
});

describe('a press', () => {
  test('of an Action.Execute carries its verb and data', () => {
    const data = { frozen: 'x', displayName: 'Zoé' };
    expect(parseInput(parse(execute('personal', '1', 'add-user.save', data)))).toEqual({
      kind: 'pressed',
      verb: 'add-user.save',
      data,
    });
  });

  test.each([
    [{ verb: 'users.page', data: { frozen: 'x' } }, { frozen: 'x' }],
    [
      { verb: 'users.page', frozen: 'x', text: 'a' },
      { frozen: 'x', text: 'a' },
    ],
    [{ action: { verb: 'users.page', data: { text: 'a' } } }, { text: 'a' }],
  ])('of an Action.Submit is read from %j', (value, data) => {
    expect(parseInput(parse(submit('personal', '1', value)))).toEqual({
      kind: 'pressed',
      verb: 'users.page',
      data,
    });
  });

  test.each([
    [undefined],
    ['text'],
    [[]],
    [{ action: {} }],
    [{ action: { verb: 7 } }],
    [{ action: { verb: '' } }],
  ])('without a verb is none: %j', (value) => {
    expect(parseInput(parse({ ...execute('personal', '1', 'x'), value }))).toBeNull();
  });

  test('is none in an invoke of another kind', () => {
    expect(parseInput(parse({ ...execute('personal', '1', 'x'), name: 'task/fetch' }))).toBeNull();
  });
});

describe('who and where', () => {
  test('a channel is one conversation whatever the thread', () => {
    expect(parseConversation(parse(mention('channel', 'x')))).toEqual({
      id: 'teams:19:team@thread.tacv2',
      kind: 'channel',
    });
    expect(conversationId('19:x;messageid=1')).toBe(conversationId('19:x;messageid=2'));
  });

  test.each([
    [{ id: 'a', conversationType: 'groupChat' }, 'group'],
    [{ id: 'a', conversationType: 'something-new' }, 'group'],
    [{ id: 'a', isGroup: true }, 'group'],
    [{ id: 'a' }, 'personal'],
  ])('%j is %s', (conversation, kind) => {
    expect(parseConversation(parse({ ...message('personal', 'x'), conversation })).kind).toBe(kind);
  });

  test('an operator is known by the object id alone', () => {
    const upper = { ...ann, aadObjectId: ann.aadObjectId.toUpperCase() };
    expect(parseOperator(parse(message('personal', 'x', { from: upper })))).toBe(annOperator);
    expect(
      parseOperator(parse(message('personal', 'x', { from: { id: '29:x', name: 'Ann Archer' } }))),
    ).toBeNull();
  });

  test('a typed command needs the mention in front in groups only', () => {
    expect(parsePrefix(parse(message('personal', 'x')))).toBe('');
    expect(parsePrefix(parse(mention('group', 'x')))).toBe('@Rollcall ');
  });
});

describe('language and time zone', () => {
  test.each([
    [
      { locale: 'fr-CA', localTimezone: 'America/Toronto' },
      { language: 'fr', timeZone: 'America/Toronto' },
    ],
    [{ locale: null }, { language: 'en', timeZone: 'Europe/London' }],
    [
      { locale: null, entities: [{ type: 'clientInfo', locale: 'fr-FR' }] },
      { language: 'fr', timeZone: 'UTC' },
    ],
    [{ localTimezone: 'Mars/Olympus' }, { language: 'en', timeZone: 'UTC' }],
    [
      { locale: 'de-DE', entities: null },
      { language: 'en', timeZone: 'UTC' },
    ],
  ])('%j gives %j', (given, locale) => {
    expect(parseLocale(parse(message('personal', 'x', given)), createTimeZones())).toEqual(locale);
  });
});

test.each([
  [{}],
  [{ ...message('personal', 'x'), from: undefined }],
  [{ ...message('personal', 'x'), conversation: { id: '' } }],
  [{ ...message('personal', 'x'), type: 7 }],
  [{ ...message('personal', 'x'), entities: 'none' }],
  [{ ...message('personal', 'x'), serviceUrl: 'file:///etc/passwd' }],
  [{ ...message('personal', 'x'), conversation: places }],
])('no activity is made of rubbish (%#)', (body) => {
  expect(parseActivity({ serviceUrl: 'http://127.0.0.1:1', ...body })).toBeNull();
});
