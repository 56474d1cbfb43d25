import type { ModalView } from '@slack/types';
import { createServer, type Server } from 'node:http';
import { closeServer, listen } from '../../support/fake-connector';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import {
  createQuickCalls,
  failureOf,
  kindOf,
  type QuickCalls,
  saying,
  sayingBlocks,
} from '../../support/slack/quick-calls';

let fake: FakeSlack;
let calls: QuickCalls;
beforeAll(async () => {
  fake = await openFakeSlack();
  fake.addUser({ id: 'UADA', name: 'Ada Lovelace' });
  fake.addChannel({ id: 'CTEAM', members: ['UADA'] });
  fake.addChannel({ id: 'COLD', members: ['UADA'], isArchived: true });
});
beforeEach(() => {
  calls = createQuickCalls(fake);
  fake.workspace.messages.splice(0);
});
afterAll(() => fake.close());

const view: ModalView = {
  type: 'modal',
  title: { type: 'plain_text', text: 'Rollcall' },
  blocks: [...sayingBlocks('Loading')],
};
const callsOf = (method: string) => fake.calls.filter((one) => one.method === method).length;

describe('A failure', () => {
  it.each([
    ['a channel that is no more', () => calls.post('CNONE', saying('Hello')), 'gone'],
    ['an archived channel', () => calls.post('COLD', saying('Hello')), 'gone'],
    ['a message that is no more', () => calls.update({ channel: 'CTEAM', ts: '1.1' }, saying('x')), 'gone'],
    ['a person who is no more', () => calls.privateChannel('UNOBODY'), 'gone'],
    ['a person who is not in the channel', () => calls.tell('CTEAM', 'UELSE', 'Hello'), 'gone'],
    ['a view that was closed', () => calls.updateView('VNONE', view), 'gone'],
    ['a trigger that is none', () => calls.openView({ id: '1.2.3', at: performance.now() }, view), 'expired'],
  ])('says of %s what it means', async (_, call, kind) => {
    expect(await kindOf(call())).toBe(kind);
  });

  it('of our own is in the log with the places of the faults, and nothing of what was sent', async () => {
    const failure = await failureOf(calls.post('CTEAM', saying(`Ada Lovelace ${'x'.repeat(3_001)}`)));

    expect(failure).toMatchObject({ kind: 'refused', code: 'invalid_blocks' });
    const lines = calls.log.lines.join('\n');
    expect(lines).toContain('"pointers":["/blocks/0');
    expect(lines).not.toContain('Lovelace');
  });

  it('never holds the token, whatever happens', async () => {
    const failing = ['chat.postMessage', 'chat.update', 'views.update'];
    const errors: unknown[] = [];
    for (const failure of [{ drop: true }, { status: 500 }, { error: 'invalid_auth' }, { error: 'odd' }]) {
      for (const method of failing) fake.failNext(method, failure);
      const impatient = createQuickCalls(fake, { timing: { postMs: 0, viewMs: 0 } });
      errors.push(await failureOf(impatient.post('CTEAM', saying('Hello'))), impatient.log.lines);
      errors.push(await failureOf(impatient.update({ channel: 'CTEAM', ts: '1.1' }, saying('Hello'))));
      errors.push(await failureOf(impatient.updateView('V1', view)));
    }

    const seen = errors.map((error) =>
      error instanceof Error
        ? `${JSON.stringify(error)} ${error.stack ?? ''} ${String(error.cause)}`
        : String(error),
    );
    expect(seen.join('\n')).toContain('invalid_auth');
    expect(seen.join('\n')).not.toContain(fake.token);
  });
});

