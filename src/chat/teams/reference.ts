import type { ConversationReference } from 'botbuilder';
import { z } from 'zod';
import type { ConversationAddress } from '../../ports/conversations';
import type { Incoming } from './activity';
import { conversationId, parseConversation, parseOperator, withoutThread } from './parse';

const reference = z.object({
  channelId: z.string(),
  serviceUrl: z.url(),
  bot: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }).optional(),
  conversation: z.object({
    id: z.string(),
    conversationType: z.string(),
    isGroup: z.boolean(),
    tenantId: z.string().optional(),
  }),
});

const conversationTypes = { personal: 'personal', group: 'groupChat', channel: 'channel' } as const;

/** Null for a private chat of which nobody knows whose it is. */
export function toAddress(incoming: Incoming): ConversationAddress | null {
  const { id, kind } = parseConversation(incoming);
  const operator = kind === 'personal' ? parseOperator(incoming) : null;
  if (kind === 'personal' && operator === null) return null;
  return { id, kind, operator, reference: write(incoming, kind, incoming.conversation.id) };
}

/** The private chat `conversation` of the person who sent `incoming`, wherever they sent it. */
export function toPrivateAddress(
  incoming: Incoming,
  operator: string,
  conversation: string,
): ConversationAddress {
  return {
    id: conversationId(conversation),
    kind: 'personal',
    operator,
    reference: write(incoming, 'personal', conversation),
  };
}

/** What the SDK needs to speak there. Throws where what is stored is none of ours. */
export function toReference(address: ConversationAddress): Partial<ConversationReference> {
  const { channelId, serviceUrl, bot, user, conversation } = reference.parse(JSON.parse(address.reference));
  const { tenantId, ...place } = conversation;
  return {
    channelId,
    serviceUrl,
    bot: { name: '', ...bot },
    ...(user ? { user: { name: '', ...user } } : {}),
    conversation: { name: '', ...place, ...(tenantId === undefined ? {} : { tenantId }) },
  };
}

/** Holds no names: they come and go between events, and each change would be a write. */
function write(incoming: Incoming, kind: ConversationAddress['kind'], conversation: string): string {
  const { channelId, serviceUrl, recipient, from, channelData } = incoming;
  const tenantId = incoming.conversation.tenantId ?? channelData?.tenant?.id;
  return JSON.stringify({
    channelId,
    serviceUrl,
    bot: { id: recipient.id },
    ...(kind === 'personal' ? { user: { id: from.id } } : {}),
    conversation: {
      id: withoutThread(conversation),
      conversationType: conversationTypes[kind],
      isGroup: kind !== 'personal',
      ...(tenantId === undefined ? {} : { tenantId }),
    },
  } satisfies z.infer<typeof reference>);
}
