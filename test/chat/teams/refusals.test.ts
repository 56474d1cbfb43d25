import { request } from 'node:http';
import { bot, message, places, tenantId } from '../../support/teams-activities';
import { startTeamsTest, type TeamsTest } from '../../support/teams-door';
import { startTokenIssuer, type TokenIssuer } from '../../support/token-issuer';

const appId = '99999999-8888-4777-8666-555555555555';
let teams: TeamsTest;

describe('with an app id', () => {
  let issuer: TokenIssuer;

  beforeAll(async () => {
    // The SDK prints what it refuses.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    issuer = await startTokenIssuer();
  });
  beforeEach(async () => {
    teams = await startTeamsTest((bearer) => ({
      kind: 'registered',
      appId,
      appPassword: 'not used here',
      appType: 'SingleTenant',
      tenantId,
      issuer: { name: issuer.name, openIdUrl: issuer.openIdUrl, bearer },
    }));
  });
  afterEach(() => teams.close());
  afterAll(() => issuer.close());

  const claims = () => ({ aud: appId, serviceurl: teams.connector.serviceUrl });
  const bearerOf = (token: string) => ({ authorization: `Bearer ${token}` });
  const hello = message('personal', '/rollcall');

  test('a signed activity is answered, and the answer carries the token of the bot', async () => {
    const { status } = await teams.send(hello, bearerOf(issuer.sign(claims())));

    expect(status).toBe(200);
    expect(teams.commands).toHaveLength(1);
    expect(teams.connector.messages(places.personal.id)).toHaveLength(1);
  });

  const headers: Record<string, () => Record<string, string>> = {
    'no header': () => ({}),
    'an empty token': () => ({ authorization: 'Bearer ' }),
    'another scheme': () => ({ authorization: 'Basic dTpw' }),
    garbage: () => bearerOf('garbage'),
    'garbage in three parts': () => bearerOf('e30.e30.e30'),
    'another issuer': () => bearerOf(issuer.sign({ ...claims(), iss: 'https://example.com' })),
    'another audience': () => bearerOf(issuer.sign({ ...claims(), aud: 'another-app' })),
    'another service url': () => bearerOf(issuer.sign({ ...claims(), serviceurl: 'https://example.com' })),
    'an expired token': () => bearerOf(issuer.sign(claims(), { expires: -600 })),
    'an unknown key': () => bearerOf(issuer.sign(claims(), { kid: 'unknown' })),
    'a key that is not endorsed for Teams': () => bearerOf(issuer.sign(claims(), { key: 'not-endorsed' })),
    'the signature of a stranger': () => bearerOf(issuer.sign(claims(), { key: 'stranger' })),
    'no algorithm': () => bearerOf(issuer.sign(claims(), { alg: 'none' })),
    'a shared secret': () => bearerOf(issuer.sign(claims(), { alg: 'HS256' })),
  };

  test.each(Object.keys(headers))('%s is refused with 401, and nothing is done', async (name) => {
    const { status } = await teams.send(hello, headers[name]!());

    expect(status).toBe(401);
    expect(teams.commands).toEqual([]);
    expect(teams.addresses.all.size).toBe(0);
    expect(teams.connector.messages(places.personal.id)).toEqual([]);
  });

  test('no token stands in the log', async () => {
    const token = issuer.sign(claims(), { key: 'stranger' });

    await teams.send(hello, bearerOf(token));

    expect(teams.log.lines.join()).toMatch(/refused/);
    expect(teams.log.lines.join()).not.toContain(token.split('.')[1]);
  });

  test.each([
    ['an empty object', '{}'],
    ['no JSON', '{"type":'],
    ['a list', '[]'],
    ['nothing', ''],
    ['null', 'null'],
  ])('%s as the body is a bad request', async (_what, body) => {
    const { status } = await teams.send(body, bearerOf(issuer.sign(claims())));

    expect(status).toBe(400);
    expect(teams.commands).toEqual([]);
  });

  test.each([
    ['another tenant', { conversation: { ...places.personal, tenantId: 'other' }, channelData: {} }],
    ['two tenants', { channelData: { tenant: { id: 'other' } } }],
    ['no tenant', { conversation: { id: 'a:ann', conversationType: 'personal' }, channelData: null }],
    ['another channel', { channelId: 'webchat' }],
  ])('a turn of %s is refused', async (_what, more) => {
    const key = 'channelId' in more ? 'not-endorsed' : 'endorsed';

    const { status } = await teams.send({ ...hello, ...more }, bearerOf(issuer.sign(claims(), { key })));

    expect(status).toBe(403);
    expect(teams.commands).toEqual([]);
  });

  describe('of many tenants', () => {
    const open = async (more: { tenantId?: string }) => {
      await teams.close();
      teams = await startTeamsTest((bearer) => ({
        kind: 'registered',
        appId,
        appPassword: 'not used here',
        appType: 'MultiTenant',
        ...more,
        issuer: { name: issuer.name, openIdUrl: issuer.openIdUrl, bearer },
      }));
    };
    const another = { conversation: { ...places.personal, tenantId: 'other' }, channelData: {} };
    const sendFrom = async (more: object) =>
      (await teams.send({ ...hello, ...more }, bearerOf(issuer.sign(claims())))).status;

    test('a turn of any is taken where none is named', async () => {
      await open({});

      expect(await sendFrom(another)).toBe(200);
    });

    test('a turn of another than the one that is named is refused, however that one is spelled', async () => {
      await open({ tenantId: tenantId.toUpperCase() });

      expect(await sendFrom(another)).toBe(403);
      expect(teams.commands).toEqual([]);
      expect(await sendFrom({})).toBe(200);
    });
  });

  test('a turn is refused, and that is logged, where the keys cannot be had', async () => {
    await teams.close();
    teams = await startTeamsTest((bearer) => ({
      kind: 'registered',
      appId,
      appPassword: 'not used here',
      appType: 'MultiTenant',
      issuer: { name: issuer.name, openIdUrl: 'http://127.0.0.1:9', bearer },
    }));

    const { status } = await teams.send(hello, bearerOf(issuer.sign(claims())));

    expect(status).toBe(401);
    expect(teams.log.lines.join()).toMatch(/refused.*signature/);
  });
});

