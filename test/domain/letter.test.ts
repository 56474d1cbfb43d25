import { nextAttempt } from '../../src/domain/letter';

const queuedAt = new Date('2026-11-22T09:00:00Z');

describe('a letter that no server takes', () => {
  test('is tried again after longer and longer pauses, for a day', () => {
    let now = queuedAt;
    const pauses: number[] = [];
    for (let attempts = 1; attempts < 100; attempts += 1) {
      const next = nextAttempt({ attempts, queuedAt }, now);
      if (!next) break;
      pauses.push((next.getTime() - now.getTime()) / 1000);
      now = next;
    }

    expect(pauses.slice(0, 9)).toEqual([10, 30, 60, 120, 300, 600, 1800, 3600, 3600]);
    expect([...pauses].sort((one, other) => one - other)).toEqual(pauses);
    expect((now.getTime() - queuedAt.getTime()) / 3_600_000).toBeGreaterThan(23);
    expect((now.getTime() - queuedAt.getTime()) / 3_600_000).toBeLessThanOrEqual(24);
  });
});
