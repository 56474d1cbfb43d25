import { request } from 'node:http';
import { createSlackPerson } from '../../support/slack/slack-person';
import { openFakeSlack } from '../../support/slack/fake-slack';
import { button, formCard, openSlackDoor, textCard, type SlackDoorTest } from '../../support/slack/door-test';
import type { SlackPerson } from '../../support/slack/person-contract';

let test: SlackDoorTest;
let ada: SlackPerson;

beforeAll(async () => {
  test = await openSlackDoor();
  ada = test.person({ id: 'UADA', name: 'Ada Byron' });
});
afterAll(() => test.close());

const said = async () => {
  const before = test.commands.length;
  await ada.say('rollcall');
  await ada.until(() => test.commands.length === before + 1);
  return ada.last();
};

describe('A request', () => {
  it.each([
    ['with another signature', { secret: 'another' }],
    ['of more than five minutes ago', { skew: -301 }],
    ['of more than five minutes ahead', { skew: 301 }],
    ['without a signature', { headers: { 'x-slack-signature': '' } }],
    ['with another version of the signature', { headers: { 'x-slack-signature': 'v1=00' } }],
    ['without a time', { headers: { 'x-slack-request-timestamp': 'now' } }],
  ])('%s is refused', async (_, oddity) => {
    const delivery = await said();
    const before = test.commands.length;

    const [answered] = await ada.deliver(delivery, oddity);

    expect(answered?.status).toBe(401);
    expect(test.commands).toHaveLength(before);
  });

  it.each([-290, 290])('that is %i seconds off is taken', async (skew) => {
    const delivery = await said();

    const [answered] = await ada.deliver(delivery, { skew });

    expect(answered?.status).toBe(200);
  });

  it('that only looks whether we are there is answered, and nothing of it is read', async () => {
    const before = test.commands.length;

    const response = await fetch(test.eventsUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new TextEncoder().encode('ssl_check=1&command=%2Frollcall&user_id=UADA&team_id=TWORKSPACE'),
    });

    expect(response.status).toBe(200);
    expect(test.commands).toHaveLength(before);
  });

  it('that asks whether the address is ours is answered', async () => {
    const [answered] = await ada.deliver({
      type: 'events_api',
      payload: { type: 'url_verification', challenge: 'c-1' },
    });

    expect(answered).toMatchObject({ status: 200, body: { challenge: 'c-1' } });
  });

  it('that is too large is refused before it is read to its end', async () => {
    const status = await new Promise((resolve, reject) => {
      const sent = request(test.eventsUrl, { method: 'POST' }, (response) => resolve(response.statusCode));
      sent.on('error', reject);
      sent.write('x'.repeat(3 * 1024 * 1024));
    });

    expect(status).toBe(413);
  });

  it('that is no business of ours is acknowledged', async () => {
    const before = test.commands.length;

    const [answered] = await ada.deliver({
      type: 'interactive',
      payload: { type: 'view_closed', view: null },
    });

    expect(answered).toMatchObject({ status: 200, body: null });
    expect(test.commands).toHaveLength(before);
  });
});

describe('Whoever is not of our workspace', () => {
  const refused = async (change: object, inEvent: object = {}): Promise<void> => {
    const { type, payload } = await said();
    const before = test.commands.length;
    const event = { ...(payload.event as object), ...inEvent };

    const [answered] = await ada.deliver({
      type,
      payload: { ...payload, event_id: 'EvOther', event, ...change },
    });

    expect(answered).toMatchObject({ status: 200, body: null });
    expect(test.commands).toHaveLength(before);
  };

  it('is refused by the team', () => refused({ team_id: 'TOTHER' }));
  it('is refused by the organization', () => refused({ enterprise_id: 'EOTHER' }));
  it('is refused by the team of the person', () => refused({}, { user_team: 'TOTHER' }));
  it('is refused where no team is named', () =>
    refused({ team_id: null, context_team_id: null }, { team: null }));

  it('is refused in commands, presses and shortcuts of shared channels', async () => {
    const eve = test.person({ id: 'UEVE', name: 'Eve', team: 'TOTHER' });
    const before = test.commands.length;

    const answers = [await eve.command('/rollcall'), await eve.shortcut('add-user.open')];

    expect(answers).toEqual([
      expect.objectContaining({ status: 200, body: null }),
      expect.objectContaining({ status: 200, body: null }),
    ]);
    expect(test.commands).toHaveLength(before);
    expect(test.log.lines.at(-1)).toContain('"reason":"team"');
  });
});

describe('A press', () => {
  it.each([
    ['of a link', { type: 'button', action_id: 'x', url: 'https://example.com' }],
    ['with a foreign value', { type: 'button', action_id: 'x', value: 'buy' }],
    ['of something else', { type: 'overflow', action_id: 'x' }],
  ])('%s does nothing', async (_, action) => {
    test.answerWith({ card: textCard('Hi', [button('test.go', 'Go')]) });
    const shown = test.delivered.length;
    await ada.command('/rollcall');
    await ada.until(() => test.delivered.length > shown);
    await ada.press({ channel: ada.privateChat }, 'test.go');
    const { type, payload } = ada.last();
    await ada.until(() => test.commands.at(-1)?.input.kind === 'pressed');
    const before = test.commands.length;

    const [answered] = await ada.deliver({
      type,
      payload: { ...payload, trigger_id: JSON.stringify(action), actions: [action] },
    });

    expect(answered?.status).toBe(200);
    expect(test.commands).toHaveLength(before);
  });
});

describe('While Slack has not said whose the token is', () => {
  it('nothing is done, and whoever asks is told so', async () => {
    const fake = await openFakeSlack();
    fake.failNext('auth.test', { error: 'invalid_auth', times: 100 });
    const young = await openSlackDoor({ unready: true, fake });
    const bob = createSlackPerson(fake, { user: { id: 'UBOB', name: 'Bob' }, eventsUrl: young.eventsUrl });
    young.answerWith({ card: formCard() });

    await bob.command('/add-user');
    await bob.until(() => bob.whispers().length === 1);

    expect(bob.whispers()[0]?.text).toContain('nothing was done');
    expect(young.commands).toEqual([]);
    await young.close();
  });

  it('that Slack would deliver again is not taken before it is known whose it is', async () => {
    const fake = await openFakeSlack();
    fake.failNext('auth.test', { error: 'invalid_auth', times: 100 });
    const young = await openSlackDoor({ unready: true, fake });
    const bob = createSlackPerson(fake, { user: { id: 'UBOB', name: 'Bob' }, eventsUrl: young.eventsUrl });

    const { status } = await bob.say('rollcall');

    expect(status).toBe(503);
    expect(young.commands).toEqual([]);
    await young.close();
  });
});
