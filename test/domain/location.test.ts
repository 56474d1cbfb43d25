import { isLocation, locations } from '../../src/domain/location';

describe('a location', () => {
  test('is one of the 249 of ISO 3166-1', () => {
    expect(new Set(locations).size).toBe(249);
    for (const code of locations) expect(code).toMatch(/^[A-Z]{2}$/);
  });

  test.each(['FR', 'US', 'GB', 'SS', 'CW', 'BQ', 'AX'])('may be %s', (code) => {
    expect(isLocation(code)).toBe(true);
  });

  test.each(['', 'fr', 'UK', 'EU', 'XK', 'AN', 'ZZ', 'FRA'])('may not be %p', (code) => {
    expect(isLocation(code)).toBe(false);
  });
});
