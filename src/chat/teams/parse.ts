import type { Conversation, Locale } from '../../ports/chat';
import { languageOf } from '../../words/words';
import type { Command } from '../door';
import { isRecord } from '../is-record';
import type { Incoming } from './activity';

/** The id that leaves the door: a channel is one conversation whatever the thread. */
export function conversationId(id: string): string {
  return `teams:${withoutThread(id)}`;
}

export function withoutThread(id: string): string {
  return id.replace(/;messageid=.*$/s, '');
}

export function parseConversation({ conversation }: Incoming): Conversation {
  return { id: conversationId(conversation.id), kind: kindOf(conversation) };
}

/** Null where the chat does not say who it is: then nobody can tell what they may do. */
export function parseOperator({ from }: Incoming): string | null {
  return from.aadObjectId ? `teams:${from.aadObjectId.toLowerCase()}` : null;
}

export function parseLocale(incoming: Incoming, isTimeZone: (name: string) => boolean): Locale {
  const client = incoming.entities?.find((entity) => entity.type === 'clientInfo');
  const timeZone = incoming.localTimezone ?? client?.timezone ?? 'UTC';
  return {
    language: languageOf(incoming.locale ?? client?.locale),
    timeZone: isTimeZone(timeZone) ? timeZone : 'UTC',
  };
}

/** Null where it is neither words nor a press. A message with a `value` is an Action.Submit. */
export function parseInput(incoming: Incoming): Command['input'] | null {
  if (incoming.type === 'invoke') {
    return incoming.name === 'adaptiveCard/action' ? parsePress(incoming.value) : null;
  }
  return parsePress(incoming.value) ?? { kind: 'typed', text: typedText(incoming) };
}

export function parsePrefix(incoming: Incoming): string {
  const { name } = incoming.recipient;
  return name && kindOf(incoming.conversation) !== 'personal' ? `@${name} ` : '';
}

function kindOf({ conversationType, isGroup }: Incoming['conversation']): Conversation['kind'] {
  if (conversationType === 'personal') return 'personal';
  if (conversationType === 'channel') return 'channel';
  return conversationType || isGroup ? 'group' : 'personal';
}

function parsePress(value: unknown): Command['input'] | null {
  if (!isRecord(value)) return null;
  const { verb, data, ...inputs } = isRecord(value['action']) ? value['action'] : value;
  return typeof verb === 'string' && verb !== '' ? { kind: 'pressed', verb, data: data ?? inputs } : null;
}

/** Without the mention of the bot; of another mention its name stays. */
function typedText({ text = '', entities, recipient }: Incoming): string {
  const ofBot = (entities ?? [])
    .filter((entity) => entity.type === 'mention' && entity.mentioned?.id === recipient.id)
    .map((entity) => entity.text ?? '');
  const plain = ofBot.reduce((rest, mention) => (mention ? rest.replace(mention, ' ') : rest), text);
  return decodeEntities(plain.replace(/<\/?at[^<>]*>/gi, '')).trim();
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Teams escapes plain text as if it were HTML; non-breaking spaces become plain ones. */
function decodeEntities(text: string): string {
  return text
    .replace(
      /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
      (all, decimal?: string, hex?: string, name?: string) => {
        if (name !== undefined) return named[name.toLowerCase()] ?? all;
        const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
        return code <= 0x10ffff ? String.fromCodePoint(code) : all;
      },
    )
    .replaceAll('\u00a0', ' ');
}
