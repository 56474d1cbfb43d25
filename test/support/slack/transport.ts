import { createHmac } from 'node:crypto';
import type { FakeSlack } from './fake-slack';
import { type Json, parseJson } from './json';
import type { EnvelopeType } from './socket-mode';

/** What the app said in time: its status, and its body as JSON where it is such; null where it said nothing. */
export interface Delivered {
  readonly status: number | null;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Delivery {
  readonly type: EnvelopeType;
  readonly payload: Json;
}

export interface Oddities {
  readonly headers?: Readonly<Record<string, string>>;
  /** Signs with another secret. */
  readonly secret?: string;
  /** Signs as of this many seconds from now. */
  readonly skew?: number;
}

/** Slack waits this long for an app. */
const patience = 3_000;

export type Transport = (delivery: Delivery, oddities?: Oddities) => Promise<Delivered>;

/** Slack speaks to the app by signed requests to an address. */
export function overHttp(fake: FakeSlack, url: string): Transport {
  return async ({ type, payload }, { headers = {}, secret = fake.signingSecret, skew = 0 } = {}) => {
    const body = encode(type, payload);
    const at = Math.floor(fake.now() / 1000) + skew;
    const signature = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex');
    const isJson = type === 'events_api';
    try {
      const response = await fetch(url, {
        method: 'POST',
        // Bytes: a string would get a charset, which Slack does not send.
        body: new Uint8Array(Buffer.from(body)),
        headers: {
          'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': String(at),
          'x-slack-signature': `v0=${signature}`,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          ...headers,
        },
        signal: AbortSignal.timeout(patience),
      });
      const text = await response.text();
      const parsed = text === '' ? null : (parseJson(text) ?? text);
      return { status: response.status, body: parsed, headers: Object.fromEntries(response.headers) };
    } catch {
      return silence;
    }
  };
}

/** Slack speaks to the app through the connection that the app opened. */
export function overSocket(fake: FakeSlack): Transport {
  return async ({ type, payload }, { headers = {} } = {}) => {
    const attempt = Number(headers['x-slack-retry-num'] ?? 0);
    const reason = headers['x-slack-retry-reason'] ?? '';
    const retries = type === 'events_api' ? { retry_attempt: attempt, retry_reason: reason } : {};
    const answer = await fake.socket.deliver(type, payload, patience, retries);
    return answer
      ? { status: 200, body: Object.keys(answer).length > 0 ? answer : null, headers: {} }
      : silence;
  };
}

const silence: Delivered = { status: null, body: null, headers: {} };

function encode(type: EnvelopeType, payload: Json): string {
  if (type === 'events_api') return JSON.stringify(payload);
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(payload)) fields.set(name, String(value));
  return fields.toString();
}
