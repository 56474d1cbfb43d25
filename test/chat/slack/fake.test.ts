import { type AskFake, codeOf, createAskFake, pointersOf } from '../../support/slack/ask-fake';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import { createPayloads } from '../../support/slack/payloads';
import { textAt } from '../../support/slack/json';

const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'Hello' } }];
const modal = { type: 'modal', title: { type: 'plain_text', text: 'A form' }, blocks };

let fake: FakeSlack;
let ask: AskFake;
let trigger: (view?: string | null) => string;

beforeEach(async () => {
  fake = await openFakeSlack();
  ask = createAskFake(fake);
  const ann = fake.addUser({ id: 'UANN', name: 'Ann Archer', locale: 'fr-FR', tz: 'Europe/Paris' });
  fake.addChannel({ id: 'C1', members: ['UANN'] });
  const payloads = createPayloads(fake.workspace, ann);
  trigger = () => textAt(payloads.shortcut('users.open'), 'trigger_id');
});
afterEach(() => fake.close());

describe('a token', () => {
  test('is needed, must be the right one, and is kept by nobody', async () => {
    expect(codeOf(await ask('auth.test', {}, null))).toBe('not_authed');
    expect(codeOf(await ask('auth.test', {}, 'xoxb-other'))).toBe('invalid_auth');
    expect(codeOf(await ask('auth.test', {}, fake.appToken))).toBe('not_allowed_token_type');
    expect(codeOf(await ask('apps.connections.open', {}, fake.token))).toBe('not_allowed_token_type');
    expect(codeOf(await ask('auth.test', { token: fake.token }, null))).toBe('ok');

    expect(JSON.stringify(fake.calls)).not.toContain(fake.token);
    expect(fake.refusals).toHaveLength(4);
  });

  test('opens no method that there is not', async () => {
    expect(codeOf(await ask('chat.shout'))).toBe('unknown_method');
  });
});

describe('a message', () => {
  test('stands in the channel with named blocks, and can be changed', async () => {
    const posted = await ask('chat.postMessage', { channel: 'C1', text: 'one', blocks, unfurl_links: false });
    const ts = textAt(posted.answer, 'ts');
    const changed = await ask('chat.update', { channel: 'C1', ts, text: 'two', blocks });

    expect(codeOf(changed)).toBe('ok');
    const [message] = fake.messages('C1');
    expect(message).toMatchObject({ ts, text: 'two', updates: 1, unfurls: true });
    expect(message!.blocks[0]!.block_id).toEqual(expect.any(String));
  });

  test('goes to the private chat by the id of a person', async () => {
    const { answer } = await ask('chat.postMessage', { channel: 'UANN', text: 'hello' });

    expect(answer).toMatchObject({ ok: true, channel: 'DUANN' });
    expect(fake.messages('DUANN')).toHaveLength(1);
  });

  test.each([
    ['to a channel that is not there', 'channel_not_found', { channel: 'C9', text: 'x' }],
    ['to a channel without the bot', 'not_in_channel', { channel: 'CFOREIGN', text: 'x' }],
    ['to a private channel without the bot', 'channel_not_found', { channel: 'CSECRET', text: 'x' }],
    ['to an archived channel', 'is_archived', { channel: 'COLD', text: 'x' }],
    ['to no channel', 'invalid_arguments', { text: 'x' }],
    ['that says nothing', 'no_text', { channel: 'C1' }],
    ['that is too long', 'msg_too_long', { channel: 'C1', text: 'x'.repeat(40_001) }],
    [
      'with blocks that are no JSON',
      'invalid_blocks_format',
      { channel: 'C1', text: 'x', blocks: 'no JSON' },
    ],
    [
      'in a thread that is not there',
      'cannot_reply_to_message',
      { channel: 'C1', text: 'x', thread_ts: '1.2' },
    ],
  ])('%s is refused with %s', async (_what, code, args) => {
    fake.addChannel({ id: 'CFOREIGN', members: ['UANN'], withoutBot: true });
    fake.addChannel({ id: 'CSECRET', kind: 'private', members: ['UANN'], withoutBot: true });
    fake.addChannel({ id: 'COLD', isArchived: true });

    expect(codeOf(await ask('chat.postMessage', args))).toBe(code);
    expect(fake.workspace.messages).toEqual([]);
  });

  test('that is not there, not for everybody or not ours cannot be changed', async () => {
    const text = 'x';
    const { answer } = await ask('chat.postEphemeral', { channel: 'C1', user: 'UANN', text });
    createPayloads(fake.workspace, fake.workspace.users.get('UANN')!).mentioned('C1', 'hello', null);
    const theirs = fake.messages('C1')[0]!.ts;
    const update = async (ts: string) => codeOf(await ask('chat.update', { channel: 'C1', ts, text }));

    expect(await update('1.2')).toBe('message_not_found');
    expect(await update(textAt(answer, 'message_ts'))).toBe('message_not_found');
    expect(await update(theirs)).toBe('cant_update_message');
    expect(fake.whispers('UANN')).toHaveLength(1);
  });

  test('for one person alone needs that person in the channel', async () => {
    fake.addUser({ id: 'UBEN' });

    const answered = await ask('chat.postEphemeral', { channel: 'C1', user: 'UBEN', text: 'x' });

    expect(codeOf(answered)).toBe('user_not_in_channel');
  });
});

