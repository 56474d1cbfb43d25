import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');
const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

function filesWith(pattern: RegExp, except: RegExp): string[] {
  return sources.filter(
    (file) => !except.test(file) && pattern.test(readFileSync(join(root, 'src', file), 'utf8')),
  );
}

describe('The house', () => {
  it('has imports in one direction only, each SDK in its folder, no circles', () => {
    const run = () =>
      execFileSync('node_modules/.bin/depcruise', ['src', '--output-type', 'err-long'], {
        cwd: root,
        encoding: 'utf8',
      });

    expect(run()).toContain('no dependency violations found');
  });

  it('reads the environment in config.ts only; everything else takes a Config', () => {
    expect(filesWith(/\bprocess\.env\b/, /^config\.ts$/)).toEqual([]);
  });

  it('takes the time from the Clock port; only real.ts makes one', () => {
    expect(filesWith(/\bDate\.now\(\)|new Date\(\)/, /^(real\.ts|chat\/demo\/page\/)/)).toEqual([]);
  });

  it('gives the doors the same silhouette', () => {
    const doors = readdirSync(join(root, 'src/chat'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );

    const without = doors.filter((door) => {
      const files = readdirSync(join(root, 'src/chat', door.name));
      return !['door.ts', 'messenger.ts'].every((file) => files.includes(file));
    });

    expect(without.map((door) => door.name)).toEqual([]);
  });

  it('names a feature alike in the table of routes, in features/ and in its first card', () => {
    const table = readFileSync(join(root, 'src/chat/router.ts'), 'utf8');
    const named = new Set([...table.matchAll(/'([a-z-]+)\.[a-z-]+':/g)].map(([, feature]) => feature));

    const missing = [...named].filter((feature) => !sources.includes(`features/${feature}.ts`));
    const cards = readdirSync(join(root, 'cards'));

    expect(missing).toEqual([]);
    expect([...named].filter((feature) => !cards.includes(`${feature}.json`))).toEqual([]);
  });
});
