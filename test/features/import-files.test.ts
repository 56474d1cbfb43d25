import { FileUnavailable } from '../../src/ports/incoming-file';
import { openImportScene, type ImportScene } from '../support/import-scenes';
import { admin, openTestHouse, type Chat, type TestHouse } from '../support/house';
import { atContoso, customerIdOf, emptied, hire, verbsOn } from '../support/scenes';

const headings = 'First name,Last name,Display name,Email,Location,Licenses';
const file = (...rows: string[]) => [headings, ...rows, ''].join('\n');
const zoe = 'Zoé,Durand,Zoé Durand,zoe@contoso.example,FR,';

let world: TestHouse;
let scene: ImportScene;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  scene = openImportScene(world);
});
beforeEach(async () => {
  chat = await atContoso(world);
});
afterEach(async () => {
  const used = [
    'users',
    'audit',
    'effects',
    'choices',
    'imports',
    'importRows',
    'liveCards',
    'files',
    'operators',
  ];
  await emptied(world, used);
  await world.database.connection.collection('subscriptions').updateMany({}, { $set: { consumed: 0 } });
});
afterAll(() => world.close());

describe('A file that cannot be imported', () => {
  it.each([
    ['is empty', '', 'The file has no rows.'],
    [
      'is none',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000ff000000ff', 'hex'),
      'neither text nor an Excel workbook',
    ],
    ['has no headings', 'Zoé,Durand,zoe@contoso.example\n', 'no heading that is known'],
    ['has a heading twice', 'Email,Display name,Email\n', 'stands there twice'],
    ['has no names', 'Email,First name\na@contoso.example,A\n', 'A column without which nothing can be done'],
    ['has an open quote', `${headings}\n"Zoé,Durand,x,zoe@contoso.example,FR,\n`, 'It is in line 2.'],
  ])('because it %s is answered with why, and nothing is kept', async (_, content, reason) => {
    const shown = await scene.send(chat, content);

    expect(shown.name).toBe('import-refused');
    expect(shown.text).toContain(reason);
    expect(shown.text).toContain('Nothing was written');
    expect(verbsOn(shown)).toEqual(['import.open']);
    expect(await world.rows('imports')).toEqual([]);
    expect(await world.rows('uploads.files')).toEqual([]);
  });

  it('because it is too large is not even opened', async () => {
    const open = () => Promise.reject(new Error('It was opened.'));

    const shown = await chat.send({ kind: 'file', file: { name: 'users.csv', size: 1024 * 1024 + 1, open } });

    expect(shown.text).toContain('larger than 1 MiB');
    expect(shown.text).toContain('Split it');
  });

  it.each(['expired', 'not-arrived', 'not-permitted'] as const)(
    'because it is %s is said so',
    async (reason) => {
      const open = () => Promise.reject(new FileUnavailable(reason, 'a test'));

      const shown = await chat.send({ kind: 'file', file: { name: 'users.csv', size: null, open } });

      expect(shown.name).toBe('import-refused');
      expect(await world.rows('imports')).toEqual([]);
    },
  );
});

describe('Rows that are not ready', () => {
  const wrong = (place: number) => `,Doe,,u${place}@elsewhere.example,XX,Nothing`;
  const many = (rows: number) => file(...Array.from({ length: rows }, (_, place) => wrong(place + 1)));

  it('and have several faults each are counted as rows, and all of them are in a file', async () => {
    const shown = await scene.send(chat, many(8));

    expect(shown.text).toContain('8 rows are not ready');
    expect(shown.text).toMatch(/Line 4[^]*and 5 more rows/);
    expect(shown.text).not.toContain('Line 5');
    const [, token = ''] = /\/f\/([\w-]{43})/.exec(JSON.stringify(shown.json)) ?? [];
    const report = await world.house.files.find(token, world.clock.now());
    expect(report?.bytes.toString().match(/@elsewhere/g)).toHaveLength(8);
  });

  it('are counted by reasons that say what is wrong, the address of the account itself too', async () => {
    const own = (place: number) => `,Doe,U ${place},u${place}@contoso.example,,,u${place}@contoso.example`;
    const rows = Array.from({ length: 12 }, (_, place) => own(place));

    const shown = await scene.send(chat, [`${headings},Hand-over e-mail`, ...rows].join('\n'));

    expect(shown.text).toContain('12 rows: the address of the account itself');
  });

  it('are in no file when the card names all of them with all that is wrong', async () => {
    const shown = await scene.send(chat, many(3));

    expect(shown.text).not.toContain('more row');
    expect(JSON.stringify(shown.json)).not.toContain('/f/');
  });
});

