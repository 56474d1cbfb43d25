import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import {
  createQuickCalls,
  failureOf,
  kindOf,
  type QuickCalls,
  saying,
} from '../../support/slack/quick-calls';

let fake: FakeSlack;
let calls: QuickCalls;
beforeAll(async () => {
  fake = await openFakeSlack();
  fake.addUser({ id: 'UADA', name: 'Ada Lovelace' });
  fake.addChannel({ id: 'CTEAM', members: ['UADA'] });
});
beforeEach(async () => {
  calls = createQuickCalls(fake);
  await calls.privateChannel('UADA');
  fake.workspace.messages.splice(0);
});
afterAll(() => fake.close());

describe('A post', () => {
  it('stands in the channel, in its thread, without previews of links', async () => {
    const first = await calls.post('CTEAM', saying('Hello'));
    const second = await calls.post('CTEAM', saying('More'), first.ts);

    expect(fake.messages('CTEAM')).toMatchObject([
      { ts: first.ts, thread: null, unfurls: false, text: 'Rollcall has something for you.' },
      { ts: second.ts, thread: first.ts, unfurls: false },
    ]);
  });

  it('waits as long as Slack asks for', async () => {
    fake.failNext('chat.postMessage', { status: 429, retryAfter: 1 });
    const started = performance.now();

    await calls.post('CTEAM', saying('Hello'));

    expect(performance.now() - started).toBeGreaterThan(990);
    expect(fake.messages('CTEAM')).toHaveLength(1);
  });

  it('gives up where Slack asks for more patience than there is, and says how much', async () => {
    fake.failNext('chat.postMessage', { status: 429, retryAfter: 60 });

    const failure = await failureOf(calls.post('CTEAM', saying('Hello')));

    expect(failure).toMatchObject({ kind: 'later', code: 'ratelimited', retryAfterMs: 60_000 });
    expect(failure.mayHaveHappened).toBe(false);
  });

  it.each([
    ['a fault of Slack', { status: 503, times: 3 }],
    ['an error that passes', { error: 'service_unavailable', times: 2 }],
    ['a broken connection', { drop: true, times: 2 }],
    ['silence', { hang: 400 }],
  ])('is tried again after %s', async (_, failure) => {
    fake.failNext('chat.postMessage', failure);

    const { ts } = await calls.post('DUADA', saying('Hello'));

    expect(fake.messages('DUADA').map((message) => message.ts)).toEqual([ts]);
  });

  it('gives up in the end', async () => {
    const impatient = createQuickCalls(fake, { timing: { postMs: 0 } });
    fake.failNext('chat.postMessage', { status: 500 });

    const failure = await failureOf(impatient.post('CTEAM', saying('Hello')));

    expect(failure).toMatchObject({ kind: 'later', code: 'http_500', mayHaveHappened: true });
  });

  it('gives up when Rollcall stops', async () => {
    const ending = new AbortController();
    const stopped = createQuickCalls(fake, { signal: ending.signal });
    fake.failNext('chat.postMessage', { status: 429, retryAfter: 2 });

    const failing = kindOf(stopped.post('CTEAM', saying('Hello')));
    ending.abort();

    expect(await failing).toBe('later');
  });
});

describe('A post that was delivered though its answer was lost', () => {
  it.each([
    ['the connection broke', { drop: true, effect: true }],
    ['the answer came too late', { hang: 400, effect: true }],
    ['Slack said it had a fault', { error: 'fatal_error', effect: true }],
  ])('stands once in a private chat, when %s', async (_, failure) => {
    fake.failNext('chat.postMessage', failure);

    const posted = [
      await calls.post('DUADA', saying('One-time link')),
      await calls.post('DUADA', saying('One-time link')),
    ];

    expect(fake.messages('DUADA').map(({ ts }) => ts)).toEqual(posted.map(({ ts }) => ts));
  });

  it('stands once in a thread of a private chat', async () => {
    const { ts } = await calls.post('DUADA', saying('Question'));
    fake.failNext('chat.postMessage', { drop: true, effect: true });

    await calls.post('DUADA', saying('Answer'), ts);

    expect(fake.messages('DUADA')).toHaveLength(2);
  });

  it('stands once though the look for it failed at first', async () => {
    fake.failNext('chat.postMessage', { drop: true, effect: true });
    fake.failNext('conversations.history', { status: 500 });

    await calls.post('DUADA', saying('Hello'));

    expect(fake.messages('DUADA')).toHaveLength(1);
  });

  it('stands once though it was asked for again under the same mark', async () => {
    const impatient = createQuickCalls(fake, { timing: { postMs: 0 } });
    fake.failNext('chat.postMessage', { drop: true, effect: true });

    await failureOf(impatient.post('DUADA', saying('Hello'), undefined, 'hand-over-1'));
    await impatient.post('DUADA', saying('Hello'), undefined, 'hand-over-1');

    expect(fake.messages('DUADA')).toHaveLength(1);
  });

  it('is posted again in a channel, which is not read, and where a private chat cannot be read', async () => {
    fake.failNext('chat.postMessage', { drop: true, effect: true });
    await calls.post('CTEAM', saying('Hello'));
    fake.failNext('chat.postMessage', { drop: true, effect: true });
    fake.failNext('conversations.history', { error: 'missing_scope' });
    await calls.post('DUADA', saying('Hello'));

    expect(fake.messages('CTEAM')).toHaveLength(2);
    expect(fake.messages('DUADA')).toHaveLength(2);
    expect(calls.log.lines.join()).toContain('may stand there twice');
  });
});
