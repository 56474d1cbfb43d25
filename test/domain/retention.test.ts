import { daysLeft, isRestorable, restoreByOf } from '../../src/domain/retention';

const day = 24 * 60 * 60 * 1000;
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
    [30 * day, 30],
    [30 * day - 1, 29],
    [day, 1],
    [day - 1, 0],
    [0, 0],
    [-1, 0],
    [-5 * day, 0],
  ])('with %d ms left has %d whole days left', (left, expected) => {
    expect(daysLeft({ restoreBy }, before(left))).toBe(expected);
  });
});
