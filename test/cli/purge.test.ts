import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { purgedLine, wouldBePurgedLine } from '../../src/cli/purge-lines';
import { isDryRun } from '../../src/cli/purge-options';
import { openTestHouse, type TestHouse } from '../support/house';
import { storeDeleted } from '../support/reminders';
import { customerIdOf, emptied } from '../support/scenes';

const root = join(__dirname, '..', '..');

let world: TestHouse;
let contoso: string;
let fabrikam: string;
beforeAll(async () => {
  world = await openTestHouse();
  contoso = await customerIdOf(world, 'Contoso Bakery');
  fabrikam = await customerIdOf(world, 'Ateliers Fabrikam');
});
afterAll(() => world.close());
beforeEach(() => emptied(world, ['users', 'audit']));

/** What `npm run purge` runs, from the source. */
function run(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const env = {
    PATH: process.env['PATH'],
    MONGODB_URI: world.database.uri,
    ADMIN_AGENTS: 'teams:a',
    ...more,
  };
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const command = ['--import', 'tsx', join(root, 'src', 'cli', 'purge.ts'), ...args];
    const child = execFile(process.execPath, command, { cwd: root, env }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

/** Users whose last day was so many days before the present, by the clock on the wall. */
const deleted = (customerId: string, days: Readonly<Record<string, number>>) =>
  storeDeleted(
    world.database,
    Object.entries(days).map(([name, ago]) => ({ name, days: -ago, customerId })),
    new Date(),
  );
const namesLeft = async () => (await world.rows('users')).map(({ displayName }) => displayName).sort();

describe('npm run purge', () => {
  it('says with --dry-run who would be removed, by customer, and changes nothing', async () => {
    await deleted(contoso, Object.fromEntries(Array.from({ length: 12 }, (_, place) => [`User${place}`, 9])));
    await deleted(fabrikam, { Ann: 1, Bob: -1 });

    const { code, out, err } = await run(['--dry-run']);

    expect([code, err]).toEqual([0, '']);
    const lines = out.trim().split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'Ateliers Fabrikam (fabrikam.example): 1 deleted user',
      '  ann@contoso.example',
    ]);
    expect(lines[2]).toBe('Contoso Bakery (contoso.example): 12 deleted users');
    expect(lines.slice(3, 13)).toEqual(
      Array(10).fill(expect.stringMatching(/^ {2}user\d+@contoso\.example$/)),
    );
    expect(lines[13]).toBe('  and 2 more');
    expect(lines[14]).toMatch(/^13 deleted users could be restored until before .*Z, and would be removed/);
    expect(lines[14]).toMatch(/Nothing was changed\.$/);
    expect(await namesLeft()).toHaveLength(14);
    expect(await world.rows('audit')).toEqual([]);
  });

  it('removes them as the job does, and nobody else', async () => {
    await deleted(contoso, { Ann: 1, Bob: 3, Cy: -1 });

    const { code, out, err } = await run([]);

    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('Contoso Bakery (contoso.example): 2 deleted users\n');
    expect(out).toContain('2 deleted users removed for good.');
    expect(await namesLeft()).toEqual(['Cy']);
    const entries = await world.rows('audit');
    expect(entries).toMatchObject(
      ['bob', 'ann'].map((name) => ({ action: 'purge_customer_user', target: `${name}@contoso.example` })),
    );
  });

  it('removes nobody and says why after an option that it does not know', async () => {
    await deleted(contoso, { Ann: 1 });

    const { code, err } = await run(['--dryrun']);

    expect(code).toBe(1);
    expect(err).toMatch(/^Nobody more was removed\. .*--dryrun/);
    expect(err).not.toMatch(/\n\s+at /);
    expect(await namesLeft()).toEqual(['Ann']);
  });
});

describe('Its options', () => {
  it.each([
    [[], {}, false],
    [['--dry-run'], {}, true],
    // Without the `--` before it npm takes the option for its own.
    [[], { npm_config_dry_run: 'true' }, true],
    [[], { npm_config_dry_run: '' }, false],
  ])('%j with %j: a dry run is %s', (args, env, expected) => {
    expect(isDryRun(args, env)).toBe(expected);
  });

  it.each([['ann@contoso.example'], ['--dry-run=no'], ['-n']])('%s is none', (arg) => {
    expect(() => isDryRun([arg], {})).toThrow();
  });
});

describe('What it says', () => {
  const customer = { name: 'Contoso', defaultDomain: 'contoso.example' };
  const due = [{ customer, count: 2, upns: ['ann@contoso.example', 'bob@contoso.example'] }];

  it('is true where others were removed or restored meanwhile', () => {
    expect(purgedLine(due, 2)).not.toContain('Listed');
    expect(purgedLine(due, 1)).toMatch(/^1 deleted user removed for good.* Listed are those/);
    expect(purgedLine([], 0)).toBe('Nobody had to be removed.');
  });

  it('is short where nobody is past restoring', () => {
    const before = new Date('2026-11-22T09:00:00Z');
    expect(wouldBePurgedLine([], before)).toBe(
      "Nobody's last day to be restored was before 2026-11-22T09:00:00.000Z. Nothing was changed.",
    );
  });
});
