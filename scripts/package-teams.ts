import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';

const root = join(__dirname, '..');
const source = join(root, 'manifest', 'teams');

interface Values {
  readonly appId: string;
  readonly publicUrl: string;
  readonly version: string;
}

/** What is wrong with the environment, each with its variable; empty if nothing. */
export function faultsIn({ appId, publicUrl }: Values): readonly string[] {
  const isId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(appId);
  const isHttps = URL.canParse(publicUrl) && new URL(publicUrl).protocol === 'https:';
  return [
    ...(isId
      ? []
      : [
          'MicrosoftAppId: set it to the application id of the bot, as in 01234567-89ab-cdef-0123-456789abcdef.',
        ]),
    ...(isHttps ? [] : ['PUBLIC_URL: set it to the https address at which people reach Rollcall.']),
  ];
}

/** The files of the app package, by name. */
export function createTeamsPackage({ appId, publicUrl, version }: Values): Record<string, Uint8Array> {
  const filled = readFileSync(join(source, 'manifest.json'), 'utf8')
    .replaceAll('{{APP_ID}}', appId.toLowerCase())
    .replaceAll('{{PUBLIC_URL}}', publicUrl.replace(/\/+$/, ''))
    .replaceAll('{{PUBLIC_HOST}}', new URL(publicUrl).hostname)
    .replaceAll('{{VERSION}}', version);
  const files = ['fr.json', 'color.png', 'outline.png'];
  return {
    'manifest.json': strToU8(filled),
    ...Object.fromEntries(files.map((file) => [file, new Uint8Array(readFileSync(join(source, file)))])),
  };
}

function main(): void {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const values = {
    appId: process.env['MicrosoftAppId'] ?? '',
    publicUrl: process.env['PUBLIC_URL'] ?? '',
    version,
  };
  const faults = faultsIn(values);
  if (faults.length > 0) {
    console.error(`The package cannot be made:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    process.exitCode = 1;
    return;
  }
  const target = join(root, 'build', 'rollcall-teams.zip');
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(target, zipSync(createTeamsPackage(values)));
  console.log(
    `Made build/rollcall-teams.zip for the bot ${values.appId}. Upload it in the Teams admin center.`,
  );
}

if (require.main === module) main();
