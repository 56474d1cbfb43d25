import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTestHouse, type TestHouse } from '../../support/house';
import { slackManifest } from '../../support/slack-manifest';

const read = (...path: string[]): string => readFileSync(join(__dirname, '..', '..', '..', ...path), 'utf8');
const source = read('manifest', 'slack', 'manifest.json');
const docs = read('docs', 'connect-slack.md');
const manifest = slackManifest.parse(JSON.parse(source));
const { features, oauth_config, settings } = manifest;

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());

/** The right that Slack wants for each of these, to be asked for when the app is installed. */
const scopeOf: Readonly<Record<string, string>> = {
  'slash commands': 'commands',
  'chat.postMessage': 'chat:write',
  'conversations.open': 'im:write',
  'users.info': 'users:read',
  app_mention: 'app_mentions:read',
  'files.info, file_shared': 'files:read',
  'message.im': 'im:history',
};

test.each([
  [
    'a name of 36 characters',
    { display_information: { ...manifest.display_information, name: 'x'.repeat(36) } },
  ],
  ['a field that Slack does not know', { colour: '#0F6C73' }],
  [
    'a long shortcut',
    { features: { ...features, shortcuts: [{ ...features.shortcuts[0], name: 'x'.repeat(25) }] } },
  ],
  [
    'a 51st command',
    {
      features: { ...features, slash_commands: Array.from({ length: 51 }, () => features.slash_commands[0]) },
    },
  ],
])('Slack would refuse %s', (_what, change) => {
  expect(slackManifest.safeParse({ ...manifest, ...change }).success).toBe(false);
});

test('every command that can be typed is one of Slack’s, and the other way round', () => {
  const typed = Object.keys(world.house.router.commands).map((name) => `/${name}`);

  expect(features.slash_commands.map(({ command }) => command).sort()).toEqual(typed.sort());
});

test('every shortcut is global and leads to a step that needs no card before it', () => {
  for (const { type, callback_id: verb } of features.shortcuts) {
    expect([verb, type]).toEqual([verb, 'global']);
    expect([verb, world.house.router.routes[verb]?.typed]).toEqual([verb, true]);
  }
  const verbs = features.shortcuts.map(({ callback_id }) => callback_id);
  expect(new Set(verbs).size).toBe(verbs.length);
});

test('it asks for the rights it needs, and for no other', () => {
  expect([...oauth_config.scopes.bot].sort()).toEqual(Object.values(scopeOf).sort());
  expect(settings.event_subscriptions.bot_events.sort()).toEqual([
    'app_home_opened',
    'app_mention',
    'file_shared',
    'message.im',
  ]);
});

test('every right has its reason in the docs, and no other is named there', () => {
  const explained = [...docs.matchAll(/^ *\| `([a-z_]+(?::[a-z]+)?)` +\| \S/gm)].map(([, scope]) => scope);

  expect(explained.sort()).toEqual([...oauth_config.scopes.bot].sort());
});

test('people can write to it, see its home, and press its buttons; it is for one workspace, over HTTP', () => {
  expect(features.app_home).toEqual({
    home_tab_enabled: true,
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
  expect(settings).toMatchObject({
    interactivity: { is_enabled: true },
    org_deploy_enabled: false,
    socket_mode_enabled: false,
    token_rotation_enabled: false,
  });
});

test('it has one address, which is nobody’s and which the docs say to put one’s own for', () => {
  const hosts = [...source.matchAll(/https:\/\/([^/"]+)/g)].map(([, host]) => host!);

  expect(hosts).toHaveLength(features.slash_commands.length + 2);
  expect(new Set(hosts).size).toBe(1);
  expect(hosts[0]).toMatch(/\.example$/);
  expect(docs).toContain(hosts[0]);
});