describe('people', () => {
  test('are told with their home, and with their language where it is asked for', async () => {
    fake.addUser({ id: 'UFAR', team: 'TOTHER' });

    expect((await ask('users.info', { user: 'UANN', include_locale: true })).answer).toMatchObject({
      user: { real_name: 'Ann Archer', team_id: 'TWORKSPACE', locale: 'fr-FR', tz: 'Europe/Paris' },
    });
    const { answer } = await ask('users.info', { user: 'UFAR' });
    expect(answer).toMatchObject({ user: { team_id: 'TOTHER', is_stranger: true } });
    expect(answer.user).not.toHaveProperty('locale');
    expect(codeOf(await ask('users.info', { user: 'UNOBODY' }))).toBe('user_not_found');
  });

  test('have a private chat with the bot', async () => {
    const first = await ask('conversations.open', { users: 'UANN' });
    const again = await ask('conversations.open', { users: 'UANN' });

    expect(first.answer).toMatchObject({ channel: { id: 'DUANN' }, already_open: false });
    expect(again.answer).toMatchObject({ channel: { id: 'DUANN' }, already_open: true });
    expect(codeOf(await ask('conversations.open', { users: 'UNOBODY' }))).toBe('user_not_found');
  });
});

describe('a trigger', () => {
  test('opens one view', async () => {
    const id = trigger();

    expect(codeOf(await ask('views.open', { trigger_id: id, view: modal }))).toBe('ok');
    expect(codeOf(await ask('views.open', { trigger_id: id, view: modal }))).toBe('exchanged_trigger_id');
    expect(codeOf(await ask('views.open', { trigger_id: 'made up', view: modal }))).toBe(
      'invalid_trigger_id',
    );
    expect(fake.views('UANN')).toHaveLength(1);
  });

  test('is still good after a view that was refused, and not after three seconds', async () => {
    const id = trigger();
    const refused = await ask('views.open', { trigger_id: id, view: { ...modal, title: undefined } });
    fake.expireTriggers();

    expect(codeOf(refused)).toBe('invalid_arguments');
    expect(codeOf(await ask('views.open', { trigger_id: id, view: modal }))).toBe('expired_trigger_id');
  });

  test('expires by itself', async () => {
    const hasty = await openFakeSlack({ triggersLive: -1 });
    const ann = hasty.addUser({ id: 'UANN' });
    const args = { trigger_id: textAt(createPayloads(hasty.workspace, ann).shortcut('x'), 'trigger_id') };

    expect(codeOf(await createAskFake(hasty)('views.open', { ...args, view: modal }))).toBe(
      'expired_trigger_id',
    );
    await hasty.close();
  });
});

