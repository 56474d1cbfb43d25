import { randomBytes } from 'node:crypto';
import { elementsOf } from './block-rules';
import { isJson, type Json } from './json';
import type { State } from './view-state';

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly tz: string;
  /** Another one than the workspace's for people in shared channels. */
  readonly team: string;
}

export type ChannelKind = 'channel' | 'private' | 'group' | 'im';

export interface SlackChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly members: Set<string>;
  isArchived: boolean;
}

export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly thread: string | null;
  /** Who alone sees it; null for everybody in the channel. */
  readonly onlyFor: string | null;
  readonly unfurls: boolean;
  text: string;
  blocks: readonly Json[];
  state: State;
  updates: number;
}

export interface SlackView {
  readonly id: string;
  readonly user: string;
  readonly root: string;
  readonly previous: string | null;
  hash: string;
  /** As the app sent it, with every block and action named. */
  payload: Json & { readonly blocks: readonly Json[] };
  state: State;
  updates: number;
}

/** What a person did that gives the app three seconds to open a view. */
export interface SlackTrigger {
  readonly user: string;
  /** The modal that it was done in. */
  readonly view: string | null;
  readonly at: number;
  isUsed: boolean;
  isExpired: boolean;
}

/** What somebody uploaded. */
export interface SlackFile {
  readonly id: string;
  readonly user: string;
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
  isDeleted: boolean;
  /** Where it lies, if not where files of this fake lie. */
  address: string | null;
}

interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  readonly message: SlackMessage | null;
  uses: number;
}

export interface Workspace {
  readonly team: string;
  readonly bot: { readonly user: string; readonly id: string; readonly name: string };
  readonly app: string;
  readonly users: Map<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  readonly messages: SlackMessage[];
  readonly views: Map<string, SlackView>;
  /** The open modals of a person, the one on top last. */
  readonly stacks: Map<string, string[]>;
  readonly homes: Map<string, SlackView>;
  readonly triggers: Map<string, SlackTrigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly files: Map<string, SlackFile>;
  /** Hosts that Slack cannot fetch pictures from. */
  readonly unreachable: Set<string>;
  /** Where this fake is reached; known once it listens. */
  readonly origin: string;
  setOrigin(origin: string): void;
  nextId(letter: string): string;
  nextTs(): string;
  newHash(): string;
}

export function createWorkspace(): Workspace {
  let counter = 0;
  let origin = '';
  const bot = { user: 'UROLLCALL', id: 'BROLLCALL', name: 'Rollcall' };
  return {
    team: 'TWORKSPACE',
    app: 'AROLLCALL',
    bot,
    users: new Map(),
    channels: new Map(),
    messages: [],
    views: new Map(),
    stacks: new Map(),
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    files: new Map(),
    unreachable: new Set(),
    get origin() {
      return origin;
    },
    setOrigin: (reachedAt) => void (origin = reachedAt),
    nextId: (letter) => `${letter}${String((counter += 1)).padStart(8, '0')}`,
    nextTs: () => `1790000000.${String((counter += 1)).padStart(6, '0')}`,
    newHash: () => `1790000000.${randomBytes(4).toString('hex')}`,
  };
}

/** The private chat of a person with the bot; it is there from the first message on. */
export function privateChannel(workspace: Workspace, user: string): SlackChannel {
  const id = `D${user}`;
  const known = workspace.channels.get(id);
  if (known) return known;
  const members = new Set([user, workspace.bot.user]);
  const channel: SlackChannel = { id, kind: 'im', members, isArchived: false };
  workspace.channels.set(id, channel);
  return channel;
}

/** Blocks and actions without an id get one, as Slack gives them. */
export function named(workspace: Workspace, blocks: readonly Json[]): readonly Json[] {
  const id = (value: unknown): unknown => value ?? workspace.nextId('x');
  return blocks.map((block) => {
    const interactive = new Set(elementsOf(block));
    const name = (one: unknown): unknown =>
      isJson(one) && interactive.has(one) ? { ...one, action_id: id(one.action_id) } : one;
    return {
      ...block,
      block_id: id(block.block_id),
      ...(block.element === undefined ? {} : { element: name(block.element) }),
      ...(block.accessory === undefined ? {} : { accessory: name(block.accessory) }),
      ...(Array.isArray(block.elements) ? { elements: block.elements.map(name) } : {}),
    };
  });
}
