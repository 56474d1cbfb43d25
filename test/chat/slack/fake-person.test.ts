import { type AskFake, createAskFake } from '../../support/slack/ask-fake';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import { isJson, type Json, textAt } from '../../support/slack/json';
import type { SlackPerson } from '../../support/slack/person-contract';
import { createSlackPerson } from '../../support/slack/slack-person';
import { startTinyApp, type TinyApp } from '../../support/slack/tiny-app';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const input = (id: string, element: Json, more: Json = {}) => ({
  ...{ type: 'input', block_id: id, label: plain(id), element: { action_id: 'value', ...element }, ...more },
});
const name = (id = 'name', value = 'Ann') =>
  input(id, { type: 'plain_text_input', max_length: 20, ...(value ? { initial_value: value } : {}) });
const modal = (blocks: readonly Json[], more: Json = {}) => ({
  ...{
    type: 'modal',
    title: plain('A form'),
    submit: plain('Save'),
    blocks,
    callback_id: 'add-user.save',
    ...more,
  },
});
const button = (verb: string) => ({
  type: 'button',
  text: plain(`Do ${verb}`),
  action_id: verb,
  value: '{}',
});

let fake: FakeSlack;
let app: TinyApp;
let ask: AskFake;
let ann: SlackPerson;

beforeEach(async () => {
  fake = await openFakeSlack();
  app = await startTinyApp(fake.signingSecret);
  ask = createAskFake(fake);
  ann = createSlackPerson(fake, { user: { id: 'UANN', name: 'Ann Archer' }, eventsUrl: app.url });
});
afterEach(async () => {
  await app.close();
  await fake.close();
});

/** The app shows a modal, as its answer to a command. */
async function show(blocks: readonly Json[], more: Json = {}): Promise<string> {
  await ann.command('/users');
  const { answer } = await ask('views.open', {
    trigger_id: textAt(app.arrivals.at(-1)!.body, 'trigger_id'),
    view: modal(blocks, more),
  });
  return textAt(answer, 'view', 'id');
}

const answerWithView = (action: string, blocks: readonly Json[]) =>
  app.answerWith(() => ({ body: { response_action: action, view: modal(blocks) } }));

describe('what reaches the app', () => {
  test('is a signed form for a command, without a charset', async () => {
    fake.addChannel({ id: 'C1', members: ['UANN'] });

    await ann.command('/users', 'smith', { channel: 'C1' });

    const [arrival] = app.arrivals;
    expect(arrival).toMatchObject({ isSigned: true, contentType: 'application/x-www-form-urlencoded' });
    expect(arrival!.body).toMatchObject({
      ...{ command: '/users', text: 'smith', user_id: 'UANN', team_id: 'TWORKSPACE', channel_id: 'C1' },
    });
  });

  test('is what was said, escaped and with addresses as links', async () => {
    fake.addChannel({ id: 'C1', members: ['UANN'] });

    await ann.say('/user <ann@contoso.com>');
    await ann.mention('C1', 'users R&D');

    const [said, mentioned] = app.arrivals.map(({ body }) => body.event);
    expect(said).toMatchObject({
      ...{ type: 'message', channel_type: 'im', channel: 'DUANN' },
      text: expect.stringContaining('<mailto:') as string,
    });
    expect(mentioned).toMatchObject({
      type: 'app_mention',
      text: '<@UROLLCALL> users R&amp;D',
      channel: 'C1',
    });
  });

  test('is signed with another secret or at another time where a test says so', async () => {
    await ann.command('/users');

    const [, wrong] = await Promise.all([
      ann.deliver(ann.last(), { times: 2, headers: { 'x-slack-retry-num': '1' } }),
      ann.deliver(ann.last(), { secret: 'another' }),
    ]);

    expect(wrong).toMatchObject([{ status: 200 }]);
    expect(app.arrivals.map(({ isSigned }) => isSigned).filter(Boolean)).toHaveLength(3);
    expect(app.arrivals.filter(({ retry }) => retry === '1')).toHaveLength(2);
  });

  test('comes again where it was an event that failed, and not where it was a command', async () => {
    app.answerWith(() => ({ status: 500 }));

    await ann.say('hello');
    await ann.command('/users');

    expect(app.arrivals.map(({ retry }) => retry)).toEqual([null, '1', null]);
    expect(ann.troubles).toEqual(['answered 500']);
  });

  test('is given up after three seconds', async () => {
    app.answerWith(() => ({ after: 3_200 }));

    await ann.command('/users');

    expect(ann.troubles).toEqual(['operation_timeout']);
  });

  test('names the team of people in shared channels', async () => {
    const zoe = createSlackPerson(fake, { user: { id: 'UZOE', team: 'TOTHER' }, eventsUrl: app.url });

    await zoe.command('/users');
    await zoe.say('hello');

    expect(app.arrivals[0]!.body).toMatchObject({ team_id: 'TOTHER' });
    expect(app.arrivals[1]!.body).toMatchObject({ team_id: 'TWORKSPACE', event: { team: 'TOTHER' } });
  });
});

