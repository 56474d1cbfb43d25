import type { Posted } from '../../../src/chat/slack/calls';
import { createWaiting, type Waiting } from '../../../src/chat/slack/waiting';
import { createRememberingLog, type RememberingLog } from '../../support/remembering-log';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import { createQuickCalls, kindOf, saying } from '../../support/slack/quick-calls';
import { until } from '../../support/until';

let fake: FakeSlack;
let log: RememberingLog;
let waiting: Waiting;
beforeAll(async () => {
  fake = await openFakeSlack();
  fake.addUser({ id: 'UADA' });
  fake.addChannel({ id: 'CTEAM' });
});
beforeEach(() => {
  fake.workspace.messages.splice(0);
  log = createRememberingLog();
  waiting = open();
});
afterEach(() => waiting.close());
afterAll(() => fake.close());

function open(firstWaitMs = 5): Waiting {
  const calls = createQuickCalls(fake, { timing: { postMs: 0 } });
  return createWaiting({ calls, log, firstWaitMs });
}

const toAda = { user: 'UADA' } as const;
const said = (channel: string) =>
  fake.messages(channel).map(({ blocks }) => (blocks[0]?.text as { readonly text: string }).text);

describe('A message that must not be lost', () => {
  it('is sent at once where Slack takes it', async () => {
    const delivered: Posted[] = [];

    const posted = await waiting.send({
      ...{ to: toAda, content: saying('Link') },
      delivered: (where) => Promise.resolve(void delivered.push(where)),
    });

    expect(said('DUADA')).toEqual(['Link']);
    expect(delivered).toEqual([posted]);
  });

  it.each([
    ['has a fault', { status: 503, times: 3 }],
    ['asks to wait', { status: 429, retryAfter: 60, times: 3 }],
    ['does not take the token for a while', { error: 'account_inactive', times: 3 }],
  ])('waits while Slack %s, in its order, and is told of when it stands there', async (_, failure) => {
    fake.failNext('chat.postMessage', failure);
    const delivered: Posted[] = [];

    const first = await waiting.send({
      ...{ to: toAda, content: saying('First') },
      delivered: (where) => Promise.resolve(void delivered.push(where)),
    });
    const second = await waiting.send({ to: toAda, content: saying('Second') });

    expect([first, second]).toEqual([null, null]);
    await until(() => said('DUADA').length === 2);
    expect(said('DUADA')).toEqual(['First', 'Second']);
    expect(delivered).toEqual([{ channel: 'DUADA', ts: fake.messages('DUADA')[0]?.ts }]);
    await until(() => log.lines.some((line) => line.startsWith('Slack answers again')));
  });

  it('stands once, though Slack delivered what it did not answer', async () => {
    fake.failNext('chat.postMessage', { drop: true, effect: true });

    await waiting.send({ to: toAda, content: saying('Link') });

    await until(() => log.lines.some((line) => line.startsWith('Slack answers again')));
    expect(said('DUADA')).toEqual(['Link']);
  });

  it('waits also where the private chat could not be opened', async () => {
    fake.failNext('conversations.open', { status: 500 });

    expect(await waiting.send({ to: toAda, content: saying('Link') })).toBeNull();

    await until(() => said('DUADA').length === 1);
  });

  it('can be for a channel and its thread', async () => {
    const parent = await waiting.send({ to: { channel: 'CTEAM' }, content: saying('Digest') });
    if (!parent) throw new Error('It was not posted.');

    await waiting.send({ to: { channel: 'CTEAM', thread: parent.ts }, content: saying('More') });

    expect(fake.messages('CTEAM').map(({ thread }) => thread)).toEqual([null, parent.ts]);
  });

  it('does not wait where waiting is no use', async () => {
    expect(await kindOf(waiting.send({ to: { channel: 'CNONE' }, content: saying('x') }))).toBe('gone');
  });

  it('gives way to the next where it cannot be delivered any more', async () => {
    fake.failNext('chat.postMessage', { status: 500, times: 2 });
    fake.failNext('chat.postMessage', { error: 'user_disabled' });
    await waiting.send({ to: { channel: 'CTEAM' }, content: saying('First') });
    await waiting.send({ to: { channel: 'CTEAM' }, content: saying('Second') });

    await until(() => said('CTEAM').length === 1);

    expect(said('CTEAM')).toEqual(['Second']);
    expect(log.lines.join()).toContain('cannot be delivered any more');
  });

  it('is delivered though nobody could note where it stands', async () => {
    const delivered = () => Promise.reject(new Error('no'));

    expect(await waiting.send({ to: toAda, content: saying('Link'), delivered })).not.toBeNull();

    expect(log.lines.join()).toContain('will not change by itself');
  });

  it('is counted in the log where it still waits at the end', async () => {
    const stopped = open(60_000);
    fake.failNext('chat.postMessage', { status: 500 });
    await stopped.send({ to: toAda, content: saying('Link') });

    await stopped.close();

    expect(log.lines.at(-1)).toContain('lost. {"waiting":1}');
  });

  it('keeps nobody from ending where Slack hangs', async () => {
    const calls = createQuickCalls(fake, { timing: { postMs: 0, requestMs: 5_000 } });
    const stopped = createWaiting({ calls, log, firstWaitMs: 5 });
    fake.failNext('chat.postMessage', { status: 500 });
    fake.failNext('chat.postMessage', { hang: 4_000 });
    const before = fake.calls.length;
    await stopped.send({ to: { channel: 'CTEAM' }, content: saying('Link') });
    await until(() => fake.calls.length >= before + 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const asked = performance.now();

    await stopped.close();

    expect(performance.now() - asked).toBeLessThan(1_500);
    expect(log.lines.at(-1)).toContain('lost. {"waiting":1}');
  });
});
