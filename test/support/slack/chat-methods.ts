import { type Args, messageBlocks, Refused } from './api-answer';
import type { Json } from './json';
import { refuseUnfetched } from './unfetched';
import { stateOf } from './view-state';
import { named, privateChannel, type SlackChannel, type SlackMessage, type Workspace } from './workspace';

export type Method = (args: Args) => Json;
export type Methods = Readonly<Record<string, Method>>;

/** A channel that the bot may write to; a person's id stands for the private chat with them. */
function writable(workspace: Workspace, id: string): SlackChannel {
  const channel = workspace.users.has(id) ? privateChannel(workspace, id) : workspace.channels.get(id);
  if (!channel) throw new Refused('channel_not_found');
  if (!channel.members.has(workspace.bot.user))
    throw new Refused(channel.kind === 'channel' ? 'not_in_channel' : 'channel_not_found');
  if (channel.isArchived) throw new Refused('is_archived');
  return channel;
}

interface Content {
  readonly text: string;
  readonly blocks: readonly Json[];
}

function contentOf(workspace: Workspace, args: Args, longest: number): Content {
  const blocks = named(workspace, messageBlocks(args));
  refuseUnfetched(workspace, blocks, { code: 'invalid_blocks', at: '/blocks' });
  const text = args.text('text');
  if (text === '' && blocks.length === 0) throw new Refused('no_text');
  if (text.length > longest) throw new Refused('msg_too_long');
  return { text, blocks };
}

/** What the bot says; what it answers in a thread must be answered to a message that is there. */
export function addMessage(
  workspace: Workspace,
  content: Content,
  at: Pick<SlackMessage, 'channel' | 'thread' | 'onlyFor' | 'unfurls' | 'user'>,
): SlackMessage {
  const message = {
    ...at,
    ...content,
    ts: workspace.nextTs(),
    state: stateOf(content.blocks, {}),
    updates: 0,
  };
  workspace.messages.push(message);
  return message;
}

export function changeMessage(message: SlackMessage, { text, blocks }: Content): void {
  message.text = text;
  message.blocks = blocks;
  message.state = stateOf(blocks, message.state);
  message.updates += 1;
}

export function describeMessage(workspace: Workspace, message: SlackMessage): Json {
  const { ts, text, blocks, user, thread } = message;
  const byBot = user === workspace.bot.user ? { bot_id: workspace.bot.id, app_id: workspace.app } : {};
  const place = thread === null ? {} : { thread_ts: thread };
  return { type: 'message', team: workspace.team, user, ...byBot, ts, text, blocks, ...place };
}

const isOn = (args: Args, name: string): boolean =>
  ![false, 'false', '0'].some((no) => args.all[name] === no);

function threadOf(workspace: Workspace, args: Args, channel: SlackChannel): string | null {
  const thread = args.text('thread_ts');
  if (thread === '') return null;
  const isThere = workspace.messages.some((one) => one.channel === channel.id && one.ts === thread);
  if (!isThere) throw new Refused('cannot_reply_to_message');
  return thread;
}

/** What one person alone sees is accepted for every thread, and shown only in one that has begun. */
function isShownIn(workspace: Workspace, thread: string | null): boolean {
  return thread === null || workspace.messages.some((one) => one.thread === thread && one.onlyFor === null);
}

export function createChatMethods(workspace: Workspace): Methods {
  const user = workspace.bot.user;
  return {
    'chat.postMessage'(args) {
      const channel = writable(workspace, args.needed('channel'));
      const content = contentOf(workspace, args, 40_000);
      const message = addMessage(workspace, content, {
        channel: channel.id,
        thread: threadOf(workspace, args, channel),
        onlyFor: null,
        unfurls: isOn(args, 'unfurl_links') || isOn(args, 'unfurl_media'),
        user,
      });
      return { channel: channel.id, ts: message.ts, message: describeMessage(workspace, message) };
    },

    'chat.update'(args) {
      const channel = writable(workspace, args.needed('channel'));
      const ts = args.needed('ts');
      const content = contentOf(workspace, args, 4_000);
      const message = workspace.messages.find(
        (one) => one.channel === channel.id && one.ts === ts && one.onlyFor === null,
      );
      if (!message) throw new Refused('message_not_found');
      if (message.user !== user) throw new Refused('cant_update_message');
      changeMessage(message, content);
      return { channel: channel.id, ts, text: content.text, message: describeMessage(workspace, message) };
    },

    'chat.postEphemeral'(args) {
      const channel = writable(workspace, args.needed('channel'));
      const onlyFor = args.needed('user');
      if (!channel.members.has(onlyFor)) throw new Refused('user_not_in_channel');
      const content = contentOf(workspace, args, 40_000);
      const thread = threadOf(workspace, args, channel);
      if (!isShownIn(workspace, thread)) return { message_ts: workspace.nextTs() };
      const message = addMessage(workspace, content, {
        ...{ channel: channel.id, thread, onlyFor, unfurls: false, user },
      });
      return { message_ts: message.ts };
    },

    'conversations.open'(args) {
      const [id = '', ...others] = args.needed('users').split(',');
      if (others.length > 0) throw new Refused('method_not_supported_for_channel_type');
      if (id === user) throw new Refused('cannot_dm_bot');
      const person = workspace.users.get(id);
      if (!person) throw new Refused('user_not_found');
      const alreadyOpen = workspace.channels.has(`D${id}`);
      const channel = privateChannel(workspace, id);
      return { no_op: alreadyOpen, already_open: alreadyOpen, channel: { id: channel.id } };
    },
  };
}
