import { newId } from '../../src/domain/id';
import { realEntropy } from '../support/entropy';

describe('an id', () => {
  test('has 24 hexadecimal characters', () => {
    expect(newId(realEntropy, new Date('2026-11-22T10:00:00Z'))).toMatch(/^[0-9a-f]{24}$/);
    expect(newId(realEntropy, new Date('1970-01-01T00:00:01Z'))).toMatch(/^00000001[0-9a-f]{16}$/);
  });

  test('comes after the ids of earlier seconds', () => {
    const start = new Date('2026-11-22T10:00:00Z').getTime();
    const ids = Array.from({ length: 50 }, (_, second) =>
      newId(realEntropy, new Date(start + second * 1000)),
    );
    expect([...ids].sort()).toEqual(ids);
  });

  test('is another for everything made in the same moment', () => {
    const now = new Date('2026-11-22T10:00:00Z');
    expect(new Set(Array.from({ length: 1000 }, () => newId(realEntropy, now))).size).toBe(1000);
  });
});
