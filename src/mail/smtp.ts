import { createTransport, type SendMailOptions } from 'nodemailer';
import type { RefusedBecause } from '../domain/letter';
import type { HandOverLetter, Mail, MailOutcome } from '../ports/mail';
import type { Words } from '../words/words';
import { writeLetter } from './letter';

interface Server {
  /** `smtps:` speaks TLS from the start; `smtp:` goes over to it where the server offers STARTTLS. */
  readonly url: string;
  /** `name@example.com`, or a name and then the address in angle brackets. */
  readonly from: string;
  readonly words: Pick<Words, 't'>;
  /** Milliseconds. */
  readonly patience?: Patience;
}

interface Patience {
  /** Until the server answers, at each step. */
  readonly silence: number;
  /** For the whole of a letter. */
  readonly letter: number;
  /** For a letter that is under way when the process ends. */
  readonly ending: number;
}

const usual: Patience = { silence: 15_000, letter: 50_000, ending: 4_000 };

/** Hands letters to a mail server, each over a connection of its own. What failed is told by codes alone. */
export function createSmtpMail({ url, from, words, patience = usual }: Server): Mail {
  const { silence } = patience;
  const timeouts = { connectionTimeout: silence, greetingTimeout: silence, socketTimeout: silence };
  const transport = createTransport({ ...serverOf(url), ...timeouts, dnsTimeout: silence });

  return {
    async send(letter, ending) {
      const stop = new AbortController();
      const giveUp = (): void => stop.abort();
      const timers = [setTimeout(giveUp, patience.letter)];
      const hurry = (): void => void timers.push(setTimeout(giveUp, patience.ending));
      if (ending.aborted) hurry();
      else ending.addEventListener('abort', hurry, { once: true });
      try {
        await transport.sendMail({ ...messageOf(letter, from, words), signal: stop.signal });
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error);
      } finally {
        ending.removeEventListener('abort', hurry);
        for (const timer of timers) clearTimeout(timer);
      }
    },
  };
}

function serverOf(text: string) {
  const url = new URL(text);
  const secure = url.protocol === 'smtps:';
  const [user, pass] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    ...(user === '' ? {} : { auth: { user, pass } }),
  };
}

/** No text of people stands in a header: names could hold a line break, and subjects are read by notifications. */
function messageOf(letter: HandOverLetter, from: string, words: Pick<Words, 't'>): SendMailOptions {
  const headers = {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'Content-Language': letter.language,
  };
  const to = { name: '', address: letter.to };
  const closed = {
    disableFileAccess: true,
    disableUrlAccess: true,
    textEncoding: 'quoted-printable',
  } as const;
  return { ...writeLetter(letter, words), ...closed, from: senderOf(from), to, headers };
}

function senderOf(from: string): { readonly name: string; readonly address: string } {
  const [, name = '', address = from] = /^([^<]*)<([^>]*)>$/.exec(from) ?? [];
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
}

/** A reply that begins with 5 is for good; anything else may go better later. */
function outcomeOf(error: unknown): MailOutcome {
  const { responseCode, command, code, cause } = detailsOf(error);
  const said = { code: `${responseCode || cause || code} ${command}`.trim() };
  if (responseCode < 500 || responseCode > 599 || responseCode === 503) return { kind: 'later', ...said };
  return { kind: 'refused', because: reasonOf(code, command), ...said };
}

function reasonOf(code: string, command: string): RefusedBecause {
  if (command === 'RCPT TO') return 'recipient';
  return command === 'DATA' && code === 'EMESSAGE' ? 'content' : 'sender';
}

function detailsOf(error: unknown) {
  const told = typeof error === 'object' && error !== null ? error : {};
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    responseCode: 'responseCode' in told ? Number(told.responseCode) || 0 : 0,
    command: 'command' in told ? text(told.command) : '',
    code: 'code' in told ? text(told.code) : '',
    /** Of the network, such as ECONNREFUSED, or of a certificate. */
    cause: 'originalCode' in told ? text(told.originalCode) : '',
  };
}
