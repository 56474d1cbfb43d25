import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Log } from '../../ports/log';
import { failureNamed, isOurToken, logged, SlackCallFailed } from './failure';
import { isRecord } from '../is-record';
import { createPictures } from './pictures';
import { createSilentLogger } from './slack-log';

/** Asks a method of Slack's Web API once, or once more without pictures. Throws `SlackCallFailed`. */
export type Ask = (method: string, args: Readonly<Record<string, unknown>>) => Promise<unknown>;

interface AskDeps {
  readonly botToken: string;
  readonly apiUrl: string;
  readonly requestMs: number;
  readonly log: Log;
}

type Fetch = NonNullable<WebClientOptions['fetch']>;

const usualRetryAfterMs = 1_000;
const nameOfError = /^[a-z][a-z0-9_]{1,79}$/;

/** The token goes to `apiUrl` alone: the client follows no redirect and takes no address as a method. */
export function createAsk({ botToken, apiUrl, requestMs, log }: AskDeps): Ask {
  const client = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    timeout: requestMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch: tellingLimits,
    logger: createSilentLogger(),
  });
  const pictures = createPictures(log);

  const askOnce: Ask = async (method, args) => {
    try {
      return await client.apiCall(method, args);
    } catch (error) {
      throw toFailure(method, error);
    }
  };

  const askWithPictures: Ask = async (method, given) => {
    const args = pictures.sendable(given);
    try {
      return await askOnce(method, args);
    } catch (failure) {
      const instead = pictures.instead(failure, args);
      if (!instead) throw failure;
      return askOnce(method, instead);
    }
  };

  return async (method, args) => {
    try {
      return await askWithPictures(method, args);
    } catch (failure) {
      // Whose token it is says the identity, once and in plain words.
      if (failure instanceof SlackCallFailed && failure.kind === 'refused' && !isOurToken(failure))
        log.error(logged(failure), 'Slack refused what Rollcall sent.');
      throw failure;
    }
  };
}

class RateLimited extends Error {
  constructor(readonly retryAfterMs: number) {
    super('Slack asks to wait.');
  }
}

/** The client has no error for a 429 without Retry-After. */
const tellingLimits: Fetch = async (url, init) => {
  const response = await fetch(url, init);
  if (response.status !== 429) return response;
  await response.body?.cancel();
  throw new RateLimited(retryAfterMs(response.headers.get('retry-after')));
};

export function retryAfterMs(header: string | null): number {
  const seconds = Number.parseInt(header ?? '', 10);
  return seconds >= 0 ? seconds * 1_000 : usualRetryAfterMs;
}

/** The errors of the SDK, translated here and nowhere else. */
export function toFailure(method: string, error: unknown): SlackCallFailed {
  if (error instanceof WebAPIPlatformError) return ofPlatform(method, error);
  if (error instanceof WebAPIHTTPError) return failureOfStatus(method, error.statusCode);
  if (error instanceof WebAPIRequestError && error.original instanceof RateLimited)
    return rateLimited(method, error.original.retryAfterMs);
  return new SlackCallFailed({ method, kind: 'later', code: 'no_answer', mayHaveHappened: true });
}

export function rateLimited(method: string, retryAfterMs: number): SlackCallFailed {
  return new SlackCallFailed({ method, kind: 'later', code: 'ratelimited', retryAfterMs });
}

export function failureOfStatus(method: string, status: number): SlackCallFailed {
  const later = status >= 500 || status === 408;
  return new SlackCallFailed({
    ...{ method, code: `http_${status}`, kind: later ? 'later' : 'refused' },
    mayHaveHappened: later,
  });
}

/** What is no name of Slack's is a page of something in between; it may quote anything, so it goes no further. */
function ofPlatform(method: string, { data }: WebAPIPlatformError): SlackCallFailed {
  const code: unknown = data.error;
  if (typeof code !== 'string' || !nameOfError.test(code))
    return new SlackCallFailed({ method, kind: 'later', code: 'strange_answer', mayHaveHappened: true });
  return failureNamed(method, code, pointersIn(data));
}

/** Slack names the places of faults in sentences, or in a list; both may also quote what stands there. */
function pointersIn(data: object): readonly string[] {
  const { errors, response_metadata: metadata } = data as { errors?: unknown; response_metadata?: unknown };
  const sentences: unknown = isRecord(metadata) ? metadata['messages'] : [];
  const pointers = [...list(sentences), ...list(errors)].map((one) =>
    isRecord(one) ? one['pointer'] : /\[json-pointer:([\w/~-]+)\]/.exec(String(one))?.[1],
  );
  return [...new Set(pointers.filter((one) => typeof one === 'string'))].slice(0, 10);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
