import { daysKept, daysLeft, deadlineDays, isRestorable, restoreByOf } from '../../src/domain/retention';

const restoreBy = new Date('2026-12-22T09:00:00.000Z');
const before = (milliseconds: number) => new Date(restoreBy.getTime() - milliseconds);

describe('a deleted user', () => {
  test('is kept for 30 days of 24 hours, also over the change of the clocks', () => {
    expect(restoreByOf(new Date('2026-10-01T00:30:00.123Z'))).toEqual(new Date('2026-10-31T00:30:00.123Z'));
    expect(restoreByOf(new Date('2028-02-01T00:00:00Z'))).toEqual(new Date('2028-03-02T00:00:00Z'));
  });

  test.each([
    [1, true],
    [0, true],
    [-1, false],
  ])('with %d ms left can be restored: %p', (left, expected) => {
    expect(isRestorable({ restoreBy }, before(left))).toBe(expected);
  });

  test.each([
    ['2026-11-22T09:00Z', 'UTC', 30],
    ['2026-12-19T23:59Z', 'UTC', 3],
    ['2026-12-21T10:00Z', 'UTC', 1],
    ['2026-12-22T00:00Z', 'UTC', 0],
    ['2026-12-21T23:30Z', 'Europe/Paris', 0],
    ['2026-12-22T04:00Z', 'America/New_York', 1],
    ['2026-12-22T09:01Z', 'UTC', 0],
    ['2027-01-05T09:00Z', 'UTC', 0],
  ])('at %s in %s has %i days left', (now, timeZone, expected) => {
    expect(daysLeft({ restoreBy }, new Date(now), timeZone)).toBe(expected);
  });

  test.each([
    ['2026-11-22T09:00Z', 'UTC', '2026-12-22T00:00:00.000Z', '2026-12-23T00:00:00.000Z'],
    ['2026-10-20T09:00Z', 'Europe/Paris', '2026-11-18T23:00:00.000Z', '2026-11-19T23:00:00.000Z'],
    ['2026-03-10T22:30Z', 'Europe/Paris', '2026-04-08T22:00:00.000Z', '2026-04-09T22:30:00.001Z'],
  ])('is lost at %s in %s on one of the days up to %s', (now, timeZone, lastDay, end) => {
    const edges = deadlineDays(new Date(now), timeZone);

    expect(edges).toHaveLength(daysKept + 2);
    expect(edges[0]).toEqual(new Date(now));
    expect(edges.slice(-2).map((edge) => edge.toISOString())).toEqual([lastDay, end]);
    expect(restoreByOf(new Date(now)).getTime()).toBeLessThan(edges.at(-1)!.getTime());
  });
});
