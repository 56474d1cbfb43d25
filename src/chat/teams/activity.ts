import type { Activity } from 'botbuilder';
import { z } from 'zod';

const optionalText = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);

const account = z.object({
  id: z.string().min(1).max(500),
  name: optionalText,
  aadObjectId: optionalText,
});

const conversation = z.object({
  id: z.string().min(1).max(1000),
  conversationType: optionalText,
  isGroup: z.boolean().nullish(),
  tenantId: optionalText,
});

const channelData = z.object({
  tenant: z.object({ id: optionalText }).nullish(),
  channel: z.object({ id: optionalText }).nullish(),
  eventType: optionalText,
});

const entity = z.object({
  type: optionalText,
  text: optionalText,
  mentioned: z.object({ id: optionalText }).nullish(),
  locale: optionalText,
  timezone: optionalText,
});

const attachment = z.object({
  contentType: optionalText,
  name: optionalText,
  content: z.unknown().optional(),
});

const incoming = z.object({
  type: z.string().min(1),
  id: optionalText,
  name: optionalText,
  action: optionalText,
  text: optionalText,
  replyToId: optionalText,
  locale: optionalText,
  localTimezone: optionalText,
  channelId: z.string().min(1),
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: account,
  recipient: account,
  conversation,
  channelData: channelData.nullish(),
  entities: z.array(entity).nullish(),
  attachments: z.array(attachment).nullish(),
  membersRemoved: z.array(z.object({ id: optionalText })).nullish(),
  value: z.unknown().optional(),
});

/** What Rollcall reads of an activity; nothing else of it is used. */
export type Incoming = z.infer<typeof incoming>;

/** Null where the body is no activity. */
export function parseActivity(body: unknown): Incoming | null {
  const parsed = incoming.safeParse(body);
  return parsed.success ? parsed.data : null;
}

/** What the SDK gets to see: enough to check the signature and to answer. */
export function toSdkActivity({
  type,
  id,
  channelId,
  serviceUrl,
  from,
  recipient,
  conversation,
}: Incoming): Activity {
  const activity: Partial<Activity> = {
    type,
    channelId,
    serviceUrl,
    ...(id === undefined ? {} : { id }),
    from: { id: from.id, name: from.name ?? '' },
    recipient: { id: recipient.id, name: recipient.name ?? '' },
    conversation: {
      id: conversation.id,
      name: '',
      isGroup: conversation.isGroup ?? false,
      conversationType: conversation.conversationType ?? '',
      ...(conversation.tenantId === undefined ? {} : { tenantId: conversation.tenantId }),
    },
  };
  return activity as Activity;
}

export function tenantsOf({ conversation, channelData }: Incoming): readonly string[] {
  return [conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined);
}
