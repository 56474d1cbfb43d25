import { z } from 'zod';
import type { Language } from '../../ports/chat';
import { languageOf } from '../../words/words';
import { SlackCallFailed } from './failure';

export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

export interface ViewRef {
  readonly id: string;
  readonly hash: string;
}

/** Whom the bot token belongs to. */
export interface Identified {
  readonly teamId: string;
  readonly enterpriseId: string | null;
  readonly botUserId: string;
  readonly botId: string;
}

export interface UserInfo {
  readonly name: string;
  readonly language: Language;
  /** As Slack names it; '' where it does not say. */
  readonly timeZone: string;
  readonly isBot: boolean;
  /** Slack's word for a person of another organization, met in a shared channel. */
  readonly isStranger: boolean;
  /** The workspaces that Slack counts the person to. */
  readonly teams: readonly string[];
}

export interface FileInfo {
  readonly name: string;
  readonly size: number | null;
  /** '' where Slack gives it no more. */
  readonly address: string;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const posted = z.object({ channel: z.string().min(1), ts: z.string().min(1) });
const view = z.object({ view: z.object({ id: z.string().min(1), hash: text }) });
const opened = z.object({ channel: z.object({ id: z.string().min(1) }) });
const identified = z.object({
  team_id: z.string().min(1),
  enterprise_id: text,
  user_id: z.string().min(1),
  bot_id: text,
});
const userInfo = z.object({
  user: z.object({
    name: text,
    real_name: text,
    profile: z.object({ display_name: text, real_name: text }).nullish(),
    locale: text,
    tz: text,
    is_bot: flag,
    is_stranger: flag,
    team_id: text,
    enterprise_user: z.object({ teams: z.array(z.string()).nullish() }).nullish(),
  }),
});
const fileInfo = z.object({
  file: z.object({
    name: text,
    size: z.number().nullish(),
    url_private_download: text,
    url_private: text,
  }),
});
const messages = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      blocks: z.array(z.object({ block_id: text })).nullish(),
    }),
  ),
});

export function readPosted(method: string, result: unknown): Posted {
  const { channel, ts } = read(method, posted, result);
  return { channel, ts };
}

export function readViewRef(method: string, result: unknown): ViewRef {
  const { id, hash } = read(method, view, result).view;
  return { id, hash };
}

export function readPrivateChannel(method: string, result: unknown): string {
  return read(method, opened, result).channel.id;
}

export function readIdentity(method: string, result: unknown): Identified {
  const { team_id, enterprise_id, user_id, bot_id } = read(method, identified, result);
  return { teamId: team_id, enterpriseId: enterprise_id || null, botUserId: user_id, botId: bot_id };
}

export function readUser(method: string, result: unknown): UserInfo {
  const { user } = read(method, userInfo, result);
  const { profile } = user;
  return {
    name: user.real_name || profile?.real_name || profile?.display_name || user.name,
    language: languageOf(user.locale),
    timeZone: user.tz,
    isBot: user.is_bot,
    isStranger: user.is_stranger,
    teams: [user.team_id, ...(user.enterprise_user?.teams ?? [])].filter((team) => team !== ''),
  };
}

export function readFileInfo(method: string, result: unknown): FileInfo {
  const { name, size, url_private_download, url_private } = read(method, fileInfo, result).file;
  return { name, size: size ?? null, address: url_private_download || url_private };
}

/** Messages by the ids of their blocks. */
export function readMessages(
  method: string,
  result: unknown,
): readonly { readonly ts: string; readonly blockIds: readonly string[] }[] {
  return read(method, messages, result).messages.map(({ ts, blocks }) => ({
    ts,
    blockIds: (blocks ?? []).map(({ block_id }) => block_id),
  }));
}

/** An answer that is none of Slack's, such as a proxy's: what was asked may have been done all the same. */
function read<T>(method: string, schema: z.ZodType<T>, result: unknown): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  throw new SlackCallFailed({ method, kind: 'later', code: 'strange_answer', mayHaveHappened: true });
}
