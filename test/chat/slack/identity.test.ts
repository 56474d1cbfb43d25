import { createIdentity } from '../../../src/chat/slack/identity';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import { createQuickCalls } from '../../support/slack/quick-calls';
import { until } from '../../support/until';

let fake: FakeSlack;
let ending: AbortController;
beforeAll(async () => {
  fake = await openFakeSlack();
});
beforeEach(() => {
  ending = new AbortController();
});
afterEach(() => ending.abort());
afterAll(() => fake.close());

function connect(botToken = fake.token) {
  const calls = createQuickCalls(fake, { botToken });
  const { log } = calls;
  return { log, identity: createIdentity({ calls, log, signal: ending.signal, firstWaitMs: 1 }) };
}

const asked = () => fake.calls.filter(({ method }) => method === 'auth.test').length;

describe('Whom the bot token belongs to', () => {
  it('is asked in the background', async () => {
    const { identity } = connect();
    expect(identity.current()).toBeNull();

    const known = await identity.known;

    expect(known).toEqual({
      ...{ teamId: 'TWORKSPACE', enterpriseId: null, botUserId: 'UROLLCALL', botId: 'BROLLCALL' },
    });
    expect(identity.current()).toEqual(known);
  });

  it.each([
    ['a token that Slack does not take', { error: 'invalid_auth' }, 'SLACK_BOT_TOKEN'],
    ['a Slack that has a fault', { status: 503 }, 'SLACK_API_URL'],
    ['a Slack that cannot be reached', { drop: true }, 'SLACK_API_URL'],
  ])('is asked until it is known: %s is said once, with what to do', async (_, failure, variable) => {
    fake.failNext('auth.test', { ...failure, times: 3 });
    const before = asked();

    const { identity, log } = connect();

    expect(await identity.known).toMatchObject({ teamId: 'TWORKSPACE' });
    expect(asked() - before).toBe(4);
    expect(log.lines.map((line) => line.slice(0, 30))).toEqual([
      expect.stringMatching(/^Slack does not (take|answer)/),
      expect.stringMatching(/^Slack is connected/),
    ]);
    expect(log.lines[0]).toContain(variable);
  });

  it('is not known for another token, which stands nowhere in the log, until Rollcall stops', async () => {
    const before = asked();
    const { identity, log } = connect('xoxb-of-somebody-else');
    await until(() => asked() - before >= 3);

    ending.abort();

    expect(await identity.known).toBeNull();
    expect(identity.current()).toBeNull();
    expect(log.lines).toHaveLength(1);
    expect(log.lines.join()).not.toContain('somebody-else');
  });
});
