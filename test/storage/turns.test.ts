import { StorageAway } from '../../src/ports/storage-away';
import { createTurns } from '../../src/storage/turns';

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick'], now: 0 }));
afterEach(() => jest.useRealTimers());

/** Work that takes so many milliseconds of the faked clock. */
const taking = (ms: number, begun: string[], name: string) => async () => {
  begun.push(`${name} at ${performance.now()}`);
  await new Promise((resolve) => setTimeout(resolve, ms));
  return name;
};

describe('Work of one key', () => {
  it('waits for the work before it, whether that fails or not; other keys do not', async () => {
    const [inTurn, begun] = [createTurns(), [] as string[]];
    const failing = inTurn('a', async () => {
      await taking(100, begun, 'first')();
      throw new Error('first');
    });
    const all = Promise.allSettled([
      failing,
      inTurn('a', taking(10, begun, 'second')),
      inTurn('b', taking(10, begun, 'other')),
    ]);

    await jest.advanceTimersByTimeAsync(1_000);

    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(begun).toEqual(['first at 0', 'other at 0', 'second at 100']);
  });

  it('goes ahead where a turn takes too long', async () => {
    const [inTurn, begun] = [createTurns(), [] as string[]];
    const all = Promise.all([
      inTurn('a', taking(60_000, begun, 'hanging')),
      inTurn('a', taking(10, begun, 'next')),
    ]);

    await jest.advanceTimersByTimeAsync(60_000);
    await all;

    expect(begun).toEqual(['hanging at 0', 'next at 1500']);
  });

  it('is not begun any more when nobody waits for it, and says so', async () => {
    const [inTurn, begun] = [createTurns(), [] as string[]];
    const all = Promise.allSettled(
      Array.from({ length: 8 }, (_, place) => inTurn('a', taking(500, begun, `${place}`))),
    );

    await jest.advanceTimersByTimeAsync(10_000);

    const [late] = (await all).flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(late).toEqual(new StorageAway(false));
    expect(late).toMatchObject({ uncertain: false });
    expect(begun).toHaveLength(7);
  });
});
