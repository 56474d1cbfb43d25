import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { parseBody } from '../../../src/chat/slack/body';
import { parseEnvelope } from '../../../src/chat/slack/envelope';
import { readMetadata, writeMetadata } from '../../../src/chat/slack/metadata';
import { typedText } from '../../../src/chat/slack/parse';

describe('Typed text', () => {
  it.each([
    ['<@UBOT> users smith', 'users smith'],
    ['user <mailto:a@b.example|a@b.example>', 'user a@b.example'],
    ['user <mailto:a@b.example>', 'user a@b.example'],
    ['customers <http://contoso.example|contoso.example>', 'customers contoso.example'],
    ['operators <@UADA>', 'operators slack:UADA'],
    ['operators <@UADA|ada>', 'operators ada'],
    ['users <#C1|general> <!here>', 'users general'],
    ['users O&amp;M &lt;x&gt;', 'users O&M <x>'],
    ['users &amp;lt;', 'users &lt;'],
    ['users\u00a0smith ', 'users smith'],
    ['users 3 < 4', 'users 3 < 4'],
  ])('%j is read as %j', (written, read) => {
    expect(typedText(written, 'UBOT')).toBe(read);
  });
});

describe('A body', () => {
  it('is a form, a form with JSON, or JSON, with or without a charset', () => {
    const form = 'application/x-www-form-urlencoded';

    expect(parseBody('command=%2Fusers&text=a+b', form)).toEqual({ command: '/users', text: 'a b' });
    expect(parseBody('payload=%7B%22type%22%3A%22x%22%7D', form)).toEqual({ type: 'x' });
    expect(parseBody('{"type":"x"}', 'application/json; charset=utf-8')).toEqual({ type: 'x' });
  });

  it.each([
    ['null', 'application/json'],
    ['[1]', 'application/json'],
    ['{', 'application/json'],
    ['payload=null', 'application/x-www-form-urlencoded'],
    ['payload={', 'application/x-www-form-urlencoded'],
    ['{}', 'text/plain'],
    ['{}', undefined],
  ])('%j as %s is not understood', (body, type) => {
    expect(parseBody(body, type)).toBeNull();
  });
});

describe('What Slack sends', () => {
  const event = (more: object) =>
    parseEnvelope({
      type: 'event_callback',
      team_id: 'T1',
      event_id: 'Ev1',
      event: { user: 'U1', ts: '1.2', channel: 'D1', ...more },
    });

  it.each([
    ['an edit', { type: 'message', channel_type: 'im', subtype: 'message_changed', text: 'x' }],
    ['a word of a bot', { type: 'message', channel_type: 'im', bot_id: 'B1', text: 'x' }],
    ['an edited mention', { type: 'app_mention', channel: 'C1', edited: { ts: '1.3' }, text: 'x' }],
    ['a word in a channel that mentions nobody', { type: 'message', channel_type: 'channel', channel: 'C1' }],
    ['a mention in the private chat, which comes as a message too', { type: 'app_mention', text: 'x' }],
    ['the messages tab', { type: 'app_home_opened', tab: 'messages' }],
    ['another event', { type: 'team_join' }],
  ])('is nothing for us: %s', (_, more) => {
    expect(event(more)).toBeNull();
  });

  it.each(['view_closed', 'block_suggestion', 'unknown'])('is nothing for us: %s', (type) => {
    expect(parseEnvelope({ type, team: { id: 'T1' }, user: { id: 'U1' } })).toBeNull();
  });

  it('names every team that it mentions', () => {
    const foreign = event({ type: 'message', channel_type: 'im', text: 'x', user_team: 'T2' });

    expect(foreign?.sender.teams).toEqual(['T1', 'T2']);
  });

  it('never throws, whatever it is', () => {
    const types = fc.constantFrom(
      'event_callback',
      'block_actions',
      'view_submission',
      'shortcut',
      undefined,
    );
    const anything = fc.dictionary(
      fc.constantFrom('event', 'view', 'actions', 'user', 'team', 'command', 'user_id', 'channel', 'state'),
      fc.anything({ maxDepth: 3 }),
    );

    fc.assert(fc.property(types, anything, (type, more) => void parseEnvelope({ ...more, type })));
  });
});

describe('What a view carries', () => {
  const origin = { channel: 'C1', kind: 'channel', thread: null, depth: 2, home: false } as const;

  it('is read as it was written', () => {
    const written = writeMetadata({ frozen: { id: '1' } }, origin);

    expect(readMetadata(written)).toEqual({ data: { frozen: { id: '1' } }, origin });
  });

  it('is deflated where it is longer than Slack takes, and read all the same', () => {
    const data = { frozen: { text: 'x'.repeat(3000) } };
    const written = writeMetadata(data, origin);

    expect(written?.length).toBeLessThan(3000);
    expect(readMetadata(written)).toEqual({ data, origin });
  });

  it('is refused where it is longer than Slack takes all the same', () => {
    expect(writeMetadata({ frozen: randomBytes(3000).toString('hex') }, origin)).toBeNull();
  });

  it.each(['', '{}', 'null', '[]', '{"door":{"channel":"C1","kind":"home"}}', '{'])(
    'is none of ours: %s',
    (json) => {
      expect(readMetadata(json)).toBeNull();
    },
  );
});
