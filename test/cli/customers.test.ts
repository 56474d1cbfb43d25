import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase, type TestDatabase } from '../support/mongo';

const root = join(__dirname, '..', '..');
const contoso = {
  name: 'Contoso',
  defaultDomain: 'contoso.example',
  domains: [],
  subscriptions: [{ skuPartNumber: 'EMS', total: 5 }],
};

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'rollcall-customers-'));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

async function file(content: unknown): Promise<string> {
  const path = join(folder, 'customers.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** What `npm run customers` runs, from the source. */
function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env['PATH'], HOME: folder, MONGODB_URI: database.uri, ADMIN_AGENTS: 'teams:a' };
  return new Promise((resolve) => {
    const command = ['--import', 'tsx', join(root, 'src', 'cli', 'customers.ts'), ...args];
    const child = execFile(process.execPath, command, { cwd: root, env }, (_error, out, err) =>
      resolve({ code: child.exitCode ?? -1, out, err }),
    );
  });
}

const stored = () => database.connection.collection('customers').find().toArray();

describe('npm run customers', () => {
  it('loads the customers of a file, and says how many; run again it updates them', async () => {
    const path = await file([contoso]);

    const first = await run(path);
    const second = await run(path);

    expect(first).toEqual({ code: 0, out: '1 customers created, 0 updated.\n', err: '' });
    expect(second).toEqual({ code: 0, out: '0 customers created, 1 updated.\n', err: '' });
    expect(await stored()).toMatchObject([{ name: 'Contoso', defaultDomain: 'contoso.example' }]);
  });

  it('keeps a domain for one customer from the very first file', async () => {
    const result = await run(
      await file([contoso, { ...contoso, defaultDomain: 'b.example', domains: ['contoso.example'] }]),
    );

    expect(result.code).toBe(1);
    expect(result.err).toContain('contoso.example');
    expect(await stored()).toHaveLength(1);
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', 'name;domain', /customers\.json.*not JSON/],
    ['a wrong entry', [{ ...contoso, name: '' }], /customers\.json[\s\S]*\[0\]\.name/],
  ])('names the file that is wrong, writes nothing and fails: %s', async (_, content, reason) => {
    const result = await run(await file(content));

    expect(result.code).toBe(1);
    expect(result.err).toMatch(reason);
    expect(result.err).not.toMatch(/\n\s+at /);
    expect(await stored()).toEqual([]);
  });

  it('names the file that is not there', async () => {
    const result = await run(join(folder, 'nowhere.json'));

    expect(result.code).toBe(1);
    expect(result.err).toContain('nowhere.json');
  });

  it('says how it is used when no file is named', async () => {
    const result = await run();

    expect(result.code).toBe(1);
    expect(result.err).toContain('npm run customers -- <file.json>');
  });
});
