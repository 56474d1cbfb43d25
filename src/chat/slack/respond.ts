import { failureOfStatus, rateLimited, retryAfterMs } from './ask';
import { SlackCallFailed } from './failure';

const method = 'response_url';

/** A line for one person through the address that came with what they did, tried once. */
export function createRespond({
  apiUrl,
  requestMs,
}: {
  readonly apiUrl: string;
  readonly requestMs: number;
}) {
  const own = new URL(apiUrl);
  const hosts = ['hooks.slack.com', `hooks.${own.host}`];

  const isSlacks = (address: URL): boolean =>
    address.origin === own.origin || (address.protocol === 'https:' && hosts.includes(address.host));

  return async (responseUrl: string, text: string): Promise<void> => {
    const address = URL.canParse(responseUrl) ? new URL(responseUrl) : null;
    if (!address || !isSlacks(address))
      throw new SlackCallFailed({ method, kind: 'refused', code: 'foreign_host' });
    const response = await send(address, text, requestMs);
    await response.body?.cancel();
    if (response.ok) return;
    if (response.status === 429) throw rateLimited(method, retryAfterMs(response.headers.get('retry-after')));
    if (response.status === 404 || response.status === 410)
      throw new SlackCallFailed({ method, kind: 'expired', code: 'expired_url' });
    throw failureOfStatus(method, response.status);
  };
}

async function send(address: URL, text: string, requestMs: number): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      redirect: 'error',
      signal: AbortSignal.timeout(requestMs),
    });
  } catch {
    throw new SlackCallFailed({ method, kind: 'later', code: 'no_answer', mayHaveHappened: true });
  }
}
