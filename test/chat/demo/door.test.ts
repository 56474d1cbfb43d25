import { request as httpRequest, type IncomingMessage } from 'node:http';
import { startDemoServer, type DemoServer, type Script } from '../../support/demo-server';
import { openEvents, type Events } from '../../support/events';

interface Body {
  readonly error?: string;
  readonly reference?: string;
  readonly language?: string;
  readonly cursor?: string;
  readonly words?: Record<string, string>;
  readonly personas?: readonly { displayName: string; roleName: string }[];
  readonly messages?: readonly { id: string; from: string; text?: string; card?: { said: string } }[];
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: Body;
}

const json = { 'content-type': 'application/json' };
const typed = (text: string, persona = 'web:alice') => ({ persona, kind: 'typed', text });

/** Answers with a card that says what it was asked; a press on `*.below` answers below. */
const echo: Script = ({ input, locale }) => {
  if (input.kind === 'file') throw new Error('No file is sent here.');
  const said = input.kind === 'typed' ? input.text : `${input.verb} ${JSON.stringify(input.data)}`;
  const place = input.kind === 'pressed' && !input.verb.endsWith('.below') ? 'here' : 'below';
  if (said === 'cannot be rendered') return { place, card: { name: 'broken', data: {} } };
  return { place, card: { name: 'echo', data: { said: `${locale.language}: ${said}` } } };
};

let server: DemoServer;
let events: Events | undefined;

beforeEach(async () => {
  server = await startDemoServer(echo, (card) => {
    if (card.name === 'broken') throw new Error('no such card');
    return { type: 'AdaptiveCard', said: card.data['said'] };
  });
});

afterEach(async () => {
  events?.close();
  events = undefined;
  await server.close();
});

function ask(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, method, path, headers };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = response.headers['content-type']?.startsWith('application/json');
        const parsed = isJson && text ? (JSON.parse(text) as Body) : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: parsed });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

const get = (path: string, headers: Record<string, string> = {}) => ask('GET', path, headers);
const post = (body: object, headers: Record<string, string> = {}) =>
  ask('POST', '/demo/messages', { ...json, ...headers }, JSON.stringify(body));
const conversation = (persona = 'web:alice') => get(`/demo/messages?persona=${persona}`);