describe('in the demo', () => {
  beforeEach(async () => {
    teams = await startTeamsTest(() => ({ kind: 'anonymous' }));
  });
  afterEach(() => teams.close());
  const hello = message('personal', '/rollcall');

  /** `fetch` does not let a test choose its Host. */
  const sendAs = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ serviceUrl: teams.connector.serviceUrl, ...hello });
      const sent = request(teams.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      });
      sent.on('response', (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject);
      sent.end(body);
    });

  test.each([['localhost:3978'], ['127.0.0.1'], ['[::1]:3978']])(
    'the host %s is this machine',
    async (host) => {
      expect(await sendAs({ host })).toBe(200);
    },
  );

  test.each([['rollcall.example:3978'], ['127.0.0.1.example'], ['127.0.0.1@example'], ['localhost:3978/x']])(
    'a rebound name is refused: %s',
    async (host) => {
      expect(await sendAs({ host })).toBe(403);
      expect(teams.commands).toEqual([]);
    },
  );

  test.each([
    ['https://example.com'],
    ['null'],
    ['http://localhost.example'],
    ['http://127.0.0.1:1@example.com'],
  ])('a page of another site is refused: %s', async (origin) => {
    expect((await teams.send(hello, { origin })).status).toBe(403);
    expect(teams.commands).toEqual([]);
  });

  test('a local Teams client is let in, a web page on another port of this machine is not', async () => {
    expect((await teams.send(hello)).status).toBe(200);
    expect((await teams.send(hello, { origin: 'http://localhost:56150' })).status).toBe(403);
    expect(teams.commands).toHaveLength(1);
  });

  test.each([
    ['https://smba.trafficmanager.net/teams/'],
    ['http://169.254.169.254/'],
    ['http://127.0.0.1.example/'],
    ['http://localhost@example.com/'],
    ['http://user:secret@127.0.0.1/'],
    ['http://0.0.0.0:3978/'],
  ])('nothing is ever called at %s', async (serviceUrl) => {
    expect((await teams.send({ ...hello, serviceUrl })).status).toBe(403);
    expect(teams.commands).toEqual([]);
    expect(teams.addresses.all.size).toBe(0);
  });

  test.each([['emulator'], ['webchat'], ['directline']])(
    'the local channel %s is let in',
    async (channelId) => {
      expect((await teams.send({ ...hello, channelId })).status).toBe(200);
    },
  );

  test('a channel that nobody runs locally is refused', async () => {
    expect((await teams.send({ ...hello, channelId: 'slack' })).status).toBe(403);
  });

  test.each([['text/plain'], ['application/x-www-form-urlencoded'], ['application/jsonp']])(
    '%s is refused: only JSON is taken',
    async (type) => {
      expect((await teams.send(hello, { 'content-type': type })).status).toBe(415);
    },
  );

  test('a body over 256 KiB is refused', async () => {
    expect((await teams.send(message('personal', 'x'.repeat(300_000)))).status).toBe(413);
    expect(teams.commands).toEqual([]);
  });

  test('an activity that means nothing here is taken and ignored', async () => {
    expect((await teams.send({ ...hello, type: 'messageReaction', from: bot })).status).toBe(200);
    expect(teams.commands).toEqual([]);
  });
});