describe('A view', () => {
  const trigger = (id: string) => {
    fake.workspace.triggers.set(id, {
      ...{ user: 'UADA', view: null, at: performance.now(), isUsed: false, isExpired: false },
    });
    return { id, at: performance.now() };
  };

  it('is opened, and shows something else later, also while Slack is busy', async () => {
    const opened = await calls.openView(trigger('1.1'), view);
    fake.failNext('views.update', { status: 429, retryAfter: 0 });
    fake.failNext('views.update', { status: 502 });

    const updated = await calls.updateView(opened.id, { ...view, blocks: [...sayingBlocks('Done')] });

    expect(updated.id).toBe(opened.id);
    expect(updated.hash).not.toBe(opened.hash);
    expect(fake.views('UADA')).toMatchObject([{ payload: { blocks: [{ text: { text: 'Done' } }] } }]);
  });

  it('is tried once, because the trigger does not wait', async () => {
    fake.failNext('views.open', { status: 429, retryAfter: 1 });
    const before = callsOf('views.open');
    const started = performance.now();

    const kind = await kindOf(calls.openView(trigger('1.2'), view));

    expect(kind).toBe('later');
    expect(callsOf('views.open') - before).toBe(1);
    expect(performance.now() - started).toBeLessThan(900);
  });

  it('is not tried any more with a trigger that is older than Slack takes it', async () => {
    const before = fake.calls.length;

    const kinds = [
      await kindOf(calls.openView({ ...trigger('1.3'), at: performance.now() - 2_801 }, view)),
      await kindOf(calls.pushView({ ...trigger('1.4'), at: performance.now() - 2_801 }, view)),
    ];

    expect(kinds).toEqual(['expired', 'expired']);
    expect(fake.calls).toHaveLength(before);
  });

  it('is the home of a person', async () => {
    await calls.publishHome('UADA', { type: 'home', blocks: [...sayingBlocks('Welcome')] });

    expect(fake.home('UADA')).toMatchObject({ payload: { blocks: [{ text: { text: 'Welcome' } }] } });
  });
});

describe('A private chat', () => {
  it('is asked for once a person', async () => {
    const before = callsOf('conversations.open');

    const channels = [await calls.privateChannel('UADA'), await calls.privateChannel('UADA')];

    expect(channels).toEqual(['DUADA', 'DUADA']);
    expect(callsOf('conversations.open') - before).toBe(1);
  });
});

describe('A line for one person', () => {
  let elsewhere: Server;
  let port: number;
  const received: string[] = [];
  beforeAll(async () => {
    elsewhere = createServer((request, response) => {
      received.push(`${request.url ?? ''} ${request.headers.authorization ?? ''}`);
      response.writeHead(302, { location: `${fake.apiUrl}auth.test` }).end();
    });
    port = await listen(elsewhere);
  });
  afterAll(() => closeServer(elsewhere));

  const responseUrl = (id: string) => {
    fake.workspace.responseUrls.set(id, { channel: 'CTEAM', user: 'UADA', message: null, uses: 0 });
    return `${fake.workspace.origin}/response/${id}`;
  };

  it('is seen by this person alone', async () => {
    await calls.tell('CTEAM', 'UADA', 'See your private chat.');
    await calls.respond(responseUrl('r1'), 'Look there.');

    expect(fake.messages('CTEAM')).toEqual([]);
    expect(fake.whispers('UADA').map(({ text }) => text)).toEqual(['See your private chat.', 'Look there.']);
  });

  it('is tried again while Slack is busy, and expires with its address', async () => {
    fake.failNext('response_url', { status: 503 });
    await calls.respond(responseUrl('r2'), 'Look there.');

    expect(fake.whispers('UADA')).toHaveLength(1);
    expect(await kindOf(calls.respond(`${fake.workspace.origin}/response/none`, 'Hello'))).toBe('expired');
  });

  it.each([
    'https://evil.example/x',
    'http://hooks.slack.com/x',
    'https://hooks.slack.com.evil.example/',
    'x',
  ])('does not go to %s', async (address) => {
    expect(await failureOf(calls.respond(address, 'Hello'))).toMatchObject({
      kind: 'refused',
      code: 'foreign_host',
    });
  });

  it('goes nowhere else on this machine, and the token follows no redirect', async () => {
    const { pathname } = new URL(fake.apiUrl);
    const foreign = await kindOf(calls.respond(`http://127.0.0.1:${port}/`, 'Hello'));
    expect([foreign, received]).toEqual(['refused', []]);

    const misled = createQuickCalls({ apiUrl: `http://127.0.0.1:${port}${pathname}`, token: fake.token });
    const before = fake.calls.length;
    expect(await kindOf(misled.authTest())).toBe('later');

    expect(received).toEqual([`/api/auth.test Bearer ${fake.token}`]);
    expect(fake.calls).toHaveLength(before);
  });
});
