import type { IncomingMessage, ServerResponse } from 'node:http';
import { verifySlackRequest } from '@slack/bolt';
import type { Clock } from '../../ports/clock';
import type { Log } from '../../ports/log';
import { inTime } from '../in-time';
import { parseBody, readBody } from './body';
import { logged } from './failure';
import type { Receive, Reply } from './reception';

export interface Listener {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Takes nothing new and waits for the running turns, at most a few seconds. */
  close(): Promise<void>;
}

interface Answered {
  readonly status: number;
  readonly body?: object;
}

interface ListenDeps {
  readonly signingSecret: string;
  readonly receive: Receive;
  readonly clock: Clock;
  readonly log: Log;
}

const closeTimeoutMs = 6_000;
/** Seconds that a request may be off, either way. */
const mostOff = 5 * 60;

/** Slack's requests over HTTP: signed, and of now. */
export function createListener({ signingSecret, receive, clock, log }: ListenDeps): Listener {
  const running = new Set<Promise<void>>();
  let closing = false;

  const refused = (status: number, reason: string): Answered => {
    log.warn({ door: 'slack', status, reason }, 'A request was refused.');
    return { status };
  };

  /** Null where what it led to has answered already. */
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<Answered | null> => {
    if (closing) return { status: 503 };
    const { headers } = request;
    const body = await readBody(request);
    if (body === null) return refused(413, 'too-large');
    const parsed = parseBody(body, headers['content-type']);
    // Slack looks whether we are there; it is not signed, and nothing of it is read.
    if (parsed?.['ssl_check'] === '1') return { status: 200 };
    const fault = faultOf(headers, body, clock.now().getTime());
    if (fault !== null) return refused(401, fault);
    if (!parsed) return refused(400, 'not-understood');
    if (parsed['type'] === 'url_verification')
      return { status: 200, body: { challenge: parsed['challenge'] } };
    await receive(parsed, (reply) => write(response, answerOf(reply)));
    return null;
  };

  const faultOf = (headers: IncomingMessage['headers'], body: string, now: number): string | null => {
    const { 'x-slack-signature': signature, 'x-slack-request-timestamp': time } = headers;
    if (typeof signature !== 'string' || typeof time !== 'string' || !/^\d{1,12}$/.test(time))
      return 'no-signature';
    if (Math.abs(now / 1000 - Number(time)) > mostOff) return 'not-of-now';
    const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(time) };
    try {
      verifySlackRequest({ signingSecret, body, headers: signed, nowMilliseconds: now });
      return null;
    } catch {
      return 'signature';
    }
  };

  const work = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const answered = await take(request, response);
      if (answered) write(response, answered);
    } catch (error) {
      log.warn(logged(error), 'A request of Slack could not be read.');
      write(response, { status: 400 });
    }
  };

  return {
    handle(request, response) {
      const turn = work(request, response).finally(() => running.delete(turn));
      running.add(turn);
    },
    async close() {
      closing = true;
      const ending = Promise.allSettled(running);
      await inTime(ending, closeTimeoutMs, () => new Error('It took too long.')).catch(() =>
        log.warn({ door: 'slack', running: running.size }, 'Turns were still running at the end.'),
      );
    },
  };
}

function write(response: ServerResponse, { status, body }: Answered): void {
  if (response.headersSent || response.destroyed) return;
  if (status === 413) response.setHeader('connection', 'close');
  if (body) response.setHeader('content-type', 'application/json; charset=utf-8');
  response.writeHead(status).end(body ? JSON.stringify(body) : undefined);
}

function answerOf(reply: Reply | undefined): Answered {
  if (reply === 'send-again') return { status: 503 };
  return { status: 200, ...(reply ? { body: reply } : {}) };
}
