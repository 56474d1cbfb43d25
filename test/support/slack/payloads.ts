import { randomUUID } from 'node:crypto';
import { addMessage, describeMessage } from './chat-methods';
import { describeFile } from './file-methods';
import type { Json } from './json';
import type { SlackButton } from './screen';
import { describeView } from './views';
import {
  privateChannel,
  type SlackFile,
  type SlackMessage,
  type SlackUser,
  type SlackView,
  type Workspace,
} from './workspace';

/** What Slack tells an app about what a person did. */
export function createPayloads(workspace: Workspace, user: SlackUser) {
  const { team, app, bot } = workspace;
  const isStranger = user.team !== team;
  const username = user.name.toLowerCase().replaceAll(/[^a-z]+/g, '.');

  const trigger = (view: string | null): string => {
    const id = `1790000000.${workspace.nextId('')}.${randomUUID().replaceAll('-', '')}`;
    workspace.triggers.set(id, {
      user: user.id,
      view,
      at: performance.now(),
      isUsed: false,
      isExpired: false,
    });
    return id;
  };

  const responseUrl = (channel: string, message: SlackMessage | null): string => {
    const id = randomUUID();
    workspace.responseUrls.set(id, { channel, user: user.id, message, uses: 0 });
    return `${workspace.origin}/response/${id}`;
  };

  const interaction = (type: string, more: Json): Json => ({
    type,
    team: { id: team, domain: 'workspace' },
    user: { id: user.id, username, name: username, team_id: user.team },
    api_app_id: app,
    token: 'verification-token',
    enterprise: null,
    is_enterprise_install: false,
    ...more,
  });

  const event = (more: Json): Json => ({
    token: 'verification-token',
    team_id: team,
    context_team_id: team,
    context_enterprise_id: null,
    api_app_id: app,
    event: more,
    type: 'event_callback',
    event_id: `Ev${workspace.nextId('')}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team, user_id: bot.user, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: isStranger,
    event_context: randomUUID(),
  });

  /** Something that the person wrote, which stands in the channel from now on. */
  const written = (channel: string, text: string, thread: string | null) => {
    const place = { channel, thread, onlyFor: null, unfurls: true, user: user.id };
    const { ts } = addMessage(workspace, { text, blocks: [] }, place);
    const home = isStranger ? { user_team: user.team, source_team: user.team } : {};
    return {
      ...{ user: user.id, text, ts, channel, event_ts: ts, client_msg_id: randomUUID(), team: user.team },
      ...home,
      ...(thread === null ? {} : { thread_ts: thread, parent_user_id: bot.user }),
    };
  };

  const action = ({ block, element }: SlackButton, more: Json): Json => ({
    ...element,
    block_id: block.block_id,
    action_ts: workspace.nextTs(),
    ...more,
  });

  const seen = (view: SlackView): Json => ({
    container: { type: 'view', view_id: view.id },
    view: describeView(workspace, view),
  });

  return {
    command(command: string, text: string, channel: string): Json {
      const kind = workspace.channels.get(channel)?.kind ?? 'im';
      const name = { im: 'directmessage', private: 'privategroup', group: 'mpdm-group', channel: 'general' }[
        kind
      ];
      return {
        token: 'verification-token',
        team_id: user.team,
        team_domain: 'workspace',
        channel_id: channel,
        channel_name: name,
        user_id: user.id,
        user_name: username,
        command,
        text,
        api_app_id: app,
        is_enterprise_install: 'false',
        response_url: responseUrl(channel, null),
        trigger_id: trigger(null),
      };
    },
    said: (text: string): Json =>
      event({
        type: 'message',
        channel_type: 'im',
        ...written(privateChannel(workspace, user.id).id, text, null),
      }),
    mentioned: (channel: string, text: string, thread: string | null): Json =>
      event({ type: 'app_mention', ...written(channel, `<@${bot.user}> ${text}`, thread) }),
    /** As Slack tells an upload to the private chat, with what was written beside it. */
    fileMessage: (files: readonly SlackFile[], text: string): Json =>
      event({
        ...{
          type: 'message',
          subtype: 'file_share',
          channel_type: 'im',
          upload: false,
          display_as_bot: false,
        },
        ...written(privateChannel(workspace, user.id).id, text, null),
        files: files.map((file) => describeFile(workspace, file)),
      }),
    fileShared: (file: SlackFile, channel: string): Json =>
      event({
        ...{ type: 'file_shared', file_id: file.id, user_id: user.id, file: { id: file.id } },
        ...{ channel_id: channel, event_ts: workspace.nextTs() },
      }),
    openedHome: (tab: 'home' | 'messages', view: SlackView | null): Json =>
      event({
        ...{ type: 'app_home_opened', user: user.id, channel: privateChannel(workspace, user.id).id, tab },
        event_ts: workspace.nextTs(),
        ...(view ? { view: describeView(workspace, view) } : {}),
      }),
    shortcut: (callback: string): Json =>
      interaction('shortcut', {
        ...{ callback_id: callback, action_ts: workspace.nextTs(), trigger_id: trigger(null) },
      }),
    pressedInMessage: (message: SlackMessage, button: SlackButton, more: Json = {}): Json =>
      interaction('block_actions', {
        container: {
          ...{ type: 'message', message_ts: message.ts, channel_id: message.channel },
          ...(message.thread === null ? {} : { thread_ts: message.thread }),
          is_ephemeral: message.onlyFor !== null,
        },
        channel: { id: message.channel, name: message.channel.startsWith('D') ? 'directmessage' : 'general' },
        ...(message.onlyFor === null ? { message: describeMessage(workspace, message) } : {}),
        state: { values: message.state },
        response_url: responseUrl(message.channel, message),
        trigger_id: trigger(null),
        actions: [action(button, more)],
      }),
    pressedInView: (view: SlackView, button: SlackButton, more: Json = {}): Json =>
      interaction('block_actions', {
        ...seen(view),
        trigger_id: trigger(view.id),
        actions: [action(button, more)],
      }),
    submitted: (view: SlackView): Json =>
      interaction('view_submission', {
        ...{ trigger_id: trigger(view.id), view: describeView(workspace, view), response_urls: [] },
      }),
    closed: (view: SlackView, isCleared: boolean): Json =>
      interaction('view_closed', { view: describeView(workspace, view), is_cleared: isCleared }),
  };
}

/** A message as Slack's composer sends it: escaped, with addresses made into links. */
export function asComposed(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll(/https?:\/\/\S+|[^\s@]+@[^\s@]+\.[^\s@]+/g, (found) =>
    found.startsWith('http') ? `<${found}>` : `<mailto:${found}|${found}>`,
  );
}
