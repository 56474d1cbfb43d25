import { createServer } from 'node:http';
import { closeServer, listen } from '../fake-connector';
import { createChatMethods } from './chat-methods';
import { createFailures, type Failures } from './failures';
import { createFileMethods } from './file-methods';
import { createHistoryMethods } from './history-methods';
import type { Json } from './json';
import { createPeopleMethods } from './people-methods';
import { createSocketMode, type SocketMode } from './socket-mode';
import { type Call, createWebApi } from './web-api';
import { createViewMethods } from './view-methods';
import {
  type ChannelKind,
  createWorkspace,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  type SlackView,
  type Workspace,
} from './workspace';

interface Options {
  /** How many milliseconds a trigger lives: three seconds, as Slack's do. */
  readonly triggersLive?: number;
  /** The time that requests are signed with. */
  readonly now?: () => number;
}

export interface FakeSlack {
  readonly apiUrl: string;
  readonly token: string;
  readonly appToken: string;
  readonly signingSecret: string;
  now(): number;
  readonly workspace: Workspace;
  readonly socket: SocketMode;
  /** Every call with its answer, in order; no token is kept. */
  readonly calls: readonly Call[];
  /** The calls that were not answered with ok. */
  readonly refusals: readonly Call[];
  /** The next calls of a method go wrong. */
  readonly failNext: Failures['next'];
  addUser(user: Partial<SlackUser> & { readonly id: string }): SlackUser;
  /** The bot is a member unless `withoutBot`. */
  addChannel(channel: {
    readonly id: string;
    readonly kind?: ChannelKind;
    readonly members?: readonly string[];
    readonly withoutBot?: boolean;
    readonly isArchived?: boolean;
  }): SlackChannel;
  /** What stands in a channel for everybody; `D<user>` is a private chat. */
  messages(channel: string): readonly SlackMessage[];
  /** The lines in a channel that one person alone saw. */
  whispers(user: string): readonly SlackMessage[];
  /** The open modals of a person, the one on top last. */
  views(user: string): readonly SlackView[];
  home(user: string): SlackView | null;
  /** Notes what Slack itself did not take of an answer, among the refusals. */
  refuse(method: string, args: Json, error: string): void;
  /** What somebody did so far opens no view any more. */
  expireTriggers(): void;
  close(): Promise<void>;
}

/** Slack as an app sees it, on loopback: strict about everything that the true one is strict about. */
export async function openFakeSlack({
  triggersLive = 3_000,
  now = Date.now,
}: Options = {}): Promise<FakeSlack> {
  const token = 'xoxb-fake-bot-token';
  const appToken = 'xapp-fake-app-token';
  const workspace = createWorkspace();
  const failures = createFailures();
  const calls: Call[] = [];
  const socket = createSocketMode();
  const methods = {
    ...createChatMethods(workspace),
    ...createFileMethods(workspace),
    ...createHistoryMethods(workspace),
    ...createPeopleMethods(workspace),
    ...createViewMethods(workspace, triggersLive),
  };
  const tokens = { bot: token, app: appToken };
  const webApi = createWebApi({ workspace, methods, failures, calls, tokens, socket });
  const server = createServer((request, response) => void webApi.handle(request, response));
  server.on('upgrade', socket.upgrade);
  const port = await listen(server);
  socket.servedAt(port);
  workspace.setOrigin(`http://127.0.0.1:${port}`);

  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    token,
    appToken,
    signingSecret: 'fake-signing-secret',
    now,
    workspace,
    socket,
    calls,
    get refusals() {
      return calls.filter(({ answer }) => answer?.ok !== true);
    },
    failNext: failures.next,
    addUser(given) {
      const user = { name: given.id, locale: 'en-US', tz: 'Etc/UTC', team: workspace.team, ...given };
      workspace.users.set(user.id, user);
      return user;
    },
    addChannel({ id, kind = 'channel', members = [], withoutBot = false, isArchived = false }) {
      const everybody = new Set([...members, ...(withoutBot ? [] : [workspace.bot.user])]);
      const channel = { id, kind, members: everybody, isArchived };
      workspace.channels.set(id, channel);
      return channel;
    },
    messages: (channel) =>
      workspace.messages.filter((one) => one.channel === channel && one.onlyFor === null),
    whispers: (user) => workspace.messages.filter(({ onlyFor }) => onlyFor === user),
    views: (user) => (workspace.stacks.get(user) ?? []).flatMap((id) => workspace.views.get(id) ?? []),
    home: (user) => workspace.homes.get(user) ?? null,
    refuse: (method, args, error) =>
      void calls.push({ method, args, status: 200, answer: { ok: false, error } }),
    expireTriggers() {
      for (const trigger of workspace.triggers.values()) trigger.isExpired = true;
    },
    async close() {
      socket.close();
      webApi.letGo();
      await closeServer(server);
    },
  };
}
