import autocannon, { type Client, type Options, type Result } from 'autocannon';
import type { Connector } from './connector';

/** As many connections as people, each in a chat of their own. */
export const people = 10;

/**
 * Sends a command `amount` times, from several people at once. Answers the messages a second. Throws when not each
 * was answered with one reply.
 */
export async function sendMessages(
  url: string,
  connector: Connector,
  amount: number,
  command = '/customers',
): Promise<number> {
  const before = connector.received();
  const began = performance.now();
  let [person, last] = [0, began];
  const result = await load(
    {
      url: `${url}/api/messages`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      connections: Math.min(people, amount),
      amount,
      setupClient: (client: Client) => client.setBody(message(person++, connector.serviceUrl, command)),
    },
    () => (last = performance.now()),
  );
  const replies = connector.received() - before;
  if (result['2xx'] !== amount || replies !== amount) {
    throw new Error(
      `Of ${amount} messages ${result['2xx']} were answered well, ${result.errors} got no answer, and ${replies} replies came.`,
    );
  }
  return (amount * 1000) / (last - began);
}

/** The generator's own times are whole seconds, so whoever wants finer ones is told of every response. */
function load(options: Options, onResponse: () => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    const running = autocannon(options, (error: Error | null, result) =>
      error ? reject(error) : resolve(result),
    );
    running.on('response', onResponse);
  });
}

/** What Teams calls a person, and the chat with them. */
export const personOf = (person: number): string =>
  `aaaaaaaa-0000-4000-8000-${String(person).padStart(12, '0')}`;
export const conversationOf = (person: number): string => `a:person-${person}`;

function message(person: number, serviceUrl: string, text: string): string {
  const tenant = { id: '11111111-2222-4333-8444-555555555555' };
  return JSON.stringify({
    type: 'message',
    id: `f:${person}`,
    channelId: 'msteams',
    serviceUrl,
    timestamp: '2026-03-02T08:00:00.000Z',
    from: {
      id: `29:person-${person}`,
      name: `Person ${person}`,
      aadObjectId: personOf(person),
    },
    recipient: { id: '28:rollcall', name: 'Rollcall' },
    conversation: { id: conversationOf(person), conversationType: 'personal', tenantId: tenant.id },
    channelData: { tenant },
    text,
    textFormat: 'plain',
    locale: 'en-GB',
    entities: [
      { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' },
    ],
  });
}
