/** Activities as Teams sends them, with what every one has. A test shows only what matters. */
export const tenantId = '11111111-2222-4333-8444-555555555555';
export const bot = { id: '28:bot', name: 'Rollcall' };
export const ann = { id: '29:ann', name: 'Ann Archer', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001' };
export const annOperator = `teams:${ann.aadObjectId}`;

export const places = {
  personal: { id: 'a:ann', conversationType: 'personal', tenantId },
  group: { id: '19:group@thread.v2', conversationType: 'groupChat', isGroup: true, tenantId },
  channel: {
    id: '19:team@thread.tacv2;messageid=1790',
    conversationType: 'channel',
    isGroup: true,
    tenantId,
  },
};

type Place = keyof typeof places;

function activity(place: Place, more: object): Record<string, unknown> {
  return {
    channelId: 'msteams',
    id: 'f:1',
    timestamp: '2026-03-02T08:00:00.000Z',
    from: ann,
    recipient: bot,
    conversation: places[place],
    channelData: { tenant: { id: tenantId } },
    locale: 'en-GB',
    entities: [
      { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' },
    ],
    ...more,
  };
}

export function message(place: Place, text: string, more: object = {}): Record<string, unknown> {
  return activity(place, { type: 'message', text, textFormat: 'plain', ...more });
}

/** As it comes from groups and channels. */
export function mention(place: Place, text: string): Record<string, unknown> {
  const spoken = `<at>${bot.name}</at>`;
  return message(place, `${spoken}&nbsp;${text}\n`, {
    entities: [{ type: 'mention', mentioned: bot, text: spoken }],
  });
}

/** As Teams names a file that was dropped into the private chat, among the attachments of a message. */
export function dropped(downloadUrl: unknown, name = 'users.csv'): object {
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: `https://contoso-my.sharepoint.com/personal/ann/Documents/${name}`,
    name,
    content: { downloadUrl, uniqueId: '1150d938-8870-4044-9f2c-5bbdebb70c9d', fileType: 'csv', etag: '1' },
  };
}

export function execute(
  place: Place,
  replyToId: string,
  verb: string,
  data: object = {},
): Record<string, unknown> {
  return activity(place, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId,
    value: { action: { type: 'Action.Execute', title: 'Create', verb, data } },
  });
}

export function submit(place: Place, replyToId: string, value: object): Record<string, unknown> {
  return activity(place, { type: 'message', replyToId, value });
}

export function installation(place: Place, action: string): Record<string, unknown> {
  return activity(place, {
    type: 'installationUpdate',
    action,
    from: { id: ann.id, aadObjectId: ann.aadObjectId },
  });
}

export function membership(place: Place, change: object): Record<string, unknown> {
  return activity(place, { type: 'conversationUpdate', recipient: { id: bot.id }, ...change });
}
