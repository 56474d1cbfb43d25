import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingFile } from '../../src/ports/incoming-file';
import { openImportChat, openImportScene, type ImportScene } from '../support/import-scenes';
import { type Chat, type TestHouse } from '../support/house';
import { hire } from '../support/scenes';
import { until } from '../support/until';

let world: TestHouse;
let scene: ImportScene;
let chat: Chat;
beforeEach(async () => {
  ({ world, scene, chat } = await openImportChat());
});
afterEach(() => world.close());

/** Its second half comes after so many milliseconds, or breaks off. */
function slowFile(milliseconds: number, breaksOff = false): IncomingFile {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('Display name,Email\nZoé Durand,zoe@con');
    await sleep(milliseconds);
    if (breaksOff) throw new Error('It broke off.');
    yield Buffer.from('toso.example\n');
  }
  return { name: 'slow.csv', size: null, open: () => Promise.resolve(pieces()) };
}

it('A file that takes longer than an answer may is being read, and becomes its dry run by itself', async () => {
  const other = openImportScene(world, await world.another());
  const reading = await chat.send({ kind: 'file', file: slowFile(3_300) });
  expect(reading.name).toBe('import-reading');
  await scene.stand(reading);
  world.clock.pass(5_000);
  await other.look();
  expect(() => other.standing()).toThrow('Nothing was shown');

  await until(async () => {
    world.clock.pass(5_000);
    await scene.look();
    return (await world.rows('liveCards')).length === 0;
  });

  expect(scene.standing().name).toBe('import-checked');
  expect(scene.standing().text).toContain('1 user can be imported');
  const running = await chat.press(scene.standing(), 'import.start');
  expect(running.name).toBe('import-running');
});

it('A file whose process has died while it was read must be sent again', async () => {
  const reading = await chat.send({ kind: 'file', file: slowFile(3_600, true) });
  await scene.stand(reading);
  const survivor = openImportScene(world, await world.another());

  world.clock.pass(16 * 60_000);
  await survivor.look();

  expect(survivor.standing().name).toBe('import-refused');
  expect(survivor.standing().text).toContain('did not arrive whole');
  expect(await world.rows('liveCards')).toEqual([]);
});

it('A file that turns out to be not for its sender is refused after the answer, and audited', async () => {
  const sam = await hire(world, 'web:sam', 'sales_agent');
  async function* late(): AsyncGenerator<Uint8Array> {
    await sleep(3_300);
    yield Buffer.from('Display name,Email\nZoé Durand,zoe@contoso.example\n');
  }
  const file = { name: 'late.csv', size: null, open: () => Promise.resolve(late()) };
  await scene.stand(await sam.send({ kind: 'file', file }));

  await until(async () => {
    world.clock.pass(5_000);
    await scene.look();
    return (await world.rows('liveCards')).length === 0;
  });

  expect(scene.standing().name).toBe('denied');
  expect(scene.standing().text).toContain('User management admin');
  expect(await world.rows('audit', { outcome: 'denied' })).toMatchObject([
    { operator: 'web:sam', action: 'import_customer_users' },
  ]);
});
