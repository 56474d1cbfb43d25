import type { ImportAccounts } from '../../src/ports/import-store';
import type { ImportProgress } from '../../src/ports/imports';
import { StorageAway } from '../../src/ports/storage-away';
import { entry } from '../support/directory';
import { manyUsers, openImports, type ImportWorld } from '../support/imports';
import { newUser } from '../support/directory';
import { effectId, newFormId } from '../../src/domain/hand-over';
import { realEntropy } from '../support/entropy';

let world: ImportWorld;
beforeEach(async () => void (world = await openImports()));
afterEach(() => world.close());

async function consumed(skuPartNumber: string): Promise<unknown> {
  const [found] = await world.rows('subscriptions', { skuPartNumber });
  return found?.['consumed'];
}

const anybody = (skuOf: (place: number) => string = () => '') => manyUsers(1_200, skuOf);

/** Everything that 1,200 new users must leave behind, each once. */
async function expectOnce(seats = 0): Promise<void> {
  const [users, audit] = await Promise.all([
    world.rows('users'),
    world.rows('audit', { action: 'create_customer_user' }),
  ]);
  expect(users).toHaveLength(1_200);
  expect(new Set(users.map((user) => user['upnLower'])).size).toBe(1_200);
  expect(new Set(audit.map((one) => one['userId'])).size).toBe(1_200);
  expect(audit).toHaveLength(1_200);
  expect(await consumed('ENTERPRISEPACK')).toBe(seats);
}

/** A process that stops in the middle: after so many batches it does nothing any more and lets go of nothing. */
function runAndDieAfter(batches: number): Promise<void> {
  let left = batches;
  return new Promise((died) => {
    const wrap = (accounts: ImportAccounts): ImportAccounts => ({
      ...accounts,
      createUsers: (batch) => {
        left -= 1;
        if (left >= 0) return accounts.createUsers(batch);
        died();
        return new Promise(() => undefined);
      },
    });
    void world.process({ wrap }).run();
  });
}

