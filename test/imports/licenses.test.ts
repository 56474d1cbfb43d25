import { storeUsers } from '../support/store-imported';
import { openImports, type ImportWorld } from '../support/imports';

let world: ImportWorld;
beforeEach(async () => {
  world = await openImports();
  await storeUsers(world, [
    { userPrincipalName: 'ann@contoso.example', licenses: [], usageLocation: 'FR' },
    { userPrincipalName: 'bob@contoso.example', licenses: ['EMS', 'ENTERPRISEPACK'], usageLocation: 'FR' },
    { userPrincipalName: 'cem@contoso.example', licenses: ['EMS'], usageLocation: '' },
    { userPrincipalName: 'dan@contoso.example', licenses: [], usageLocation: '' },
  ]);
});
afterEach(() => world.close());

const licensesOf = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await world.rows('users')).map(({ upnLower, licenses }) => [String(upnLower).slice(0, 3), licenses]),
  );
async function failed(id: string) {
  const found = [];
  for await (const { line, faults } of world.imports.failedRows(id)) found.push([line, faults[0]?.reason]);
  return found;
}
async function consumed(): Promise<Record<string, unknown>> {
  const rows = await world.rows('subscriptions');
  return Object.fromEntries(rows.map((one) => [String(one['skuPartNumber']), one['consumed']]));
}

describe('A file of licenses', () => {
  const head = 'User Principal Name,License,Action';

  test('gives and takes row by row, in the order of the file', async () => {
    const record = await world.check(
      [
        head,
        'bob@contoso.example,ENTERPRISEPACK,remove',
        'ann@contoso.example,EMS,assign',
        'dan@contoso.example,EMS,assign',
        'ANN@contoso.example,ems,assign',
        'bob@contoso.example,EMS,assign',
        'eve@contoso.example,EMS,assign',
        'cem@contoso.example,EMS,remove',
      ].join('\n'),
    );
    expect(record.dryRun).toMatchObject({
      ...{ rows: 7, ready: 3, duplicates: 1, unchanged: 1, notReady: 2, needLocation: 0 },
    });
    expect(record.dryRun.problems.map(({ line, fault }) => [line, fault.reason])).toEqual([
      [4, 'no-seats'],
      [7, 'no-such-user'],
    ]);

    const started = await world.start(record);
    await world.run();

    expect(await world.now(started)).toMatchObject({ state: 'done', created: 3, skipped: 2, failed: 2 });
    expect(await licensesOf()).toEqual({ ann: ['EMS'], bob: ['EMS'], cem: [], dan: [] });
    expect(await consumed()).toEqual({ EMS: 2, ENTERPRISEPACK: 0 });
    expect(world.results).toEqual([expect.objectContaining({ token: null })]);
    const audit = await world.rows('audit', { action: 'update_customer_user_licenses' });
    expect(audit.map(({ target }) => target)).toEqual([
      'bob@contoso.example',
      'ann@contoso.example',
      'cem@contoso.example',
    ]);
  });

  test('takes a product that the customer has no longer, by its name or in any case', async () => {
    await world.database.connection.collection('subscriptions').deleteMany({});
    const names = ['bob@contoso.example,Office 365 E3,remove', 'cem@contoso.example,ems,remove'];

    const record = await world.check([head, ...names].join('\n'));
    await world.start(record);
    await world.run();

    expect(record.dryRun).toMatchObject({ ready: 2, unchanged: 0 });
    expect(await licensesOf()).toEqual({ ann: [], bob: ['EMS'], cem: [], dan: [] });
  });

  test('asks for a location where a user has none', async () => {
    const record = await world.check(`${head}\ndan@contoso.example,ENTERPRISEPACK,assign\n`);

    const refused = await world.imports.start(world.request(), record.id, {}, '');
    const started = await world.start(record, { usageLocation: 'CH' });
    await world.run();

    expect(record.dryRun).toMatchObject({ ready: 1, needLocation: 1 });
    expect(refused).toMatchObject({
      kind: 'refused',
      faults: [{ field: 'usageLocation', reason: 'location-needed-for-license' }],
    });
    expect(await world.now(started)).toMatchObject({ created: 1 });
    expect(await world.rows('users', { upnLower: 'dan@contoso.example' })).toEqual([
      expect.objectContaining({ usageLocation: 'CH', licenses: ['ENTERPRISEPACK'] }),
    ]);
  });
});

describe('A file of names alone', () => {
  const text =
    'User Principal Name\ndan@contoso.example\nann@contoso.example\nbob@contoso.example\neve@contoso.example\n';

  test('does what is chosen for it, all for a row or nothing', async () => {
    const record = await world.check(text);
    const nothing = await world.imports.start(world.request(), record.id, {}, '');
    const both = await world.imports.start(world.request(), record.id, { assign: 'EMS', remove: 'ems' }, '');
    expect(record).toMatchObject({ content: 'names', dryRun: { ready: 3, notReady: 1 } });
    expect(nothing).toMatchObject({ faults: [{ field: 'assign', reason: 'nothing-chosen' }] });
    expect(both).toMatchObject({ kind: 'refused' });

    const started = await world.start(record, {
      assign: 'EMS',
      remove: 'ENTERPRISEPACK',
      usageLocation: 'DE',
    });
    await world.run();

    expect(await world.now(started)).toMatchObject({ state: 'done', created: 2, failed: 2, total: 4 });
    expect(await failed(started.id)).toEqual([
      [3, 'no-seats'],
      [5, 'no-such-user'],
    ]);
    expect(await licensesOf()).toEqual({ ann: [], bob: ['EMS'], cem: ['EMS'], dan: ['EMS'] });
  });

  test('is nothing for who may give licenses to one user only', async () => {
    const seller = { id: 'web:sam', partnerRole: 'billing_admin', customers: 'all' } as const;
    const record = await world.check(text);

    expect(await world.imports.start(world.request({ operator: seller }), record.id, {}, '')).toEqual({
      ...{ kind: 'not-allowed', action: 'bulk_licence', customerId: world.customer.id },
    });
  });
});
