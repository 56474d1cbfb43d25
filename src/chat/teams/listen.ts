import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Log } from '../../ports/log';
import { type Incoming, parseActivity, tenantsOf, toSdkActivity } from './activity';
import type { TeamsConfig } from './authentication';
import { isJson, readBody } from './body';
import { logged } from './errors';
import { loopbackFault } from '../loopback';
import { isLoopbackUrl } from './loopback-url';
import type { TurnAnswer } from './render';
import type { RunTurn } from './turn';

type Authentication = Pick<ConfigurationBotFrameworkAuthentication, 'authenticateRequest'>;

interface ListenDeps {
  readonly adapter: CloudAdapter;
  readonly authentication: Authentication;
  readonly config: TeamsConfig;
  readonly runTurn: RunTurn;
  readonly log: Log;
}

export interface Listener {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Takes nothing new and waits for the running turns, at most a few seconds. */
  close(): Promise<void>;
}

const demoChannels = ['msteams', 'emulator', 'webchat', 'directline'];
const signatureTimeoutMs = 10_000;
const closeTimeoutMs = 5_000;

export function createListener({ adapter, authentication, config, runTurn, log }: ListenDeps): Listener {
  const running = new Set<Promise<void>>();
  let closing = false;

  const refuse = (status: number, reason: string, data: object = {}): TurnAnswer => {
    log.warn({ door: 'teams', status, reason, ...data }, 'An activity was refused.');
    return { status };
  };

  /** The SDK refuses in many ways; some are plain errors. Whatever it is, the turn is not run. */
  const authenticate = async (incoming: Incoming, header: string) => {
    try {
      return await within(
        signatureTimeoutMs,
        authentication.authenticateRequest(toSdkActivity(incoming), header),
      );
    } catch (error) {
      return refuse(401, 'signature', logged(error));
    }
  };

  const answer = async (request: IncomingMessage): Promise<TurnAnswer> => {
    const header = request.headers.authorization ?? '';
    const fault = config.kind === 'anonymous' ? loopbackFault(request.headers) : null;
    if (fault) return refuse(403, fault);
    if (config.kind === 'registered' && !/^Bearer \S+$/.test(header)) return refuse(401, 'no-token');
    if (!isJson(request)) return refuse(415, 'content-type');
    const body = await readBody(request);
    if (body.kind === 'too-large') return refuse(413, 'too-large');
    const incoming = body.kind === 'json' ? parseActivity(body.value) : null;
    if (!incoming) return refuse(400, 'no-activity');
    const identity = await authenticate(incoming, header);
    if ('status' in identity) return identity;
    const stranger = strangeIn(incoming, config);
    if (stranger) return refuse(403, stranger);
    let turn: TurnAnswer = { status: 400 };
    await adapter.processActivityDirect(identity, toSdkActivity(incoming), async (context) => {
      turn = await runTurn(context, incoming);
    });
    return turn;
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      write(response, closing ? { status: 503 } : await answer(request));
    } catch (error) {
      log.error(logged(error), 'An activity could not be worked on.');
      write(response, { status: 400 });
    }
  };

  return {
    handle(request, response) {
      const turn = respond(request, response).finally(() => running.delete(turn));
      running.add(turn);
    },
    async close() {
      closing = true;
      await within(closeTimeoutMs, Promise.allSettled(running)).catch(() =>
        log.warn({ door: 'teams', running: running.size }, 'Turns were still running at the end.'),
      );
    },
  };
}

/** Why an activity that is signed, or needs no signature, is refused all the same; null where it is not. */
function strangeIn(incoming: Incoming, config: TeamsConfig): string | null {
  if (config.kind === 'anonymous') {
    if (!demoChannels.includes(incoming.channelId)) return 'channel';
    return isLoopbackUrl(incoming.serviceUrl) ? null : 'service-url';
  }
  if (incoming.channelId !== 'msteams') return 'channel';
  if (config.appType === 'MultiTenant' && config.tenantId === undefined) return null;
  const [own, tenants] = [config.tenantId?.toLowerCase(), tenantsOf(incoming)];
  return tenants.length > 0 && tenants.every((tenant) => tenant.toLowerCase() === own) ? null : 'tenant';
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('It took too long.')), milliseconds);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function write(response: ServerResponse, { status, body }: TurnAnswer): void {
  if (response.headersSent || response.destroyed) return;
  if (status === 413) response.setHeader('connection', 'close');
  if (body) response.setHeader('content-type', 'application/json; charset=utf-8');
  response.writeHead(status).end(body ? JSON.stringify(body) : undefined);
}
