import { isHopeless, nextAttempt, restAfter } from '../../src/domain/letter';

const queuedAt = new Date('2026-11-22T09:00:00Z');

describe('a letter that no server takes', () => {
  test('is tried again after longer and longer pauses, for a day', () => {
    let now = queuedAt;
    const pauses: number[] = [];
    for (let attempts = 1; attempts < 100; attempts += 1) {
      const next = nextAttempt({ attempts, queuedAt, importId: null }, now);
      if (!next) break;
      pauses.push((next.getTime() - now.getTime()) / 1000);
      now = next;
    }

    expect(pauses.slice(0, 9)).toEqual([10, 30, 60, 120, 300, 600, 1800, 3600, 3600]);
    expect([...pauses].sort((one, other) => one - other)).toEqual(pauses);
    expect((now.getTime() - queuedAt.getTime()) / 3_600_000).toBeGreaterThan(23);
    expect((now.getTime() - queuedAt.getTime()) / 3_600_000).toBeLessThanOrEqual(24);
  });

  test('of an import may have waited for its turn for longer: it is given up while no server takes any', () => {
    const late = new Date(queuedAt.getTime() + 30 * 3_600_000);
    const letter = { attempts: 1, queuedAt, importId: 'i1' };

    expect(nextAttempt(letter, late, 1)).toEqual(new Date(late.getTime() + 10_000));
    expect(nextAttempt(letter, late, 4)).toBeNull();
    expect([isHopeless(letter, late, 3), isHopeless(letter, late, 4)]).toEqual([false, true]);
    expect(isHopeless(letter, queuedAt, 100)).toBe(false);
    expect(isHopeless({ ...letter, importId: null }, late, 100)).toBe(false);
  });

  test('of an import gives the server longer and longer rests', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((troubles) => restAfter(troubles) / 1000)).toEqual([
      0, 10, 30, 60, 120, 300, 300,
    ]);
  });
});
