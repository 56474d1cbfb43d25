import { openImportScene, type ImportScene } from '../support/import-scenes';
import { admin, openTestHouse, type Chat, type TestHouse } from '../support/house';
import { atContoso, emptied } from '../support/scenes';

const users = ['Display name,Email,Customer', 'Zoe,zoe@contoso.example,', ''].join('\n');
const both = [
  'Display name,Email,Customer',
  'Zoe,zoe@contoso.example,contoso.example',
  'Yan,yan@fabrikam.example,fabrikam.example',
  '',
].join('\n');
const licenses = 'User Principal Name,License,Action\nnobody@contoso.example,Office 365 E3,assign\n';

let world: TestHouse;
let scene: ImportScene;
let ada: Chat;
let contoso: string;
beforeAll(async () => {
  world = await openTestHouse();
  scene = openImportScene(world);
  const [customer] = await world.rows('customers', { defaultDomain: 'contoso.example' });
  contoso = String(customer?.['_id']);
});
beforeEach(async () => {
  ada = await atContoso(world);
});
afterEach(() => emptied(world, ['users', 'audit', 'effects', 'secrets', 'choices', 'imports', 'liveCards']));
afterAll(() => world.close());

async function employ(operator: string, partnerRole: string, customers: 'all' | string[] = 'all') {
  const stored = { operator, partnerRole, customers };
  await world.database.connection
    .collection('operators')
    .updateOne({ operator }, { $set: stored }, { upsert: true });
}

const verbs = (shown: { buttons: readonly { verb?: string }[] }) => shown.buttons.map(({ verb }) => verb);

describe('The very same file of two operators', () => {
  it('does not show the one’s customers, nor their passwords, to the other who has nothing to do with them', async () => {
    await employ('web:bob', 'admin_agent', [contoso]);
    const bob = await atContoso(world, 'web:bob');
    const [hers, his] = [await scene.send(ada, both), await scene.send(bob, both)];
    await scene.stand(await ada.press(hers, 'import.start'), 'hers');

    const told = await bob.press(his, 'import.start');
    await scene.stand(told, 'his');
    await scene.run();

    expect(told.text).toContain('is being imported by somebody else right now');
    expect(told.text).not.toContain('Fabrikam');
    expect(() => scene.standing('his')).toThrow('Nothing was shown');
    expect(scene.standing('hers').text).toMatch(/\/s\/[\w-]{43}/);
    await scene.stand(await bob.press(told, 'import.start'), 'his');
    await scene.run();
    expect(scene.standing('his').text).toContain('1 row was skipped');
  });
});

describe('Who may give licenses to many and create nobody', () => {
  beforeEach(() => employ('web:sam', 'sales_agent'));

  it('imports a file of licenses', async () => {
    const sam = await atContoso(world, 'web:sam');

    expect((await sam.type('/import')).name).toBe('import');
    const checked = await scene.send(sam, licenses);

    expect(checked.name).toBe('import-checked');
    expect(checked.text).toContain('The customer has no active user of this name.');
  });

  it('is refused a file of users, and what others import, with the role that it takes', async () => {
    const sam = await atContoso(world, 'web:sam');
    const refused = await scene.send(sam, users);
    const checked = await scene.send(ada, users);
    const pressed = await sam.press(checked, 'import.start');
    const running = await ada.press(checked, 'import.start');
    const stopped = await sam.press(running, 'import.cancel');
    const looked = await sam.press(running, 'import.refresh');

    for (const shown of [refused, pressed, stopped, looked]) {
      expect(shown.name).toBe('denied');
      expect(shown.text).toContain('User management admin');
    }
    expect(await world.rows('imports', { cancelRequested: true })).toEqual([]);
    expect(await world.rows('audit', { operator: 'web:sam', outcome: 'denied' })).toEqual(
      Array.from(
        { length: 4 },
        () => expect.objectContaining({ action: 'import_customer_users' }) as unknown,
      ),
    );
  });

  it('is not enough for who may not even that', async () => {
    await employ('web:bill', 'billing_admin');
    const bill = world.chat('web:bill');

    expect((await scene.send(bill, licenses)).name).toBe('denied');
    expect((await bill.type('/import')).name).toBe('denied');
    expect(await world.rows('audit', { operator: 'web:bill' })).toMatchObject([
      { action: 'import_customer_users', outcome: 'denied' },
      { action: 'import_customer_users', outcome: 'denied' },
    ]);
  });
});

describe('A file that was checked long ago', () => {
  const longAgo = () => world.clock.pass(25 * 60 * 60 * 1000);
  const wrong = Array.from({ length: 12 }, (_, place) => `U${place},u${place}@wrong.example,`);

  it('says that it is kept no longer, also from the list of the latest', async () => {
    const checked = await scene.send(ada, [...users.split('\n').slice(0, 2), ...wrong, ''].join('\n'));
    longAgo();
    await scene.run();
    ada = await atContoso(world, admin);

    const pressed = await ada.press(checked, 'import.start');
    const listed = await ada.type('/import');

    expect(pressed.name).toBe('import-gone');
    expect(await world.rows('imports')).toMatchObject([{ dryRun: { rows: 13, preview: [], problems: [] } }]);
    const shown = verbs(listed).includes('import.refresh') ? await ada.press(listed, 'import.refresh') : null;
    expect(shown?.name ?? 'import-gone').toBe('import-gone');
  });

  it('gives its failed rows no longer, and says so', async () => {
    await scene.stand(
      await ada.press(
        await scene.send(ada, [...users.split('\n').slice(0, 2), ...wrong, ''].join('\n')),
        'import.start',
      ),
    );
    await scene.run();
    longAgo();
    await scene.run();
    ada = await atContoso(world, admin);

    const shown = await ada.press(await ada.type('/import'), 'import.refresh');

    expect(shown.name).toBe('import-result');
    expect(shown.text).toContain('12 rows failed');
    expect(shown.buttons.map(({ title }) => title)).not.toContain('Failed rows as a file');
  });
});