describe('who may talk to the demo', () => {
  const paths = [
    '/',
    '/demo/client.js',
    '/demo/messages?persona=web:alice',
    '/demo/events?persona=web:alice',
  ];

  test.each(paths)('%s is refused under a host name that is not loopback', async (path) => {
    const answered = await get(path, { host: `rollcall.evil.example:${server.port}` });
    expect(answered.status).toBe(403);
    expect(answered.body).toEqual({ error: 'host' });
  });

  test.each(paths)('%s is refused to a page of another origin', async (path) => {
    expect((await get(path, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await get(path, { origin: 'null' })).status).toBe(403);
    expect((await get(path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test('a page on another port of this machine cannot post, and nothing reaches the dispatcher', async () => {
    const origin = `http://127.0.0.1:${server.port + 1}`;
    expect((await post(typed('/rollcall'), { origin })).status).toBe(403);
    expect((await post(typed('/rollcall'), { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await post(typed('/rollcall'), { host: 'evil.example' })).status).toBe(403);
    expect(server.commands).toEqual([]);
  });

  test.each(['127.0.0.1', 'localhost', '[::1]'])('the page itself may, opened as %s', async (name) => {
    const host = `${name}:${server.port}`;
    const headers = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect((await post(typed('/rollcall'), headers)).status).toBe(200);
  });

  test('a refusal is logged without what was sent', async () => {
    await post(typed('a secret'), { origin: 'https://evil.example' });
    expect(server.log.lines.join()).toContain('refused');
    expect(server.log.lines.join()).not.toContain('secret');
  });
});

describe('what a post must be', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', ''])(
    'content type "%s" is refused with 415',
    async (type) => {
      const headers: Record<string, string> = type ? { 'content-type': type } : {};
      const answered = await ask('POST', '/demo/messages', headers, JSON.stringify(typed('/rollcall')));
      expect(answered.status).toBe(415);
    },
  );

  test('a body of more than 256 KiB is refused with 413, announced or not', async () => {
    const large = JSON.stringify(typed('x'.repeat(256 * 1024)));
    expect((await ask('POST', '/demo/messages', json, large)).status).toBe(413);
    const chunked = { ...json, 'transfer-encoding': 'chunked' };
    expect((await ask('POST', '/demo/messages', chunked, large)).status).toBe(413);
    expect(server.commands).toEqual([]);
  });

  test.each([
    'no JSON',
    '[]',
    JSON.stringify({ persona: 'web:alice', kind: 'typed' }),
    JSON.stringify(typed('   ')),
    JSON.stringify(typed('/rollcall', 'teams:alice')),
    JSON.stringify(typed('/rollcall', 'web:Alice')),
    JSON.stringify(typed('/rollcall', `web:${'a'.repeat(33)}`)),
    JSON.stringify({ ...typed('/rollcall'), timeZone: 'Mars/Olympus' }),
    JSON.stringify({ ...typed('/rollcall'), operator: 'web:admin' }),
    JSON.stringify({ persona: 'web:alice', kind: 'pressed', verb: 'x' }),
  ])('%s is refused with 400', async (body) => {
    const answered = await ask('POST', '/demo/messages', json, body);
    expect(answered.status).toBe(400);
    expect(server.commands).toEqual([]);
  });

  test('other methods are refused with 405', async () => {
    const answered = await ask('DELETE', '/demo/messages');
    expect(answered.status).toBe(405);
    expect(answered.headers.allow).toContain('GET');
    expect((await ask('POST', '/', json, '{}')).status).toBe(405);
  });

  test('what cannot be rendered is answered with a reference that stands in the log, and no more', async () => {
    const answered = await post(typed('cannot be rendered'));
    expect(answered.status).toBe(500);
    expect(Object.keys(answered.body)).toEqual(['error', 'reference']);
    expect(server.log.lines.join()).toContain(answered.body.reference);
    expect(answered.text).not.toContain('no such card');
  });
});

describe('the page', () => {
  test('comes with a policy that lets nothing run but its own files, and is kept by nobody', async () => {
    const { headers, text } = await get('/');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: " +
        "http://127.0.0.1:3978/f/; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cache-control']).toBe('no-store');
    expect(text).not.toContain('{{');
  });

  test('speaks the language of the browser before it knows who reads it', async () => {
    const french = await get('/', { 'accept-language': 'fr-CH, fr;q=0.9, en;q=0.8' });
    expect(french.text).toContain('<html lang="fr" data-persona="web:benoit">');
    const other = await get('/', { 'accept-language': 'de, en;q=0.5' });
    expect(other.text).toContain('<html lang="en" data-persona="web:alice">');
  });

  test('finds every file it names', async () => {
    const { text } = await get('/');
    const named = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(named).toContain('/demo/adaptivecards.js');
    for (const path of named) expect([path, (await get(path)).status]).toEqual([path, 200]);
  });
});

describe('a conversation', () => {
  test('reaches the dispatcher as the persona, in its language and the time zone of the browser', async () => {
    await post({ ...typed('/customers contoso', 'web:benoit'), timeZone: 'Europe/Paris' });
    expect(server.commands).toEqual([
      {
        door: 'demo',
        operator: 'web:benoit',
        operatorName: 'Benoît Lefèvre',
        conversation: { id: 'demo:benoit', kind: 'personal' },
        locale: { language: 'fr', timeZone: 'Europe/Paris' },
        prefix: '',
        input: { kind: 'typed', text: '/customers contoso' },
      },
    ]);
  });

  test('lets the reader be anybody, in the language of the browser', async () => {
    await post(typed('/rollcall', 'web:somebody-7'), { 'accept-language': 'fr' });
    expect(server.commands[0]).toMatchObject({ operatorName: 'somebody-7', locale: { language: 'fr' } });
  });

  test('names the personas and their roles in the language of the one who reads', async () => {
    const { body } = await conversation('web:benoit');
    expect(body.language).toBe('fr');
    expect(body.words?.['send']).toBe('Envoyer');
    expect(body.personas?.map(({ displayName }) => displayName)).toContain('Hugo Brandt');
    expect(body.personas?.every(({ roleName }) => roleName !== '')).toBe(true);
  });

  test('is there again after a reload, and each persona has its own', async () => {
    await post(typed('/rollcall'));
    const { body } = await conversation();
    expect(body.messages?.map(({ from, text, card }) => [from, text ?? card?.said])).toEqual([
      ['operator', '/rollcall'],
      ['bot', 'en: /rollcall'],
    ]);
    expect((await conversation('web:hugo')).body.messages).toEqual([]);
  });

  test('is greeted once, even when two tabs open at the same time', async () => {
    const opened = { persona: 'web:alice', kind: 'opened' };
    await Promise.all([post(opened), post(opened)]);
    await post(opened);
    const { body } = await conversation();
    expect(body.messages?.map(({ card }) => card?.said)).toEqual(['en: rollcall']);
  });

  test('keeps the last 200 messages', async () => {
    for (let count = 0; count < 110; count++) await post(typed(`text ${count}`));
    const { body } = await conversation();
    expect(body.messages).toHaveLength(200);
    expect(body.messages?.at(-1)?.card?.said).toBe('en: text 109');
  });

  test('tells where each card stands once it stands there', async () => {
    const { body } = await post(typed('/rollcall'));
    expect(server.delivered).toEqual([{ conversation: 'demo:alice', message: body.messages?.at(-1)?.id }]);
  });
});

describe('a press', () => {
  const press = (messageId: string, verb: string) =>
    post({ persona: 'web:alice', kind: 'pressed', messageId, verb, data: { frozen: 'f', text: 'é' } });
  const card = async () => (await post(typed('/add-user'))).body.messages?.at(-1)?.id ?? '';

  test('answered here replaces the card it stands on', async () => {
    const id = await card();
    const { body } = await press(id, 'add-user.save');
    expect(body.messages?.map((message) => message.id)).toEqual([id]);
    expect((await conversation()).body.messages).toHaveLength(2);
    expect(body.messages?.[0]?.card?.said).toBe('en: add-user.save {"frozen":"f","text":"é"}');
  });

  test('answered below leaves the card and adds one', async () => {
    const id = await card();
    await press(id, 'add-user.below');
    const said = (await conversation()).body.messages?.map((message) => message.card?.said);
    expect(said).toEqual([undefined, 'en: /add-user', expect.stringContaining('add-user.below')]);
  });

  test('on a card that is forgotten is answered below', async () => {
    const { status, body } = await press('forgotten', 'add-user.save');
    expect(status).toBe(200);
    expect(body.messages).toHaveLength(1);
    expect((await conversation()).body.messages).toHaveLength(1);
  });
});

describe('changes', () => {
  const locale = { language: 'en', timeZone: 'UTC' } as const;
  const changed = { name: 'echo', data: { said: 'opened' } };
  const follow = async (after: string, headers: Record<string, string> = {}) => {
    events = await openEvents(`${server.url}/demo/events?persona=web:alice&after=${after}`, headers);
    return events;
  };

  test('arrive at every open page by themselves', async () => {
    const { body } = await post(typed('/add-user'));
    const address = { conversation: 'demo:alice', message: body.messages?.at(-1)?.id ?? '' };
    const page = await follow((await conversation()).body.cursor ?? '');
    expect(await server.door.messenger.update(address, changed, locale)).toBe('delivered');
    await post(typed('from another tab'));
    expect((await page.next()).data).toMatchObject({ id: address.message, card: { said: 'opened' } });
    expect((await page.next()).data).toMatchObject({ from: 'operator', text: 'from another tab' });
    expect((await page.next()).data).toMatchObject({ from: 'bot' });
  });

  test('missed while the connection was away come when it is back, each once', async () => {
    const page = await follow((await conversation()).body.cursor ?? '');
    await post(typed('first'));
    await page.next();
    const { id } = await page.next();
    page.close();
    await post(typed('second'));
    const back = await follow('', { 'last-event-id': id });
    expect((await back.next()).data).toMatchObject({ text: 'second' });
    expect((await back.next()).data).toMatchObject({ card: { said: 'en: second' } });
  });

  test('of a door that was started again begin with the whole conversation', async () => {
    await post(typed('first'));
    const page = await follow('of-another-process.7');
    const { event, data } = await page.next();
    expect(event).toBe('reset');
    expect(data).toHaveLength(2);
  });

  test('of a message or a conversation that is no more are reported as gone', async () => {
    await post(typed('first'));
    const { messenger } = server.door;
    expect(await messenger.update({ conversation: 'demo:alice', message: 'x' }, changed, locale)).toBe(
      'gone',
    );
    expect(await messenger.update({ conversation: 'demo:nobody', message: 'x' }, changed, locale)).toBe(
      'gone',
    );
  });

  test('end when the door closes', async () => {
    const page = await follow('');
    await page.next();
    await server.door.close();
    await expect(page.next()).rejects.toThrow('ended');
  });
});

test('closing waits for the answer that is under way', async () => {
  let answer: () => void = () => undefined;
  const slow = await startDemoServer(
    async (command) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return echo(command);
    },
    () => ({ type: 'AdaptiveCard' }),
  );
  const turn = fetch(`${slow.url}/demo/messages`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(typed('x')),
  });
  while (slow.commands.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  let closed = false;
  const closing = slow.door.close().then(() => (closed = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(closed).toBe(false);
  answer();
  expect((await turn).status).toBe(200);
  await closing;
  await slow.close();
});
