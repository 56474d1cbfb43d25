import { setTimeout as sleep } from 'node:timers/promises';
import { createLanes } from '../../src/features/lanes';

/** Gives out these pieces, one after the other. */
function pieces<T>(...all: T[]): () => Promise<T | null> {
  return () => Promise.resolve(all.shift() ?? null);
}

describe('Lanes', () => {
  it('work at no more pieces at once than there are lanes, and at all of them', async () => {
    const { run } = createLanes({ lanes: 2, patience: 5_000 });
    const done: number[] = [];
    let [now, most] = [0, 0];

    await run(pieces(1, 2, 3, 4, 5), async (piece) => {
      most = Math.max(most, (now += 1));
      await sleep(5);
      now -= 1;
      done.push(piece);
    });

    expect(most).toBe(2);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('go on with the next when a piece has had its time, and that one goes on by itself', async () => {
    const { run, settled } = createLanes({ lanes: 1, patience: 20 });
    const done: string[] = [];
    let finish = (): void => undefined;
    const slow = new Promise<void>((resolve) => (finish = resolve));

    await run(pieces('slow', 'quick'), async (piece) => {
      if (piece === 'slow') await slow;
      done.push(piece);
    });
    expect(done).toEqual(['quick']);

    await settled(10);
    expect(done).toEqual(['quick']);
    finish();
    await settled(5_000);
    expect(done).toEqual(['quick', 'slow']);
  });

  it('fail where the next piece cannot be had', async () => {
    const { run } = createLanes({ lanes: 2, patience: 20 });

    const failing = run(
      () => Promise.reject(new Error('Away.')),
      () => Promise.resolve(),
    );

    await expect(failing).rejects.toThrow('Away.');
  });
});
