import { z } from 'zod';

const id = z.string().regex(/^[0-9A-Z]{1,40}$/);
const time = z.string().regex(/^\d{1,12}\.\d{1,9}$/);
const text = z.string().max(40_000);
const optionalId = id.nullish();
const optional = z.string().max(3000).nullish();

const user = z.object({ id, username: optional, name: optional, team_id: optionalId });
const common = z.object({
  team: z.object({ id: optionalId, enterprise_id: optionalId }).nullish(),
  enterprise: z.object({ id: optionalId }).nullish(),
  user,
  trigger_id: optional,
  response_url: optional,
});

const plainText = z.object({ type: z.literal('plain_text'), text: z.string().max(200) });

const view = z.object({
  id,
  type: z.enum(['modal', 'home']),
  callback_id: optional,
  private_metadata: optional,
  previous_view_id: optionalId,
  title: plainText.nullish(),
  submit: plainText.nullish(),
  close: plainText.nullish(),
  blocks: z.array(z.unknown()).default([]),
  state: z.object({ values: z.unknown() }).nullish(),
});
export type IncomingView = z.infer<typeof view>;

const channel = z.object({ id, name: optional });

const slash = z.object({
  command: z.string().max(100).startsWith('/'),
  text: text.default(''),
  team_id: optionalId,
  enterprise_id: optionalId,
  channel_id: id,
  channel_name: optional,
  user_id: id,
  user_name: optional,
  trigger_id: optional,
  response_url: optional,
});

const press = common.extend({
  type: z.literal('block_actions'),
  channel: channel.nullish(),
  message: z.object({ ts: time, thread_ts: time.nullish() }).nullish(),
  container: z.object({ message_ts: time.nullish(), is_ephemeral: z.boolean().nullish() }).nullish(),
  view: view.nullish(),
  state: z.object({ values: z.unknown() }).nullish(),
  actions: z.array(z.unknown()).min(1),
});
const submission = common.extend({ type: z.literal('view_submission'), view });
const shortcut = common.extend({
  type: z.enum(['shortcut', 'message_action']),
  callback_id: z.string().max(255),
  channel: channel.nullish(),
});

const eventCallback = z.object({
  type: z.literal('event_callback'),
  team_id: optionalId,
  enterprise_id: optionalId,
  context_team_id: optionalId,
  event_id: optional,
  event: z.object({
    type: z.string(),
    subtype: optional,
    user: optionalId,
    bot_id: optional,
    text: text.nullish(),
    channel: optionalId,
    channel_type: optional,
    ts: time.nullish(),
    thread_ts: time.nullish(),
    edited: z.unknown().optional(),
    tab: optional,
    team: optionalId,
    user_team: optionalId,
    source_team: optionalId,
    files: z.array(z.object({ id, name: optional, size: z.number().nullish() })).nullish(),
    file_id: optionalId,
    user_id: optionalId,
    channel_id: optionalId,
  }),
});

/** Who sent it, as the payload says. */
export interface Sender {
  readonly user: string;
  readonly name: string | null;
  /** Every team and organization that is named: all must be ours. */
  readonly teams: readonly string[];
  readonly enterprises: readonly string[];
}

export interface Where {
  readonly channel: string;
  readonly channelName: string;
  readonly thread: string | null;
  /** Nobody has answered in the thread yet. */
  readonly isNewThread?: boolean;
}

/** A file that somebody put where the bot can see it. */
export interface SharedFile {
  readonly id: string;
  /** Null where only its id was told. */
  readonly name: string | null;
  readonly size: number | null;
}

export interface Shared {
  readonly kind: 'files';
  readonly files: readonly SharedFile[];
  readonly where: Where;
  readonly isPrivate: boolean;
}

export type Happening =
  | { readonly kind: 'slash'; readonly line: string; readonly where: Where }
  | { readonly kind: 'said'; readonly text: string; readonly where: Where; readonly isPrivate: boolean }
  | {
      readonly kind: 'press';
      readonly action: unknown;
      readonly where: Where;
      readonly message: string | null;
    }
  | { readonly kind: 'press-in-view'; readonly action: unknown; readonly view: IncomingView }
  | { readonly kind: 'submission'; readonly view: IncomingView }
  | { readonly kind: 'shortcut'; readonly verb: string; readonly where: Where | null }
  | { readonly kind: 'home-opened' }
  | Shared;

/** What came in from Slack, as far as Rollcall reads it. */
export interface Incoming {
  readonly sender: Sender;
  /** The same for each delivery of the same thing; null where nothing names it. */
  readonly key: string | null;
  readonly trigger: string | null;
  readonly responseUrl: string | null;
  readonly what: Happening;
}

/** Null for what is of no concern to us: it is acknowledged, and nothing else. */
export function parseEnvelope(body: Readonly<Record<string, unknown>>): Incoming | null {
  if (typeof body['command'] === 'string' && body['type'] === undefined)
    return ofSlash(slash.safeParse(body).data);
  switch (body['type']) {
    case 'event_callback':
      return ofEvent(eventCallback.safeParse(body).data);
    case 'block_actions':
      return ofPress(press.safeParse(body).data);
    case 'view_submission':
      return ofSubmission(submission.safeParse(body).data);
    case 'shortcut':
    case 'message_action':
      return ofShortcut(shortcut.safeParse(body).data);
    default:
      return null;
  }
}

