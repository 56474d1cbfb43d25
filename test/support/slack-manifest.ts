import { z } from 'zod';

/** An address of ours, in each place the same one. */
const address = z.httpUrl().startsWith('https://').endsWith('/slack/events');
const text = (most: number, least = 1) => z.string().trim().min(least).max(most);

const command = z.strictObject({
  command: z
    .string()
    .max(32)
    .regex(/^\/[a-z]+(-[a-z]+)*$/),
  url: address,
  description: text(2000),
  usage_hint: text(1000).optional(),
  should_escape: z.literal(false),
});
const shortcut = z.strictObject({
  name: text(24),
  type: z.enum(['global', 'message']),
  callback_id: text(255),
  description: text(150),
});

/** What Slack says of its app manifests, as far as Rollcall has need of it: what is not named here may not be there. */
export const slackManifest = z.strictObject({
  _metadata: z.strictObject({ major_version: z.literal([1, 2]), minor_version: z.int() }),
  display_information: z.strictObject({
    name: text(35),
    description: text(139),
    long_description: text(4000, 175),
    background_color: z.string().regex(/^#[\dA-F]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({ display_name: text(80).regex(/^[\w.-]+$/), always_online: z.boolean() }),
    shortcuts: z.array(shortcut).max(10),
    slash_commands: z.array(command).max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ request_url: address, bot_events: z.array(z.string()).max(100) }),
    interactivity: z.strictObject({ is_enabled: z.boolean(), request_url: address }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});
