import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createSmtpMail } from '../../src/mail/smtp';
import type { HandOverLetter } from '../../src/ports/mail';
import { createWords } from '../../src/words/words';
import { startMailServer, type TestMailServer } from '../support/smtp';

const words = createWords();
const from = 'Rollcall <rollcall@partner.example>';
const patience = { silence: 300, letter: 3_000, ending: 50 };
const never = new AbortController().signal;
const letter = {
  says: 'link',
  to: 'zoe@home.example',
  language: 'en',
  displayName: 'Zoé Durand',
  customerName: 'Contoso Bakery',
  link: `https://rollcall.partner.example/s/${'A'.repeat(43)}`,
  until: new Date('2026-11-29T09:00:00Z'),
} as const;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serve(...options: Parameters<typeof startMailServer>): Promise<TestMailServer> {
  const server = await startMailServer(...options);
  closing.push(() => server.close());
  return server;
}

/** A server that speaks as it is told, by what a line begins with. */
async function speaking(greeting: string, hear: (line: string, socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => hear(data.toString('utf8'), socket));
    if (greeting) socket.write(`${greeting}\r\n`);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const send = (
  url: string,
  changes: Partial<Extract<HandOverLetter, { says: 'link' }>> = {},
  ending = never,
) => createSmtpMail({ url, from, words, patience }).send({ ...letter, ...changes }, ending);

describe('A letter', () => {
  it('goes to one address, from the one that was configured, whatever names hold', async () => {
    const server = await serve();
    const hostile = 'Zoe\r\nBcc: eve@evil.example\r\n\r\n<script>alert(1)</script>';

    await send(server.url, { displayName: hostile, customerName: hostile });

    const [sent] = server.letters;
    expect(sent).toMatchObject({ from: 'rollcall@partner.example', to: [letter.to] });
    expect([...sent!.headers.keys()]).not.toContain('bcc');
    expect(sent!.headers.get('to')).toBe(letter.to);
    expect(sent!.headers.get('from')).toBe(from);
    expect(sent!.html).toContain('&lt;script&gt;');
    expect(sent!.html).not.toContain('<script>');
  });

  it('is refused rather than sent where its address holds a line break', async () => {
    const server = await serve();

    await send(server.url, { to: 'zoe@home.example\r\nRCPT TO:<eve@evil.example>' });

    expect(server.letters.flatMap(({ to }) => to)).not.toContain('eve@evil.example');
  });

  it('can be read on a phone, and says its language', async () => {
    const server = await serve();

    await send(server.url, { language: 'fr' });

    const { html, headers } = server.letters[0]!;
    expect(headers.get('content-type')).toMatch(/^multipart\/alternative/);
    expect(headers.get('content-language')).toBe('fr');
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('width=device-width');
    expect(html).toContain('29 novembre 2026');
    expect(html).not.toMatch(/<img|<script|src=/);
  });
});

describe('A mail server', () => {
  it('is told name and password as the address has them, decoded', async () => {
    const seen: unknown[] = [];
    const server = await serve({
      allowInsecureAuth: true,
      authOptional: false,
      onAuth: ({ username, password }, _, done) => {
        seen.push([username, password]);
        done(null, { user: username });
      },
    });

    const outcome = await send(server.url.replace('//', '//post%40partner.example:p%40ss%2Fw@'));

    expect(outcome).toEqual({ kind: 'sent' });
    expect(seen).toEqual([['post@partner.example', 'p@ss/w']]);
  });

  it('that does not know Rollcall refuses the sender', async () => {
    const onAuth = (_: object, __: object, done: (error: Error) => void) => done(new Error('Who are you?'));
    const server = await serve({ allowInsecureAuth: true, authOptional: false, onAuth });

    expect(await send(server.url.replace('//', '//me:wrong@'))).toEqual({
      kind: 'refused',
      because: 'sender',
      code: '535 AUTH PLAIN',
    });
  });

  it.each([
    [550, { kind: 'refused', because: 'recipient', code: '550 RCPT TO' }],
    [450, { kind: 'later', code: '450 RCPT TO' }],
  ])('that answers %i to the address is understood', async (code, outcome) => {
    const server = await serve();
    server.refuseRecipients(code);

    expect(await send(server.url)).toEqual(outcome);
  });

  it.each([
    [554, { kind: 'refused', because: 'content', code: '554 DATA' }],
    [451, { kind: 'later', code: '451 DATA' }],
    [421, { kind: 'later', code: '421 DATA' }],
  ])('that answers %i to the letter is understood', async (code, outcome) => {
    const server = await serve();
    server.treat(code);

    expect(await send(server.url)).toEqual(outcome);
  });

  it('that offers STARTTLS with a certificate of nobody gets neither password nor letter', async () => {
    // The server warns of the certificate that this test is about.
    const quiet = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const server = await serve({ hideSTARTTLS: false, onAuth: () => undefined });

    const outcome = await send(server.url.replace('//', '//me:secret@'));

    expect(outcome.kind).toBe('later');
    expect('code' in outcome && outcome.code).toMatch(/CERT.* CONN$/);
    expect(server.letters).toEqual([]);
    quiet.mockRestore();
  });

  it('that is not there, or says nothing, is tried later', async () => {
    expect(await send('smtp://127.0.0.1:9')).toEqual({ kind: 'later', code: 'ECONNREFUSED CONN' });
    expect(await send(await speaking('', () => undefined))).toEqual({
      kind: 'later',
      code: 'ETIMEDOUT CONN',
    });
  });

  it('that dies in the middle of a letter is tried later', async () => {
    const dying = await speaking('220 here', (line, socket) => {
      if (/^(EHLO|HELO|MAIL|RCPT)/.test(line)) socket.write('250 ok\r\n');
      else if (line.startsWith('DATA')) socket.write('354 go on\r\n');
      else socket.destroy();
    });

    expect(await send(dying)).toEqual({ kind: 'later', code: 'ECONNECTION CONN' });
  });

  it('that is silent does not hold up the end of the process', async () => {
    const ending = new AbortController();
    const url = await speaking('', () => undefined);
    const slow = createSmtpMail({
      url,
      from,
      words,
      patience: { ...patience, silence: 20_000, letter: 20_000 },
    });
    const sending = slow.send(letter, ending.signal);

    ending.abort();

    expect(await sending).toEqual({ kind: 'later', code: 'EABORT' });
  }, 5_000);
});