function ofSlash(body: z.infer<typeof slash> | undefined): Incoming | null {
  if (!body) return null;
  return {
    sender: {
      user: body.user_id,
      name: body.user_name ?? null,
      teams: given(body.team_id),
      enterprises: given(body.enterprise_id),
    },
    key: body.trigger_id ?? null,
    trigger: body.trigger_id ?? null,
    responseUrl: body.response_url ?? null,
    what: {
      kind: 'slash',
      line: `${body.command} ${body.text}`,
      where: { channel: body.channel_id, channelName: body.channel_name ?? '', thread: null },
    },
  };
}

function ofPress(body: z.infer<typeof press> | undefined): Incoming | null {
  if (!body) return null;
  const [action] = body.actions;
  if (body.view) return { ...ofCommon(body), what: { kind: 'press-in-view', action, view: body.view } };
  if (!body.channel) return null;
  const shown = body.container?.is_ephemeral
    ? null
    : (body.message?.ts ?? body.container?.message_ts ?? null);
  const where = {
    channel: body.channel.id,
    channelName: body.channel.name ?? '',
    thread: body.message?.thread_ts ?? null,
  };
  return { ...ofCommon(body), what: { kind: 'press', action, where, message: shown } };
}

function ofSubmission(body: z.infer<typeof submission> | undefined): Incoming | null {
  return body ? { ...ofCommon(body), what: { kind: 'submission', view: body.view } } : null;
}

function ofShortcut(body: z.infer<typeof shortcut> | undefined): Incoming | null {
  if (!body) return null;
  const where = body.channel
    ? { channel: body.channel.id, channelName: body.channel.name ?? '', thread: null }
    : null;
  return { ...ofCommon(body), what: { kind: 'shortcut', verb: body.callback_id, where } };
}

function ofCommon({ team, enterprise, user, trigger_id, response_url }: z.infer<typeof common>) {
  return {
    sender: {
      user: user.id,
      name: user.name ?? user.username ?? null,
      teams: given(team?.id, user.team_id),
      enterprises: given(enterprise?.id, team?.enterprise_id),
    },
    key: trigger_id ?? null,
    trigger: trigger_id ?? null,
    responseUrl: response_url ?? null,
  };
}

function ofEvent(body: z.infer<typeof eventCallback> | undefined): Incoming | null {
  if (!body || body.event.bot_id) return null;
  const { user_id, user = user_id, team, user_team, source_team } = body.event;
  const what = happeningOf(body.event);
  if (!what || !user) return null;
  const teams = given(body.team_id, body.context_team_id, team, user_team, source_team);
  return {
    sender: { user, name: null, teams, enterprises: given(body.enterprise_id) },
    key: body.event_id ?? null,
    trigger: null,
    responseUrl: null,
    what,
  };
}

/** Edits are not said again, and what is said to the bot in private comes as a message, mention or not. */
function happeningOf(event: Event): Happening | null {
  if (event.type === 'app_home_opened') return event.tab === 'messages' ? null : { kind: 'home-opened' };
  if (event.type === 'file_shared') return ofSharing(event);
  if (!event.channel || !event.ts || event.edited !== undefined) return null;
  const isPrivate = event.type === 'message' && event.channel_type === 'im';
  if (event.subtype)
    return isPrivate && event.subtype === 'file_share' ? ofFiles(event, event.channel) : null;
  const isMention = event.type === 'app_mention' && !event.channel.startsWith('D');
  if (!isPrivate && !isMention) return null;
  const thread = event.thread_ts ?? (isPrivate ? null : event.ts);
  const isNewThread = thread !== null && !event.thread_ts;
  const where = { channel: event.channel, channelName: event.channel_type ?? '', thread, isNewThread };
  return { kind: 'said', text: event.text ?? '', where, isPrivate };
}

type Event = z.infer<typeof eventCallback>['event'];

/** What is written beside files is about them: it is no command. */
function ofFiles({ files, thread_ts }: Event, channel: string): Happening | null {
  if (!files || files.length === 0) return null;
  const shared = files.map(({ id, name, size }) => ({ id, name: name ?? '', size: size ?? null }));
  const where = { channel, channelName: 'im', thread: thread_ts ?? null };
  return { kind: 'files', files: shared, where, isPrivate: true };
}

function ofSharing({ file_id, channel_id }: Event): Happening | null {
  if (!file_id || !channel_id) return null;
  const where = { channel: channel_id, channelName: '', thread: null };
  const files = [{ id: file_id, name: null, size: null }];
  return { kind: 'files', files, where, isPrivate: channel_id.startsWith('D') };
}

function given(...ids: readonly (string | null | undefined)[]): string[] {
  return ids.filter((one): one is string => one !== null && one !== undefined && one !== '');
}
