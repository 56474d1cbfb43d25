import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedLetter {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** By name in lower case, unfolded and decoded. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
  /** The token of the one-time link in the text. */
  readonly token: string;
}

/** What the server does with the next letter, when all of it was read. */
export type Treatment = number | 'silence' | 'hang up';

export interface TestMailServer {
  readonly url: string;
  /** Letters that were read to their end, whatever was answered. */
  readonly letters: readonly ReceivedLetter[];
  /** For the letters to come, one after the other; without any they are taken. */
  treat(...treatments: Treatment[]): void;
  /** Recipients are refused with that code: all of them, or those whose address holds a text. */
  refuseRecipients(code: number | null, holding?: string): void;
  forget(): void;
  close(): Promise<void>;
}

/** A real mail server on loopback. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const letters: ReceivedLetter[] = [];
  const treatments: Treatment[] = [];
  let refusing: number | null = null;
  let refused = '';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.onAuth ? [] : ['AUTH'],
    hideSTARTTLS: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onRcptTo: ({ address }, _, done) =>
      done(refusing === null || !address.includes(refused) ? null : replying(refusing)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        const to = session.envelope.rcptTo.map(({ address }) => address);
        letters.push({ from, to, raw, ...readLetter(raw) });
        const treatment = treatments.shift();
        if (treatment === 'hang up') for (const { _socket } of server.connections) _socket.destroy();
        else if (treatment === undefined) done();
        else if (treatment !== 'silence') done(replying(treatment));
      });
    },
    ...options,
  });
  // A client that goes away in the middle is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    treat: (...next) => void treatments.push(...next),
    refuseRecipients(code, holding = '') {
      refusing = code;
      refused = holding;
    },
    forget() {
      letters.length = 0;
      treatments.length = 0;
      refusing = null;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function replying(responseCode: number): Error {
  return Object.assign(new Error('No, says the test.'), { responseCode });
}

function readLetter(raw: string): Pick<ReceivedLetter, 'headers' | 'text' | 'html' | 'token'> {
  const [head = '', body = ''] = halves(raw);
  const headers = headersOf(head);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  const parts = body.split(`--${boundary}`).map((part) => halves(part.trim()));
  const partOf = (type: string): string => {
    const found = parts.find(([partHead]) => partHead?.includes(type));
    return fromQuotedPrintable(found?.[1] ?? '');
  };
  const text = partOf('text/plain');
  return { headers, text, html: partOf('text/html'), token: /\/s\/([\w-]{43})/.exec(text)?.[1] ?? '' };
}

function halves(text: string): string[] {
  const at = text.indexOf('\r\n\r\n');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 4)];
}

function headersOf(head: string): Map<string, string> {
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]);
  return new Map(pairs.map(([name = '', value = '']) => [name.toLowerCase(), decodeWords(value.trim())]));
}

function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, coded: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(coded, 'base64').toString('utf8')
        : fromQuotedPrintable(coded.replaceAll('_', ' ')),
    );
}

function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
