import { SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../ports/log';
import { inTime } from '../in-time';
import { toFailure } from './ask';
import { isOurToken, logged } from './failure';
import type { Receive, Reply } from './reception';
import { waited } from './retry';
import { createSilentLogger } from './slack-log';

export interface SocketConnection {
  /** Takes nothing new; what runs is finished, within a few seconds. */
  close(): Promise<void>;
}

interface SocketDeps {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly receive: Receive;
  readonly log: Log;
}

const connectWithin = 15_000;
const closeTimeoutMs = 6_000;
const goodbyeMs = 1_000;
const firstWait = 500;
const longestWait = 60_000;

const delivery = z.object({
  body: z.record(z.string(), z.unknown()),
  ack: z.custom<(reply?: Exclude<Reply, 'send-again'>) => Promise<void>>(
    (value) => typeof value === 'function',
  ),
});

const wrongToken =
  'Slack does not take the token in SLACK_APP_TOKEN: see that it is the app-level token (xapp-) of the app, with connections:write. Rollcall goes on trying.';
const noConnection =
  'The connection to Slack cannot be opened: see that SLACK_API_URL can be reached from here. Rollcall goes on trying.';
const tooLong = (): Error => new Error('It took too long.');

type Client = SocketModeReceiver['client'];

/** Slack through a connection that we open, and open again as often as it ends. */
export function openSocket({ appToken, apiUrl, receive, log }: SocketDeps): SocketConnection {
  const running = new Set<Promise<void>>();
  const ending = new AbortController();
  const client = createClient(appToken, apiUrl, log);
  const told = new Set<string>();

  client.on('slack_event', (event: unknown) => {
    const parsed = delivery.safeParse(event);
    if (!parsed.success || ending.signal.aborted) return;
    const { body, ack } = parsed.data;
    const turn = receive(body, (reply) => (reply === 'send-again' ? undefined : ack(reply))).finally(() =>
      running.delete(turn),
    );
    running.add(turn);
  });

  const tell = (error: unknown): void => {
    const failure = toFailure('apps.connections.open', error);
    const trouble = isOurToken(failure) ? wrongToken : noConnection;
    if (told.has(trouble)) return;
    told.add(trouble);
    log.error(logged(failure), trouble);
  };

  /** Resolves when the connection has ended again. */
  const connectOnce = async (): Promise<void> => {
    await inTime(client.start(), connectWithin, () => new Error('Slack did not say hello.'));
    if (ending.signal.aborted) return;
    told.clear();
    log.info({}, 'The connection to Slack is open.');
    await new Promise<void>((resolve) => {
      client.once('disconnected', resolve);
    });
  };

  /** Slack ends connections now and then: only one that did not last is put off. */
  const stayConnected = async (): Promise<void> => {
    for (let wait = firstWait; !ending.signal.aborted; wait = Math.min(wait * 2, longestWait)) {
      const started = performance.now();
      try {
        await connectOnce();
        wait = firstWait;
      } catch (error) {
        tell(error);
        disconnect(client);
      }
      if (performance.now() - started < longestWait) await waited(wait, ending.signal);
    }
    disconnect(client);
  };
  const connected = stayConnected();

  return {
    async close() {
      ending.abort();
      const finished = Promise.allSettled(running);
      await inTime(finished, closeTimeoutMs, tooLong).catch(() =>
        log.warn({ door: 'slack', running: running.size }, 'Turns were still running at the end.'),
      );
      disconnect(client);
      // Where Slack does not say goodbye, a second try ends the connection by itself.
      await inTime(connected, goodbyeMs, tooLong).catch(() => disconnect(client));
    },
  };
}

/** The SDK's own way to connect again ends the process where Slack cannot be reached: it is not used. */
function createClient(appToken: string, apiUrl: string, log: Log): Client {
  const { client } = new SocketModeReceiver({
    appToken,
    logger: createSilentLogger(),
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: { slackApiUrl: apiUrl, timeout: 10_000, retryConfig: { retries: 0 } },
    },
  });
  guardMessages(client, log);
  return client;
}

/** What the SDK does with a message that it does not understand would end the process. */
function guardMessages(client: Client, log: Log): void {
  const handlers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  const handle = async (message: unknown[]): Promise<void> => {
    await Promise.all(handlers.map((handler): unknown => Reflect.apply(handler, client, message)));
  };
  client.on('ws_message', (...message: unknown[]) => {
    handle(message).catch((error: unknown) =>
      log.warn(logged(error), 'A message of Slack was not understood.'),
    );
  });
}

function disconnect(client: Client): void {
  client.disconnect().catch(() => undefined);
}
