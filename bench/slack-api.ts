import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a Slack app sends its calls: takes everything, and says at once that it was done. */
export interface SlackApi {
  readonly url: string;
  /** Calls of a method so far. */
  readonly received: (method: string) => number;
  /** The latest call of a method as it came, form-encoded. */
  readonly latest: (method: string) => URLSearchParams;
  /** Resolves when a method was called so often; throws when that takes longer than ten seconds. */
  until(method: string, calls: number): Promise<void>;
  close(): Promise<void>;
}

export const team = 'T0BENCH';

const answers: Readonly<Record<string, object>> = {
  'auth.test': {
    team_id: team,
    user_id: 'U0ROLLCALL',
    bot_id: 'B0ROLLCALL',
    team: 'Bench',
    user: 'rollcall',
  },
  'users.info': {
    user: {
      id: 'U0',
      team_id: team,
      name: 'person',
      real_name: 'Person',
      locale: 'en-GB',
      tz: 'Europe/London',
    },
  },
  'conversations.open': { channel: { id: 'D0' } },
  'chat.postMessage': { channel: 'D0', ts: '1.1', message: {} },
};

export async function startSlackApi(): Promise<SlackApi> {
  const received = new Map<string, { count: number; latest: string }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const method = request.url?.slice('/api/'.length) ?? '';
      const count = (received.get(method)?.count ?? 0) + 1;
      received.set(method, { count, latest: Buffer.concat(chunks).toString('utf8') });
      const answer = answers[method] ?? { view: { id: `V${count}`, hash: `${count}.a` } };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, ...answer }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const countOf = (method: string): number => received.get(method)?.count ?? 0;
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    received: countOf,
    latest: (method) => new URLSearchParams(received.get(method)?.latest),
    async until(method, calls) {
      const began = performance.now();
      while (countOf(method) < calls) {
        if (performance.now() - began > 10_000)
          throw new Error(`${method} was called ${countOf(method)} times instead of ${calls}.`);
        await sleep(1);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
