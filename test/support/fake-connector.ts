import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ConnectorActivity {
  readonly type?: string;
  readonly id?: string;
  readonly text?: string;
  readonly summary?: string;
  readonly textFormat?: string;
  readonly replyToId?: string;
  readonly from?: { readonly id?: string };
  readonly conversation?: { readonly id?: string };
  readonly attachments?: readonly { readonly contentType: string; readonly content: object }[];
}

export interface ConnectorMessage {
  readonly id: string;
  /** As it stands now. */
  readonly activity: ConnectorActivity;
  readonly updates: number;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  /** Seconds, as a header of the answer. */
  readonly retryAfter?: number;
}

interface FakeAnswer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeConnector {
  readonly serviceUrl: string;
  /** What stands in a conversation, in order; a thread of a channel is its own. */
  messages(conversation: string): readonly ConnectorMessage[];
  /** A message that the bot sent before the test began; answers its id. */
  post(conversation: string, activity?: ConnectorActivity): string;
  /** What was asked for by `POST /v3/conversations`. */
  readonly created: readonly object[];
  /** From now on everything in this conversation, or the creation of any (`new`), is refused. */
  refuse(conversation: string, refusal: Refusal): void;
  /** How many requests were refused so. */
  readonly refused: number;
  close(): Promise<void>;
}

const sizeLimit = 28 * 1024;
const path = /^\/v3\/conversations(?:\/([^/]+)\/activities(?:\/([^/]+))?)?$/;

/**
 * The service that Teams' bots speak to, on loopback. Refuses what the real one refuses: another token than
 * `bearer` (or any, without one), a message without a sender or a text, a card over 28 KB, an unknown message.
 */
export async function startFakeConnector({ bearer }: { bearer?: string } = {}): Promise<FakeConnector> {
  const conversations = new Map<string, ConnectorMessage[]>();
  const refusals = new Map<string, Refusal>();
  const created: object[] = [];
  let ids = 1_700_000_000_000;
  let refused = 0;

  const messages = (conversation: string): ConnectorMessage[] => {
    const known = conversations.get(conversation) ?? [];
    conversations.set(conversation, known);
    return known;
  };

  const post = (conversation: string, activity: ConnectorActivity = { type: 'message' }): string => {
    const id = String((ids += 1));
    messages(conversation).push({ id, activity, updates: 0 });
    return id;
  };

  /** A message may be named with its thread or without it. */
  const update = (conversation: string, id: string, activity: ConnectorActivity): boolean => {
    for (const [name, standing] of conversations) {
      const index = standing.findIndex((message) => message.id === id);
      if (index < 0 || channelOf(name) !== channelOf(conversation)) continue;
      standing[index] = { id, activity, updates: standing[index]!.updates + 1 };
      return true;
    }
    return false;
  };

  const work = async (request: IncomingMessage): Promise<FakeAnswer> => {
    if (request.headers.authorization !== (bearer && `Bearer ${bearer}`)) return fault(401, 'Unauthorized');
    const [, encoded, target] = path.exec(request.url ?? '') ?? [];
    if (!path.test(request.url ?? '')) return fault(404, 'NoSuchPath');
    const conversation = encoded === undefined ? 'new' : decodeURIComponent(encoded);
    const refusal = refusals.get(channelOf(conversation));
    if (refusal) return refuse(refusal);
    const activity = JSON.parse(await textOf(request)) as ConnectorActivity;
    if (encoded === undefined) return create(activity);
    const wrong = faultIn(activity, conversation);
    if (wrong) return fault(400, wrong);
    if (request.method === 'POST') return { status: 201, body: { id: post(conversation, activity) } };
    if (request.method !== 'PUT' || target === undefined) return fault(501, 'NotImplemented');
    const id = decodeURIComponent(target);
    return update(conversation, id, activity)
      ? { status: 200, body: { id } }
      : fault(404, 'ActivityNotFoundInConversation');
  };

  const refuse = ({ status, code, retryAfter }: Refusal): FakeAnswer => {
    refused += 1;
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return { ...fault(status, code), headers };
  };

  const create = (asked: object): FakeAnswer => {
    const { members, bot } = asked as { members?: { id?: string }[]; bot?: { id?: string } };
    if (members?.length !== 1 || !members[0]?.id || !bot?.id) return fault(400, 'BadSyntax');
    created.push(asked);
    return { status: 201, body: { id: `a:private-of-${members[0].id}` } };
  };

  const server = createServer((request, response) => {
    work(request).then(
      (answer) => respond(response, answer),
      () => respond(response, fault(400, 'BadSyntax')),
    );
  });
  const port = await listen(server);

  return {
    serviceUrl: `http://127.0.0.1:${port}`,
    messages: (conversation) => conversations.get(conversation) ?? [],
    post,
    created,
    refuse: (conversation, refusal) => void refusals.set(conversation, refusal),
    get refused() {
      return refused;
    },
    close: () => closeServer(server),
  };
}

/** The Adaptive Card that a message shows. */
export function cardOf(message: ConnectorMessage | undefined): object | undefined {
  return message?.activity.attachments?.[0]?.content;
}

function faultIn(activity: ConnectorActivity, conversation: string): string | null {
  if (activity.type !== 'message') return 'NotAMessage';
  if (!activity.from?.id) return 'NoSender';
  if (activity.conversation?.id !== conversation) return 'OtherConversation';
  if (!activity.text && !activity.attachments?.length) return 'EmptyMessage';
  return JSON.stringify(activity).length > sizeLimit ? 'MessageSizeTooBig' : null;
}

function channelOf(conversation: string): string {
  return conversation.split(';messageid=')[0]!;
}

function fault(status: number, code: string): FakeAnswer {
  return { status, body: { error: { code, message: `Refused: ${code}` } } };
}

function respond(response: ServerResponse, { status, body, headers = {} }: FakeAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

export function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
