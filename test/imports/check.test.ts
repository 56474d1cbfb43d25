import { contoso, fileOf, openImports, type ImportWorld } from '../support/imports';

const fabrikam = {
  name: 'Fabrikam',
  defaultDomain: 'fabrikam.example',
  domains: ['fabrikam-shops.example'],
  subscriptions: [{ skuPartNumber: 'EMS', total: 1 }],
};

describe('A file of new users', () => {
  let world: ImportWorld;
  beforeAll(async () => void (world = await openImports({ customers: [contoso, fabrikam] })));
  afterAll(() => world.close());

  const head = 'First name,Last name,Display name,Email,Location,Licenses,Roles,Shoe size';

  test('is checked row by row, and nothing is written but its rows', async () => {
    const existing = await world.check('Display name,Email\nOld One,old@contoso.example');
    await world.start(existing);
    await world.run();
    const before = await world.rows('users');

    const { dryRun, ...record } = await world.check(
      [
        head,
        'Ann,Lee,Ann Lee,ann@contoso.example,DE,EMS,,39',
        'Bob,Lee,Bob Lee,bob@contoso.example,,EMS,,',
        'Old,One,Old One,OLD@contoso.example,,,,',
        'Ann,Lee,Ann Lee,Ann@Contoso.example,DE,,,',
        'Zoé,Roux,Zoé Roux,zoé@contoso.example,FR,,,',
        'Cem,Ay,Cem Ay,cem@contoso.example,FR,EMS;ENTERPRISEPACK,Global Reader,',
        'Dan,Fox,Dan Fox,dan@contoso.example,FR,EMS,,',
        'Eva,Ito,Eva Ito,eva@contoso.example,,,,',
        'Flo,Ash,"Flo',
        'Ash",flo@contoso.example,FR,,King,',
        'Gus',
      ].join('\r\n'),
    );

    expect(record).toMatchObject({ state: 'checked', total: 10, created: 0, content: 'users' });
    expect(dryRun).toMatchObject({
      ...{ rows: 10, ready: 4, alreadyThere: 1, duplicates: 1, unchanged: 0, notReady: 4 },
      ...{ needLocation: 1, withoutLocation: 2, withoutLicenses: 1, withNeither: 1, withRoles: 1 },
      ...{ unknownHeadings: ['Shoe size'], rolesNotAllowed: 0 },
    });
    expect(
      dryRun.problems.map(({ line, heading, fault, value }) => [line, heading, fault.reason, value]),
    ).toEqual([
      [6, 'Email', 'not-allowed-characters', 'zoé@contoso.example'],
      [8, 'Licenses', 'no-seats', 'EMS'],
      [10, 'Display name', 'control-characters', expect.stringContaining('Flo')],
      [10, 'Roles', 'unknown-role', 'King'],
      [12, '', 'ragged', ''],
    ]);
    expect(dryRun.seats).toEqual([
      { customerId: world.customer.id, skuPartNumber: 'EMS', needed: 4, free: 3 },
      { customerId: world.customer.id, skuPartNumber: 'ENTERPRISEPACK', needed: 1, free: 1_000_000 },
    ]);
    expect(dryRun.customers).toEqual([
      expect.objectContaining({ defaultDomain: 'contoso.example', ready: 4, withoutLicenses: 1 }),
    ]);
    expect(dryRun.preview).toHaveLength(5);
    expect(dryRun.preview[0]).toMatchObject({ displayName: 'Ann Lee', licenses: ['EMS'], faults: [] });
    expect(await world.rows('users')).toHaveLength(before.length);
    const problems = [];
    for await (const row of world.imports.problems(record.id)) problems.push(row.line);
    expect(problems).toEqual([6, 8, 10, 12]);
  });

  test('may serve several customers, each in the operator’s reach', async () => {
    const text = [
      'Display name,Email,Licenses,Customer',
      'Ann,ann.b@contoso.example,,contoso.example',
      'Bob,bob@fabrikam-shops.example,EMS,Fabrikam-Shops.example',
      'Cem,cem@fabrikam.example,EMS,fabrikam.example',
      'Dan,dan@nobody.example,,nobody.example',
      'Eva,eva.b@contoso.example,,',
    ].join('\n');

    const all = await world.check(text, { customer: null });
    const mine = { id: 'web:ada', partnerRole: 'admin_agent', customers: [world.customer.id] } as const;
    const some = await world.check(text, { request: { operator: mine } });

    const reasons = ({ dryRun }: typeof all) =>
      dryRun.problems.map(({ line, fault }) => [line, fault.reason]);
    expect(reasons(all)).toEqual([
      [4, 'no-seats'],
      [5, 'unknown-customer'],
      [6, 'customer-needed'],
    ]);
    expect(reasons(some)).toEqual([
      [3, 'unknown-customer'],
      [4, 'unknown-customer'],
      [5, 'unknown-customer'],
    ]);
    expect(some.dryRun.ready).toBe(2);
    expect(all.dryRun.customers.map(({ name, ready }) => [name, ready])).toEqual([
      ['Contoso', 1],
      ['Fabrikam', 1],
    ]);
  });

  test('waits for a customer where it names none and none is picked', async () => {
    const text = 'Display name,Email\nIda,ida@contoso.example\n';

    const waiting = await world.imports.checkFile(world.request(), null, fileOf(text));
    if (waiting.kind !== 'customer-needed') throw new Error(waiting.kind);
    const stranger = { id: 'web:eve', partnerRole: 'admin_agent', customers: 'all' } as const;
    const { imports, customer } = world;

    expect(
      await imports.checkKept(world.request({ operator: stranger }), customer, waiting.uploadId),
    ).toBeNull();
    const checked = await imports.checkKept(world.request(), customer, waiting.uploadId);
    expect(checked).toMatchObject({
      kind: 'checked',
      record: { dryRun: { ready: 1 }, fileName: 'people.csv' },
    });
    expect(await imports.checkKept(world.request(), customer, waiting.uploadId)).toBeNull();
  });

  test('is refused whole where it breaks, and leaves nothing behind', async () => {
    const before = await world.rows('uploads.chunks');
    const text = 'Display name,Email\nIda,ida@contoso.example\n"Jo,jo@contoso.example\n';

    const outcome = await world.imports.checkFile(world.request(), world.customer, fileOf(text));

    expect(outcome).toEqual({ kind: 'refused', reason: 'quote-not-closed', line: 3 });
    expect(await world.rows('uploads.chunks')).toHaveLength(before.length);
  });

  test('is not read by who may not import, nor its roles granted by who may not', async () => {
    const helpdesk = { id: 'web:hal', partnerRole: 'helpdesk_agent', customers: 'all' } as const;
    const manager = { id: 'web:uma', partnerRole: 'user_management_admin', customers: 'all' } as const;
    const text = 'Display name,Email,Roles\nIda,ida@contoso.example,Global Reader\nJo,jo@contoso.example,\n';

    const refused = await world.imports.checkFile(
      world.request({ operator: helpdesk }),
      world.customer,
      fileOf(text),
    );
    const { dryRun } = await world.check(text, { request: { operator: manager } });

    expect(refused).toEqual({ kind: 'not-allowed', action: 'bulk_create' });
    expect(dryRun).toMatchObject({ ready: 1, rolesNotAllowed: 1, notReady: 1 });
  });
});
