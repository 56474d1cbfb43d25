import { request as httpRequest } from 'node:http';
import { startDemoServer, type DemoServer, type Script } from '../../support/demo-server';

interface Body {
  readonly error?: string;
  readonly messages?: readonly { from: string; file?: object; card?: { said: string } }[];
}

const bytes = { 'content-type': 'application/octet-stream' };
const csv = 'User Principal Name\nzoe@contoso.example\n';
const path = '/demo/files?persona=web:alice&timeZone=Europe/Paris&name=utilisateurs%20(1).csv';

/** Says what it was given; of a file called `unread` it reads nothing, of `half` no more than its first part. */
const reader: Script = async ({ input }) => {
  if (input.kind !== 'file') throw new Error('Only files are sent here.');
  const { name, size } = input.file;
  const said = name === 'unread' ? 'unread' : `${name}: ${await textOf(input.file, name === 'half')}`;
  return { place: 'below', card: { name: 'read', data: { said: `${said} (${size ?? 'unknown'})` } } };
};

async function textOf(file: { open(): Promise<AsyncIterable<Uint8Array>> }, half: boolean): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await file.open()) {
    chunks.push(chunk);
    if (half) break;
  }
  return half ? 'half' : Buffer.concat(chunks).toString();
}

let server: DemoServer;
beforeAll(async () => {
  server = await startDemoServer(reader, (card) => ({ type: 'AdaptiveCard', said: card.data['said'] }));
});
afterAll(() => server.close());

interface Sent {
  readonly to?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

function send({ to = path, headers = {}, body = csv }: Sent = {}): Promise<{ status: number; body: Body }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, method: 'POST', path: to };
    const request = httpRequest({ ...options, headers: { ...bytes, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString()) as Body,
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

describe('A file put onto the demo page', () => {
  it('reaches the dispatcher as the persona, with its name, its size and its bytes', async () => {
    const { status, body } = await send();

    expect(status).toBe(200);
    expect(server.commands.at(-1)).toMatchObject({
      operator: 'web:alice',
      conversation: { id: 'demo:alice', kind: 'personal' },
      locale: { language: 'en', timeZone: 'Europe/Paris' },
      input: { kind: 'file', file: { name: 'utilisateurs (1).csv', size: csv.length } },
    });
    expect(body.messages).toMatchObject([
      { from: 'operator', file: { name: 'utilisateurs (1).csv', size: csv.length } },
      { from: 'bot', card: { said: `utilisateurs (1).csv: ${csv} (${csv.length})` } },
    ]);
  });

  it('may be of unknown length', async () => {
    const { body } = await send({ headers: { 'transfer-encoding': 'chunked' } });

    expect(body.messages?.at(-1)?.card?.said).toContain('zoe@contoso.example\n (unknown)');
  });

  it.each(['unread', 'half'])('is answered although it is left %s', async (name) => {
    const large = Buffer.alloc(8 * 1024 * 1024, 'x');
    const to = `/demo/files?persona=web:alice&name=${name}`;

    const { status, body } = await send({ to, body: large });

    expect(status).toBe(200);
    expect(body.messages?.at(-1)?.card?.said).toContain(name);
  });
});

describe('What is no file of the page', () => {
  it.each([
    ['a form of another page', 415, { headers: { 'content-type': 'text/plain' } }],
    ['JSON', 415, { headers: { 'content-type': 'application/json' } }],
    ['a page of another origin', 403, { headers: { origin: 'https://evil.example' } }],
    ['another host name', 403, { headers: { host: 'rollcall.evil.example' } }],
    ['somebody of another chat', 400, { to: '/demo/files?persona=teams:alice&name=a.csv' }],
    ['a file without a name', 400, { to: '/demo/files?persona=web:alice&name=' }],
    ['a name without end', 400, { to: `/demo/files?persona=web:alice&name=${'x'.repeat(300)}` }],
  ] as [string, number, Sent][])('is refused: %s', async (_, status, sent) => {
    const before = server.commands.length;

    expect((await send(sent)).status).toBe(status);
    expect(server.commands).toHaveLength(before);
  });
});