describe('an answer to a command', () => {
  test('is seen by the person alone, five times by its address', async () => {
    app.answerWith(() => ({ body: { response_type: 'ephemeral', text: 'One moment.' } }));
    await ann.command('/users');
    const address = textAt(app.arrivals[0]!.body, 'response_url');

    const statuses: number[] = [];
    for (let use = 0; use < 6; use += 1) {
      const { status } = await fetch(address, { method: 'POST', body: JSON.stringify({ text: `${use}` }) });
      statuses.push(status);
    }

    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(ann.whispers().map(({ text }) => text)).toEqual(['One moment.', '0', '1', '2', '3', '4']);
    expect(fake.messages(ann.privateChat)).toEqual([]);
  });
});

describe('a form', () => {
  test('is sent with everything that stands in it', async () => {
    await show([
      name(),
      input('domain', { type: 'static_select', options: ['a', 'b'].map(option) }),
      input('roles:1', { type: 'checkboxes', options: ['r1', 'r2'].map(option) }, { optional: true }),
      input('roles:2', { type: 'checkboxes', options: ['r3'].map(option) }, { optional: true }),
      input('until', { type: 'datepicker' }, { optional: true }),
    ]);

    await ann.fill({ name: 'Zoé', domain: 'b', roles: 'r1,r3', until: '2026-12-24' });
    await ann.submit();

    const { view } = app.arrivals.at(-1)!.body;
    expect(isJson(view) && view.state).toMatchObject({
      values: {
        name: { value: { type: 'plain_text_input', value: 'Zoé' } },
        domain: { value: { selected_option: { value: 'b' } } },
        'roles:1': { value: { selected_options: [{ value: 'r1' }] } },
        'roles:2': { value: { selected_options: [{ value: 'r3' }] } },
        until: { value: { selected_date: '2026-12-24' } },
      },
    });
    expect(ann.view()).toBeNull();
  });

  test('takes nothing that a client would not', async () => {
    await show([name(), input('domain', { type: 'static_select', options: [option('a')] })]);

    await expect(ann.fill({ domain: 'z' })).rejects.toThrow('does not offer z');
    await expect(ann.fill({ name: 'x'.repeat(21) })).rejects.toThrow('Longer than');
    await expect(ann.fill({ surname: 'x' })).rejects.toThrow('no input "surname"');
  });

  test('stays where something required is missing, and nothing is sent', async () => {
    await show([name('name', ''), input('mail', { type: 'email_text_input', initial_value: 'nowhere' })]);
    const before = app.arrivals.length;

    expect(await ann.submit()).toBeNull();
    expect(Object.keys(ann.errors())).toEqual(['name', 'mail']);
    expect(app.arrivals).toHaveLength(before);
  });

  test('keeps what was typed where the block keeps its id, and forgets it where not', async () => {
    const view_id = await show([name(), name('surname', 'Archer')]);
    await ann.fill({ name: 'Zoé', surname: 'Doe' });

    await ask('views.update', { view_id, view: modal([name('name', 'Eve'), name('surname~1', 'Smith')]) });

    expect(ann.values()).toEqual({ name: 'Zoé', surname: 'Smith' });
  });

  test('shows the errors that the app names by block, and keeps what was typed', async () => {
    await show([name()]);
    await ann.fill({ name: 'Zoé' });
    app.answerWith(() => ({ body: { response_action: 'errors', errors: { name: 'Taken.' } } }));

    await ann.submit();

    expect({ errors: ann.errors(), values: ann.values() }).toEqual({
      ...{ errors: { name: 'Taken.' }, values: { name: 'Zoé' } },
    });
    expect(ann.troubles).toEqual([]);
  });

  test.each<[string, Json]>([
    ['errors at no input', { response_action: 'errors', errors: { nowhere: 'Taken.' } }],
    ['a view that is none', { response_action: 'update', view: { type: 'modal' } }],
    ['an unknown action', { response_action: 'explode' }],
    ['anything else', { text: 'saved' }],
  ])('is in trouble where the app answers with %s', async (_what, body) => {
    await show([name()]);
    app.answerWith(() => ({ body }));

    await ann.submit();

    expect(ann.troubles).toHaveLength(1);
    expect(ann.view()).not.toBeNull();
    expect(fake.refusals).toMatchObject([{ method: 'response_action' }]);
  });

  test('changes, or gets another on top, or goes with all, as the app answers', async () => {
    await show([name()]);
    answerWithView('update', [name('second')]);
    await ann.submit();
    expect(ann.values()).toEqual({ second: 'Ann' });

    answerWithView('push', [name('third')]);
    await ann.submit();
    expect(ann.values()).toEqual({ third: 'Ann' });
    await ann.close();
    expect(ann.values()).toEqual({ second: 'Ann' });

    app.answerWith(() => ({ body: { response_action: 'clear' } }));
    await ann.submit();
    expect(fake.views('UANN')).toEqual([]);
  });
});

