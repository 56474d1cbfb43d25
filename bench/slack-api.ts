import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a Slack app sends its calls: takes everything, and says at once that it was done. */
export interface SlackApi {
  readonly url: string;
  /** The view that came last and was an answer. */
  readonly latest: () => string;
  /** Answers so far. */
  readonly answered: () => number;
  /** Resolves when so many answers came; throws when that takes longer than ten seconds. */
  until(answers: number): Promise<void>;
  /** Resolves when the app has asked who it is. */
  greeted(): Promise<void>;
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

/** An answer is a view that holds `mark`, opened with it or updated to it. */
export async function startSlackApi(mark: string): Promise<SlackApi> {
  let [calls, answered, latest, isGreeted] = [0, 0, '', false];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const method = request.url?.slice('/api/'.length) ?? '';
      const form = Buffer.concat(chunks).toString('utf8');
      calls += 1;
      isGreeted ||= method === 'auth.test';
      if (method.startsWith('views.') && form.includes(encodeURIComponent(mark))) {
        answered += 1;
        latest = form;
      }
      const answer = answers[method] ?? { view: { id: `V${calls}`, hash: `${calls}.a` } };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: true, ...answer }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    latest: () => new URLSearchParams(latest).get('view') ?? '',
    answered: () => answered,
    until: (count) => waited(() => answered >= count, `${count} answers of Slack's app`),
    greeted: () => waited(() => isGreeted, 'The greeting of an app'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function waited(isSo: () => boolean, what: string): Promise<void> {
  const began = performance.now();
  while (!isSo()) {
    if (performance.now() - began > 10_000) throw new Error(`${what} did not come.`);
    await sleep(1);
  }
}