describe('An import', () => {
  test('creates the users with what was chosen, takes their seats, and says so in the audit log', async () => {
    const text =
      'Display name,Email,Location,Licenses\nAnn,ann@contoso.example,,\nBob,bob@contoso.example,FR,EMS\n';
    const record = await world.start(await world.check(text), {
      usageLocation: 'de',
      licenses: 'ENTERPRISEPACK',
    });
    await world.run();

    expect(await world.now(record)).toMatchObject({
      state: 'done',
      total: 2,
      created: 2,
      skipped: 0,
      failed: 0,
    });
    expect(await world.rows('users')).toEqual([
      expect.objectContaining({
        ...{ userPrincipalName: 'ann@contoso.example', usageLocation: 'DE', licenses: ['ENTERPRISEPACK'] },
        ...{ state: 'active', accountEnabled: true, mustChangePassword: true, importLine: 2 },
      }),
      expect.objectContaining({
        userPrincipalName: 'bob@contoso.example',
        usageLocation: 'FR',
        licenses: ['EMS'],
      }),
    ]);
    expect([await consumed('ENTERPRISEPACK'), await consumed('EMS')]).toEqual([1, 1]);
    const audit = await world.rows('audit');
    expect(audit.map(({ action, target, operator }) => [action, target, operator])).toEqual([
      ['create_customer_user', 'ann@contoso.example', 'web:ada'],
      ['create_customer_user', 'bob@contoso.example', 'web:ada'],
      ['import_customer_users', 'contoso.example', 'web:ada'],
    ]);
  });

  test('of the very same file creates nobody twice', async () => {
    for (const created of [1_200, 0]) {
      const record = await world.start(await world.check(anybody()));
      await world.run();
      expect(await world.now(record)).toMatchObject({ state: 'done', created, skipped: 1_200 - created });
    }

    await expectOnce();
  });

  test('goes on where the last batch ended when its process dies', async () => {
    const record = await world.start(await world.check(anybody(() => 'ENTERPRISEPACK')), {
      usageLocation: 'FR',
    });
    for (const batches of [1, 0, 1]) {
      await runAndDieAfter(batches);
      await world.expireLeases();
    }
    await world.run();

    expect(await world.now(record)).toMatchObject({ state: 'done', created: 1_200, failed: 0 });
    await expectOnce(1_200);
  });

  test('is done once by two processes, also when one holds on to a lease that it has lost', async () => {
    const record = await world.start(await world.check(anybody(() => 'ENTERPRISEPACK')), {
      usageLocation: 'FR',
    });
    const stealing = (accounts: ImportAccounts): ImportAccounts => ({
      ...accounts,
      async createUsers(batch) {
        await world.expireLeases();
        await new Promise((resolve) => setTimeout(resolve, 20));
        return accounts.createUsers(batch);
      },
    });
    const processes = [1, 2, 3].map(() => world.process({ wrap: stealing }));
    await until(async () => {
      await Promise.all(processes.map((one) => one.run()));
      return (await world.now(record)).state === 'done';
    });

    expect(await world.now(record)).toMatchObject({ created: 1_200, skipped: 0, failed: 0 });
    await expectOnce(1_200);
  });

  test('gives seats that others take meanwhile to nobody twice: a row without one fails whole', async () => {
    const text = manyUsers(3, () => 'EMS');
    const record = await world.start(await world.check(text), { usageLocation: 'FR' });
    const { directory, customer } = world;
    const other = newUser({ customerId: customer.id, licenses: ['EMS'] });
    const effect = {
      ...{ id: effectId(newFormId(realEntropy)), result: {} },
      audit: [entry({ customerId: customer.id })],
    };
    const [outcome] = await Promise.all([directory.createUser(other, effect), world.run()]);

    const done = await world.now(record);
    const taken = outcome.kind === 'created' ? 1 : 0;
    expect([done.created, done.failed]).toEqual([3 - taken, taken]);
    expect(await consumed('EMS')).toBe(3);
    const failed = [];
    for await (const row of world.imports.failedRows(record.id)) failed.push(row.faults[0]?.reason);
    expect(failed).toEqual(taken === 1 ? ['no-seats'] : []);
  });

  test('skips a name that somebody takes between the look and the write', async () => {
    const record = await world.start(await world.check(manyUsers(3)));
    const { directory, customer } = world;
    const racing = (accounts: ImportAccounts): ImportAccounts => ({
      ...accounts,
      async createUsers(batch) {
        const rival = newUser({ customerId: customer.id, userPrincipalName: 'USER1@contoso.example' });
        const effect = { id: effectId(newFormId(realEntropy)), result: {}, audit: [entry()] };
        const [work] = await Promise.all([accounts.createUsers(batch), directory.createUser(rival, effect)]);
        return work;
      },
    });
    await world.process({ wrap: racing }).run();

    const done = await world.now(record);
    expect(done.created + done.skipped).toBe(3);
    expect(await world.rows('users', { upnLower: 'user1@contoso.example' })).toHaveLength(1);
  });

  test('goes on when MongoDB answers again, and gives up what fails again and again', async () => {
    const record = await world.start(await world.check(manyUsers(2)));
    let faults: Error[] = [new StorageAway(true)];
    const failing = (accounts: ImportAccounts): ImportAccounts => ({
      ...accounts,
      createUsers(batch) {
        const fault = faults.shift();
        return fault ? Promise.reject(fault) : accounts.createUsers(batch);
      },
    });
    const process = world.process({ wrap: failing });
    await process.run();
    expect(await world.now(record)).toMatchObject({ state: 'running', created: 0 });
    await world.expireLeases();
    await process.run();
    expect(await world.now(record)).toMatchObject({ state: 'done', created: 2 });

    const second = await world.start(await world.check(manyUsers(5)));
    faults = Array.from({ length: 50 }, () => new Error('A fault of its own.'));
    await until(async () => {
      await world.expireLeases();
      await process.run();
      return (await world.now(second)).state !== 'running';
    });
    expect(await world.now(second)).toMatchObject({ state: 'failed', created: 0, failed: 5, total: 5 });
  });

  test('stops between batches when it is cancelled, and says what was not reached', async () => {
    const record = await world.start(await world.check(anybody()));
    const cancelling = (accounts: ImportAccounts): ImportAccounts => ({
      ...accounts,
      async createUsers(batch) {
        await world.imports.cancel(world.request(), record.id);
        return accounts.createUsers(batch);
      },
    });
    const process = world.process({ wrap: cancelling });
    await process.run();

    expect(await world.now(record)).toMatchObject({
      state: 'cancelled',
      created: 500,
      skipped: 0,
      failed: 700,
    });
    const [shown] = process.results;
    expect(shown).toMatchObject({ record: { state: 'cancelled', created: 500 } });
    expect(shown?.token).toHaveLength(43);
    let missed = 0;
    for await (const { faults } of world.imports.failedRows(record.id))
      if (faults[0]?.reason === 'not-reached') missed += 1;
    expect(missed).toBe(700);
    expect(await world.imports.cancel(world.request(), record.id)).toBe(false);
  });

  test('does not keep a small file waiting that is started meanwhile', async () => {
    const large = await world.start(await world.check(anybody()));
    const text = 'Display name,Email\nAnn,ann@contoso.example';
    let small: string | null = null;
    const starting: Partial<ImportProgress> = {
      async result(record) {
        if (record.id === small) return 'delivered';
        small = (await world.start(await world.check(text))).id;
        void process.run();
        await until(async () => (await world.imports.find(small ?? ''))?.state === 'done');
        return 'delivered';
      },
    };
    const process = world.process({ progress: starting });
    await process.run();

    expect(await world.now(large)).toMatchObject({ state: 'done', created: 1_200 });
    expect(small).not.toBeNull();
  });

  test('lets a small file of somebody else have its turn, and tells how far it is', async () => {
    const large = await world.start(await world.check(anybody()));
    const small = await world.start(await world.check('Display name,Email\nAnn,ann@contoso.example'));
    const slow = (accounts: ImportAccounts): ImportAccounts => ({
      ...accounts,
      async createUsers(batch) {
        const work = await accounts.createUsers(batch);
        world.clock.pass(11_000);
        return work;
      },
    });
    const process = world.process({ wrap: slow });
    await process.run();

    expect(process.results.map(({ record }) => record.id)).toEqual([small.id, large.id]);
    expect(process.told.map(({ id, created }) => [id === large.id, created])).toContainEqual([true, 1_000]);
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await quiet();
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 30));