describe('a view', () => {
  const open = async () => {
    const { answer } = await ask('views.open', { trigger_id: trigger(), view: modal });
    return { id: textAt(answer, 'view', 'id'), hash: textAt(answer, 'view', 'hash') };
  };

  test('is changed by its id, and by its hash only once', async () => {
    const { id, hash } = await open();
    const change = async (more: object) =>
      codeOf(await ask('views.update', { view_id: id, view: modal, ...more }));

    expect(await change({ hash })).toBe('ok');
    expect(await change({ hash })).toBe('hash_conflict');
    expect(await change({})).toBe('ok');
    expect(await change({ view_id: 'V9' })).toBe('not_found');
    expect(await change({ view: { ...modal, type: 'home', title: undefined } })).toBe('invalid_arguments');
  });

  test('is pushed from an open one, three at most', async () => {
    const { id } = await open();
    const ann = createPayloads(fake.workspace, fake.workspace.users.get('UANN')!);
    const button = { block: {}, element: {}, verb: 'x', title: 'x', row: '' };
    const push = async () => {
      const pressed = ann.pressedInView(fake.workspace.views.get(id)!, button);
      return codeOf(await ask('views.push', { trigger_id: textAt(pressed, 'trigger_id'), view: modal }));
    };

    expect([await push(), await push(), await push()]).toEqual(['ok', 'ok', 'push_limit_reached']);
    expect(codeOf(await ask('views.push', { trigger_id: trigger(), view: modal }))).toBe('not_found');
  });

  test('of the home tab is published for a person', async () => {
    const view = { type: 'home', blocks };

    expect(codeOf(await ask('views.publish', { user_id: 'UANN', view }))).toBe('ok');
    expect(fake.home('UANN')?.payload).toMatchObject({ type: 'home' });
    expect(codeOf(await ask('views.publish', { user_id: 'UNOBODY', view }))).toBe('invalid_arguments');
    expect(codeOf(await ask('views.publish', { user_id: 'UANN', view, hash: 'old' }))).toBe('hash_conflict');
  });

  test('over 250 kB is too large, and an external id is taken once', async () => {
    const long = { type: 'section', text: { type: 'plain_text', text: 'x'.repeat(3_000) } };
    const huge = { ...modal, blocks: Array.from({ length: 100 }, () => long) };
    const first = await ask('views.open', { trigger_id: trigger(), view: { ...modal, external_id: 'one' } });
    const answered = await ask('views.open', { trigger_id: trigger(), view: huge });
    const again = await ask('views.open', { trigger_id: trigger(), view: { ...modal, external_id: 'one' } });

    expect([first, answered, again].map(codeOf)).toEqual(['ok', 'view_too_large', 'duplicate_external_id']);
  });

  test('with faults is refused with pointers to them', async () => {
    const input = { type: 'input', element: { type: 'plain_text_input' } };
    const view = {
      ...modal,
      title: { type: 'plain_text', text: 'x'.repeat(25) },
      blocks: [...blocks, input],
    };

    const answered = await ask('views.open', { trigger_id: trigger(), view });

    expect(codeOf(answered)).toBe('invalid_arguments');
    expect(pointersOf(answered)).toEqual(expect.arrayContaining(['/view/title/text', '/view/blocks/1']));
  });
});

describe('on demand', () => {
  test('Slack is busy, with the seconds to wait', async () => {
    fake.failNext('chat.postMessage', { status: 429, retryAfter: 7 });

    const { status, headers, answer } = await ask('chat.postMessage', { channel: 'C1', text: 'x' });

    expect({ status, wait: headers.get('retry-after'), answer }).toEqual({
      ...{ status: 429, wait: '7', answer: { ok: false, error: 'ratelimited' } },
    });
    expect(codeOf(await ask('chat.postMessage', { channel: 'C1', text: 'x' }))).toBe('ok');
  });

  test('a call is lost before or after its effect, twice', async () => {
    fake.failNext('chat.postMessage', { drop: true });
    fake.failNext('chat.postMessage', { drop: true, effect: true });
    const post = () => ask('chat.postMessage', { channel: 'C1', text: 'x' });

    await expect(post()).rejects.toThrow();
    expect(fake.messages('C1')).toEqual([]);
    await expect(post()).rejects.toThrow();
    expect(fake.messages('C1')).toHaveLength(1);
  });
});
