import { setTimeout as sleep } from 'node:timers/promises';
import { createTurns } from '../../src/storage/turns';

const never = () => new Promise<never>(() => undefined);

describe('Work that takes turns', () => {
  it('runs one after the other for a key, in the order asked for, and gives each its own result', async () => {
    const inTurn = createTurns();
    const seen: string[] = [];
    const work = (name: string, takes: number) => async () => {
      seen.push(`${name} begins`);
      await sleep(takes);
      seen.push(`${name} ends`);
      return name;
    };

    const results = await Promise.all([
      inTurn('k', work('a', 30)),
      inTurn('k', work('b', 5)),
      inTurn('k', work('c', 0)),
    ]);

    expect(results).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  it('does not wait for the work of another key', async () => {
    const inTurn = createTurns();
    void inTurn('k', never);

    expect(await inTurn('other', () => Promise.resolve('done'))).toBe('done');
  });

  it('goes on after work that failed, which fails alone', async () => {
    const inTurn = createTurns();
    const failed = inTurn('k', () => Promise.reject(new Error('no')));
    const next = inTurn('k', () => Promise.resolve('done'));

    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
  });

  it('goes ahead after a while when the work before it does not end', async () => {
    const inTurn = createTurns();
    void inTurn('k', never);
    const before = performance.now();

    expect(await inTurn('k', () => Promise.resolve('done'))).toBe('done');
    expect(performance.now() - before).toBeGreaterThan(1_000);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