describe('A file for which no customer is picked', () => {
  beforeEach(() => emptied(world, ['choices']));

  it('is kept, and its check goes on by itself once one is picked', async () => {
    const asked = await scene.send(chat, file(zoe));
    expect(asked.name).toBe('import-customer');
    expect(asked.text).toContain('Nothing was written');

    const all = await chat.press(asked, 'customers.search');
    const customers = await chat.press(all, 'customers.search', { text: 'contoso' });
    const checked = await chat.press(customers, 'customers.pick');

    expect(checked.name).toBe('import-checked');
    expect(checked.text).toContain('1 user can be imported');
    expect(checked.text).toContain('Contoso Bakery');
  });

  it('is asked for nothing when it names the customers itself', async () => {
    const both = `${headings},Customer\n${zoe},contoso.example\nAda,L,Ada L,ada@fabrikam.example,FR,,fabrikam.example\n`;

    const shown = await scene.send(chat, both);

    expect(shown.text).toContain('2 users can be imported');
    expect(shown.text).toMatch(/Ateliers Fabrikam {2}fabrikam\.example: 1 row is ready/);
    await scene.stand(await chat.press(shown, 'import.start'));
    await scene.run();
    const customers = (await world.rows('users')).map(({ customerId }) => customerId);
    expect(new Set(customers).size).toBe(2);
    expect(await world.rows('audit', { action: 'import_customer_users' })).toHaveLength(2);
  });

  it('is kept for its sender alone', async () => {
    const asked = await scene.send(chat, file(zoe));
    const other = await hire(world, 'web:mia', 'admin_agent');

    const customers = await other.press(asked, 'customers.search');
    const shown = await other.press(customers, 'customers.pick');

    expect(shown.name).toBe('import-refused');
    expect(shown.text).toContain('kept no longer');
  });
});

describe('Who has not all customers of a file', () => {
  it('can neither see, start nor stop it, and it is audited', async () => {
    const both = `${headings},Customer\n${zoe},contoso.example\nAda,L,Ada L,ada@fabrikam.example,FR,,fabrikam.example\n`;
    const checked = await scene.send(chat, both);
    const running = await chat.press(checked, 'import.start');
    const other = await hire(world, 'web:mia', 'admin_agent', [await customerIdOf(world, 'Contoso Bakery')]);

    for (const verb of ['import.refresh', 'import.cancel'] as const) {
      const shown = await other.press(running, verb);
      expect([verb, shown.name]).toEqual([verb, 'customer-not-yours']);
    }
    const fresh = await other.press(checked, 'import.start');

    expect(fresh.name).toBe('customer-not-yours');
    expect(await world.rows('audit', { operator: 'web:mia', outcome: 'denied' })).toHaveLength(3);
    expect(await world.rows('imports', { cancelRequested: true })).toEqual([]);
  });
});

describe('An import', () => {
  it('that is stopped keeps what is done, and says what was not reached', async () => {
    const checked = await scene.send(chat, file(zoe));
    const running = await chat.press(checked, 'import.start');
    await scene.stand(running);

    const stopping = await chat.press(running, 'import.cancel');
    await scene.run();

    expect(stopping.text).toContain('It stops after the rows at hand');
    expect(scene.standing().text).toContain('Import stopped: no user was created');
    expect(await world.rows('imports')).toMatchObject([{ state: 'cancelled', failed: 1 }]);
  });

  it('of the very same file while it runs shows how far that is', async () => {
    const first = await scene.send(chat, file(zoe));
    const second = await scene.send(chat, file(zoe));
    await chat.press(first, 'import.start');

    const shown = await chat.press(second, 'import.start');

    expect(shown.name).toBe('import-running');
    expect(shown.text).toContain('being imported already');
    expect(await world.rows('imports', { state: 'running' })).toHaveLength(1);
  });

  it('that was checked a day ago must be sent again', async () => {
    const checked = await scene.send(chat, file(zoe));
    world.clock.pass(25 * 60 * 60_000);
    const later = world.chat();

    const shown = await later.press(checked, 'import.start');

    expect(shown.name).toBe('import-gone');
    expect(await world.rows('users')).toEqual([]);
  });
});

