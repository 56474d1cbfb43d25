import { createMongoDeliveries } from '../../src/storage/deliveries';
import { StorageAway } from '../../src/ports/storage-away';
import { openTestHouse, type TestHouse } from '../support/house';

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse({ demo: false });
});
beforeEach(() => world.database.connection.collection('deliveries').deleteMany({}));
afterEach(() => jest.restoreAllMocks());
afterAll(() => world.close());

const newProcess = () => createMongoDeliveries(world.house.records);

describe('What a chat delivers', () => {
  it('is new once', async () => {
    const { deliveries } = world.house;

    const answers = [
      await deliveries.claim('Ev1'),
      await deliveries.claim('Ev1'),
      await deliveries.claim('Ev2'),
    ];

    expect(answers).toEqual([true, false, true]);
  });

  it('is new in one of several processes, also in the same moment', async () => {
    const processes = Array.from({ length: 8 }, newProcess);

    const answers = await Promise.all(processes.map((one) => one.claim('Ev3')));

    expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    expect(await newProcess().claim('Ev3')).toBe(false);
  });

  it('is forgotten by the database after an hour', async () => {
    await newProcess().claim('Ev4');

    const indexes = await world.database.connection.collection('deliveries').indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { at: 1 }, expireAfterSeconds: 3600 }));
    expect(await world.rows('deliveries')).toEqual([{ _id: 'Ev4', at: expect.any(Date) as Date }]);
  });

  it('is told apart by the process itself while MongoDB does not answer', async () => {
    const silence = new Promise<never>(() => undefined);
    jest.spyOn(world.house.records.deliveries, 'updateOne').mockImplementation(() => silence as never);
    const process = newProcess();

    const started = performance.now();
    await expect(process.claim('Ev5')).rejects.toBeInstanceOf(StorageAway);

    expect(performance.now() - started).toBeLessThan(2_000);
    expect(await process.claim('Ev5')).toBe(false);
  });
});
