import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { readSize } from '../../src/cli/seed-size';
import { seed } from '../../src/directory/mongo/seed';
import { checkUpn } from '../../src/domain/upn';
import { isDirectoryRole } from '../../src/domain/role';
import { openTestDirectory, now, type TestDirectory } from '../support/directory';
import { realEntropy } from '../support/entropy';
import { openTestDatabase } from '../support/mongo';

const root = join(__dirname, '..', '..');
const day = 24 * 60 * 60 * 1000;

let world: TestDirectory;
const seeded = (users: number, customers: number, deleted: number, onProgress = (_: number) => {}) =>
  seed({ users, customers, deleted }, now, { accounts: world.accounts, entropy: realEntropy, onProgress });

interface User {
  readonly customerId: string;
  readonly userPrincipalName: string;
  readonly licenses: string[];
  readonly roles: string[];
  readonly state: string;
  readonly restoreBy?: Date;
}
const users = async () => (await world.rows('users')) as unknown as User[];

describe('A seeded database', () => {
  beforeEach(async () => {
    world = await openTestDirectory();
  });
  afterEach(() => world.close());

  it('has as many users as asked for, the first customer most of them, each with a name that could be typed', async () => {
    expect(await seeded(600, 60, 0)).toEqual({ users: 600, deleted: 0, customers: 60 });

    const all = await users();
    const customers = await world.rows('customers');
    const sizes = customers
      .map(({ _id }) => all.filter(({ customerId }) => customerId === _id).length)
      .sort((one, other) => other - one);
    expect([sizes.length, sizes[0], sizes[1], sizes.at(-1)]).toEqual([60, 12, 10, 9]);
    expect(all.flatMap(({ userPrincipalName }) => checkUpn(userPrincipalName))).toEqual([]);
    expect(all.every(({ roles }) => roles.every(isDirectoryRole))).toBe(true);
  });

  it('counts the seats of active users, and has a seat for each', async () => {
    await seeded(300, 3, 0.2);

    const all = await users();
    for (const { customerId, skuPartNumber, consumed, total } of await world.rows('subscriptions')) {
      const holders = all.filter(
        (user) =>
          user.customerId === customerId &&
          user.state === 'active' &&
          user.licenses.includes(String(skuPartNumber)),
      );
      expect(consumed).toBe(holders.length);
      expect(Number(total)).toBeGreaterThan(holders.length);
    }
  });

  it('has deleted users who are lost one after the other within 30 days', async () => {
    const { deleted } = await seeded(400, 1, 0.5);

    const gone = (await users()).filter(({ state }) => state === 'deleted');
    const deadlines = gone.map(({ restoreBy }) => (restoreBy!.getTime() - now.getTime()) / day);
    expect(gone).toHaveLength(deleted);
    expect(deleted).toBeGreaterThan(140);
    expect(Math.min(...deadlines)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...deadlines)).toBeLessThan(30);
    expect(new Set(deadlines.map(Math.floor)).size).toBeGreaterThan(20);
  });

  it('can be searched like any other', async () => {
    await seeded(200, 1, 0);
    const [customer] = await world.rows('customers');
    const customerId = String(customer?._id);

    const page = await world.directory.searchUsers({ customerId, text: '', filter: null, limit: 8 });
    const [one] = page.items;
    const found = await world.directory.findUsersByUpn(customerId, [one?.userPrincipalName ?? '']);

    expect(page.found).toBe(200);
    expect(found).toEqual([one]);
  });

  it('is added to by another run, which leaves everything else as it is', async () => {
    await world.connection
      .collection('customers')
      .insertOne({ name: 'Own', defaultDomain: 'own.example', domains: ['own.example'] });
    await seeded(30, 3, 0);
    const told: number[] = [];

    await seeded(5_000, 4, 0, (count) => told.push(count));

    const domains = (await world.rows('customers')).map(({ defaultDomain }) => defaultDomain);
    const made = [1, 2, 3, 4, 5, 6, 7].map((number) => `c0000${number}.seed.example`);
    expect(domains.sort()).toEqual([...made, 'own.example']);
    expect(told).toEqual([2_000, 4_000, 5_000]);
  });
});

describe('npm run seed', () => {
  /** What it runs, from the source. */
  function run(uri: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const env = { PATH: process.env['PATH'], HOME: root, MONGODB_URI: uri, ADMIN_AGENTS: 'teams:a' };
    const command = ['--import', 'tsx', join(root, 'src', 'cli', 'seed.ts'), ...args];
    return new Promise((resolve) => {
      const child = execFile(process.execPath, command, { cwd: root, env }, (_error, out, err) =>
        resolve({ code: child.exitCode ?? -1, out, err }),
      );
    });
  }

  it('says how far it is, and what it has added', async () => {
    const database = await openTestDatabase();

    const { code, out, err } = await run(database.uri, '--users', '150', '--deleted', '0%');

    expect(out).toMatch(/^150 users \(0 of them deleted\) of 2 customers added in \d+ s\.\n$/);
    expect([code, err]).toEqual([0, '150 of 150 users\n']);
    expect(await database.connection.collection('users').countDocuments()).toBe(150);
    await database.close();
  });

  it('makes as many customers as a hundred users each need, with one in fifty deleted, unless told', () => {
    expect(readSize(['--users', '950'])).toEqual({ users: 950, customers: 10, deleted: 0.02 });
    expect(readSize(['--users', '9', '--customers', '3', '--deleted', '12.5%'])).toEqual({
      users: 9,
      customers: 3,
      deleted: 0.125,
    });
  });

  it.each([
    [[]],
    [['--users', 'many']],
    [['--users', '0']],
    [['--users', '9', '--deleted', '2']],
    [['--user', '9']],
  ])('does not guess what is meant: %j', (args) => {
    expect(() => readSize(args)).toThrow(/npm run seed -- --users|Unknown option '--user'/);
  });
});