describe('a button', () => {
  test('is pressed in a message, by verb or title, and among rows by what stands beside it', async () => {
    const row = (who: string, n: number) => ({
      ...{ type: 'section', text: plain(who), accessory: { ...button('users.view'), value: `{"n":${n}}` } },
    });
    await ask('chat.postMessage', { channel: 'DUANN', text: 'x', blocks: [row('Ann', 1), row('Ben', 2)] });

    await ann.press({ channel: ann.privateChat }, 'users.view', { row: 'Ben' });
    await ann.press(ann.messages()[0]!, 'Do users.view');

    const actions = app.arrivals.map(({ body }) => body.actions);
    expect(actions).toMatchObject([[{ value: '{"n":2}' }], [{ value: '{"n":1}' }]]);
    expect(app.arrivals[0]!.body).toMatchObject({
      container: { type: 'message', channel_id: 'DUANN', message_ts: ann.messages()[0]!.ts },
    });
    await expect(ann.press(ann.messages()[0]!, 'users.gone')).rejects.toThrow('No button "users.gone"');
  });

  test('is pressed in a modal with what was typed there, and opens one on top', async () => {
    await show([name(), { type: 'actions', elements: [button('users.search')] }]);
    await ann.fill({ name: 'Zoé' });

    await ann.press('view', 'users.search');

    const { view, trigger_id } = app.arrivals.at(-1)!.body;
    expect(view).toMatchObject({ state: { values: { name: { value: { value: 'Zoé' } } } } });
    await ask('views.push', { trigger_id, view: modal([name('other')]) });
    expect(fake.views('UANN')).toHaveLength(2);
  });

  test('is pressed in the home tab', async () => {
    await ann.openHome();
    const view = { type: 'home', blocks: [{ type: 'actions', elements: [button('users.search')] }] };
    await ask('views.publish', { user_id: 'UANN', view });

    await ann.press('home', 'users.search');

    expect(app.arrivals.at(-1)!.body).toMatchObject({ view: { type: 'home' }, container: { type: 'view' } });
  });
});

test('closing is told to the app that asked for it', async () => {
  await show([name()], { notify_on_close: true });

  await ann.close();

  expect(app.arrivals.at(-1)!.body).toMatchObject({ type: 'view_closed', is_cleared: false });
});
