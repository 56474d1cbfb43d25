import { setTimeout as sleep } from 'node:timers/promises';
import { personName } from '../../src/domain/person-name';
import { createMongoPeople } from '../../src/storage/people';
import { openTestHouse, type TestHouse } from '../support/house';
import { until } from '../support/until';

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse({ demo: false });
});
beforeEach(() => world.database.connection.collection('people').deleteMany({}));
afterAll(() => world.close());

const newPeople = () => createMongoPeople(world.house.records);
const stored = () => world.rows('people');

describe('The names of people', () => {
  it('are remembered of everybody who writes, operator or not', async () => {
    await world.chat('web:ada').type('/rollcall');
    await world.chat('web:stranger').type('/rollcall');

    await until(async () => (await stored()).length === 2);
    expect(await newPeople().names(['web:stranger', 'web:nobody', 'web:ada'])).toEqual(
      new Map([
        ['web:stranger', 'Stranger'],
        ['web:nobody', 'web:nobody'],
        ['web:ada', 'Ada'],
      ]),
    );
  });

  it('are written once while they stay as they are, and again when they change', async () => {
    const people = newPeople();
    await people.remember({ id: 'teams:1', name: 'Ann' });
    await world.database.connection.collection('people').deleteMany({});

    await people.remember({ id: 'teams:1', name: 'Ann' });
    expect(await stored()).toEqual([]);

    await people.remember({ id: 'teams:1', name: 'Anna' });
    expect(await stored()).toMatchObject([{ _id: 'teams:1', name: 'Anna' }]);
  });

  it('are not lost when a chat does not say them today', async () => {
    await newPeople().remember({ id: 'teams:1', name: 'Ann' });
    await newPeople().remember({ id: 'teams:1', name: '' });
    await newPeople().remember({ id: 'teams:2', name: '' });

    expect([...(await newPeople().names(['teams:1', 'teams:2'])).values()]).toEqual(['Ann', 'teams:2']);
  });

  it('are tried again after a write that failed', async () => {
    const people = newPeople();
    const { people: model } = world.house.records;
    const broken = jest.spyOn(model, 'updateOne').mockImplementationOnce(() => {
      throw new Error('no');
    });

    await expect(people.remember({ id: 'teams:1', name: 'Ann' })).rejects.toThrow('no');
    await people.remember({ id: 'teams:1', name: 'Ann' });

    expect(broken).toHaveBeenCalledTimes(2);
    expect(await stored()).toHaveLength(1);
    broken.mockRestore();
  });

  it('are found by the start of any word, the latest to write first, patterns being only text', async () => {
    const people = newPeople();
    for (const [id, name] of [
      ['teams:a1', 'Hélène Martin'],
      ['teams:b2', 'Martin Ødegård'],
      ['slack:U9', 'Zoe'],
    ] as const) {
      await people.remember({ id, name });
      await sleep(2);
    }
    const found = async (text: string, limit = 10) =>
      (await people.search(text, limit)).map(({ name }) => name);

    expect(await found('martin')).toEqual(['Martin Ødegård', 'Hélène Martin']);
    expect(await found('helene mar')).toEqual(['Hélène Martin']);
    expect(await found('u9')).toEqual(['Zoe']);
    expect(await found('artin')).toEqual([]);
    expect(await found('.*')).toEqual([]);
    expect(await found('', 2)).toEqual(['Zoe', 'Martin Ødegård']);
  });

  it('never hold up an answer, and a failure is only logged', async () => {
    let answer = (): void => undefined;
    const written = new Promise<void>((resolve) => (answer = resolve));
    const broken = jest
      .spyOn(world.house.records.people, 'updateOne')
      .mockImplementation(() => written as never);

    expect((await world.chat('web:new').type('/rollcall')).name).toBe('not-an-operator');
    answer();
    broken.mockImplementation(() => {
      throw new Error('no');
    });
    expect((await world.chat('web:newer').type('/rollcall')).name).toBe('not-an-operator');
    await until(() => world.log.lines.some((line) => line.includes('was not remembered')));
    broken.mockRestore();
  });
});

describe('A name as a chat says it', () => {
  it.each([
    ['  Ann\u0000\nLee\u202e ', 'Ann Lee'],
    ['**<at>All</at>** [x](https://evil.example)', '**<at>All</at>** [x](https://evil.example)'],
    ['\u200e\u2066', ''],
    [null, ''],
  ])('%j is kept as %j', (typed, kept) => {
    expect(personName(typed)).toBe(kept);
  });

  it('is cut to 256 characters, never in the middle of one', () => {
    expect(personName('é'.repeat(5_000))).toHaveLength(256);
    const cut = personName(`${'a'.repeat(255)}👩🏽‍🚒`);
    expect(cut).toBe('a'.repeat(255));
  });
});
