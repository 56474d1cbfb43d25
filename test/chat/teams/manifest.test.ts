import { strFromU8, unzipSync, zipSync } from 'fflate';
import { createTeamsPackage, faultsIn } from '../../../scripts/package-teams';
import { readPng } from '../../support/png';

const appId = '01234567-89ab-cdef-0123-456789abcdef';
const values = { appId, publicUrl: 'https://rollcall.example:8443/', version: '1.2.3' };
const files = unzipSync(zipSync(createTeamsPackage(values)));

interface Manifest {
  readonly [name: string]: unknown;
  readonly developer: Readonly<Record<string, string>>;
  readonly name: Readonly<Record<string, string>>;
  readonly description: Readonly<Record<string, string>>;
  readonly bots: readonly {
    readonly scopes: readonly string[];
    readonly commandLists: readonly {
      readonly scopes: readonly string[];
      readonly commands: readonly { readonly title: string; readonly description: string }[];
    }[];
  }[];
}
const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as Manifest;
const french = JSON.parse(strFromU8(files['fr.json']!)) as Record<string, string>;
const lists = manifest.bots[0]!.commandLists;

test('the package holds the manifest, its translation and its icons, and nothing else', () => {
  expect(Object.keys(files).sort()).toEqual(['color.png', 'fr.json', 'manifest.json', 'outline.png']);
});

test('no placeholder is left in the manifest', () => {
  expect(JSON.stringify(manifest)).not.toMatch(/\{\{|\}\}/);
});

test('the bot, its address and its version are those of the environment', () => {
  expect(manifest).toMatchObject({
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${String(manifest['manifestVersion'])}/MicrosoftTeams.schema.json`,
    id: appId,
    version: '1.2.3',
    validDomains: ['rollcall.example'],
    bots: [{ botId: appId, supportsFiles: true, scopes: ['personal', 'team', 'groupChat'] }],
    icons: { color: 'color.png', outline: 'outline.png' },
    localizationInfo: {
      defaultLanguageTag: 'en',
      additionalLanguages: [{ languageTag: 'fr', file: 'fr.json' }],
    },
  });
  expect(manifest['accentColor']).toMatch(/^#[\da-f]{6}$/i);
});

test.each(['websiteUrl', 'privacyUrl', 'termsOfUseUrl'])('the %s is an https address', (name) => {
  const { protocol, host } = new URL(manifest.developer[name]!);
  expect({ protocol, host }).toEqual({ protocol: 'https:', host: 'rollcall.example:8443' });
});

test.each([
  ['the short name', () => manifest.name['short'], french['name.short'], 30],
  ['the full name', () => manifest.name['full'], french['name.full'], 100],
  ['the short description', () => manifest.description['short'], french['description.short'], 80],
  ['the full description', () => manifest.description['full'], french['description.full'], 4000],
  ['the developer', () => manifest.developer['name'], 'x', 32],
])('%s is neither empty nor too long, in both languages', (_what, english, translated, limit) => {
  for (const text of [english(), translated]) {
    expect(text?.length).toBeGreaterThan(0);
    expect(text?.length).toBeLessThanOrEqual(limit);
  }
});

test('every scope of the bot has one list of at most ten commands', () => {
  expect(lists.flatMap(({ scopes }) => scopes).sort()).toEqual([...manifest.bots[0]!.scopes].sort());
  for (const { commands } of lists) {
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.length).toBeLessThanOrEqual(10);
    for (const { title, description } of commands) {
      expect(title.length).toBeLessThanOrEqual(32);
      expect(description.length).toBeLessThanOrEqual(128);
    }
  }
});

test('every list names the same commands, and they are words that can be typed', () => {
  const titles = lists.map(({ commands }) => commands.map(({ title }) => title));
  expect(titles).toEqual(titles.map(() => titles[0]));
  for (const title of titles.flat()) expect(title).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

test('every description has its French, and the titles, which are what is sent, have none', () => {
  const wanted = lists.flatMap(({ commands }, list) =>
    commands.map((_command, index) => `bots[0].commandLists[${list}].commands[${index}].description`),
  );
  const translated = Object.keys(french).filter((key) => key.startsWith('bots'));

  expect(translated.sort()).toEqual(wanted.sort());
  for (const key of translated) expect(french[key]!.length).toBeLessThanOrEqual(128);
});

test('the color icon is 192 pixels square and full of color', () => {
  const { width, height, pixels } = readPng(Buffer.from(files['color.png']!));

  expect({ width, height }).toEqual({ width: 192, height: 192 });
  expect(pixels.every(({ alpha }) => alpha === 255)).toBe(true);
  expect(pixels[0]!.color).toBe('0f6c73');
});

test('the outline icon is 32 pixels square, and white on nothing', () => {
  const { width, height, pixels } = readPng(Buffer.from(files['outline.png']!));

  expect({ width, height }).toEqual({ width: 32, height: 32 });
  expect(pixels[0]!.alpha).toBe(0);
  const drawn = pixels.filter(({ alpha }) => alpha > 0);
  expect(drawn.length).toBeGreaterThan(50);
  expect(new Set(drawn.map(({ color }) => color))).toEqual(new Set(['ffffff']));
});

test.each([
  [{ appId: '' }, /^MicrosoftAppId/],
  [{ appId: 'my-bot' }, /^MicrosoftAppId/],
  [{ publicUrl: '' }, /^PUBLIC_URL/],
  [{ publicUrl: 'http://rollcall.example' }, /^PUBLIC_URL/],
])('no package is made with %j', (wrong, fault) => {
  expect(faultsIn(values)).toEqual([]);
  expect(faultsIn({ ...values, ...wrong })).toEqual([expect.stringMatching(fault)]);
});