describe('Files of licenses', () => {
  const people = file(zoe, 'Adam,Okoye,Adam Okoye,adam@contoso.example,FR,');
  beforeEach(async () => {
    const checked = await scene.send(chat, people);
    await scene.stand(await chat.press(checked, 'import.start'), 'm0');
    await scene.run();
  });
  const licensesOf = async (userPrincipalName: string) =>
    (await world.rows('users', { userPrincipalName }))[0]?.['licenses'];

  it('give and take row by row', async () => {
    const rows =
      'User Principal Name,License,Action\nzoe@contoso.example,Office 365 E3,assign\nx@contoso.example,EMS,remove\n';
    const checked = await scene.send(chat, rows, 'licenses.csv');
    expect(checked.text).toContain('1 license change can be made');
    expect(checked.text).toContain('The customer has no active user of this name.');

    await scene.stand(await chat.press(checked, 'import.start'));
    await scene.run();

    expect(scene.standing().text).toContain('1 row done');
    expect(scene.standing().buttons.map(({ verb }) => verb)).not.toContain('import.undo');
    expect(await licensesOf('zoe@contoso.example')).toEqual(['ENTERPRISEPACK']);
  });

  it('make no passwords, and say so while their result is on its way', async () => {
    const rows = 'User Principal Name,License,Action\nzoe@contoso.example,Office 365 E3,assign\n';
    const running = await chat.press(await scene.send(chat, rows, 'licenses.csv'), 'import.start');
    const imports = world.database.connection.collection('imports');
    await imports.updateMany({ state: 'running' }, { $set: { phase: 'passwords' } });

    const shown = await chat.press(running, 'import.refresh');

    expect(shown.text).toContain('The result is on its way');
    expect(shown.text).not.toContain('password');
  });

  it('of names alone give what is chosen on the card', async () => {
    const names = 'User Principal Name\nzoe@contoso.example\nadam@contoso.example\n';
    const checked = await scene.send(chat, names, 'names.txt');
    expect(checked.text).toContain('2 users were found');

    const nothing = await chat.press(checked, 'import.start');
    expect(nothing.fault('assign') ?? nothing.fault('remove')).toContain('Choose at least one product');
    await scene.stand(await chat.press(nothing, 'import.start', { assign: 'POWER_BI_PRO' }));
    await scene.run();

    expect(scene.standing().text).toContain('2 rows done');
    expect(await licensesOf('adam@contoso.example')).toEqual(['POWER_BI_PRO']);
  });
});

describe('/import', () => {
  it('says how a file is sent here, gives templates, and lists the latest files with their state', async () => {
    const first = await chat.type('/import');
    expect(first.text).toContain('Attach a file to a message here');
    expect(verbsOn(first)).toEqual(['customers.search']);

    const checked = await scene.send(chat, file(zoe), 'neu.csv');
    await scene.send(chat, file(zoe, 'x'), 'other.csv');
    await scene.stand(await chat.press(checked, 'import.start'));
    await scene.run();
    const shown = await chat.type('/import');

    expect(shown.text).toMatch(/neu\.csv\ndone: 1 created, 0 skipped, 0 failed/);
    expect(shown.text).toMatch(/other\.csv\nchecked, 1 row is ready/);
    const result = await chat.press(shown, 'import.refresh');
    expect(['import-result', 'import-checked']).toContain(result.name);
  });

  it('gives a template that can be sent back as it is', async () => {
    const shown = await chat.type('/import');
    const [, token = ''] = /\/f\/([\w-]{43})/.exec(JSON.stringify(shown.json)) ?? [];
    const kept = await world.house.files.find(token, world.clock.now());

    expect(kept?.name).toBe('new users.csv');
    const checked = await scene.send(chat, kept?.bytes ?? '');
    expect(checked.name).toBe('import-checked');
    expect(checked.text).toContain('1 row in the file');
  });

  it.each(['group', 'channel'] as const)('leads out of a %s to the private chat', async (kind) => {
    const there = world.chat(admin, { conversation: { id: `teams:${kind}`, kind } });
    await there.press(await there.type('/customers contoso'), 'customers.pick');

    const shown = await there.type('/import');

    expect(shown.answer.audience).toBe('operator');
    expect(shown.text).toContain('Send the file in your private chat with Rollcall');
  });
});
