import fc from 'fast-check';
import { decideLicenses, type LicenseChange } from '../../src/domain/license-change';
import type { ActiveUser } from '../../src/domain/user';

const user = (id: string, licenses: readonly string[], usageLocation = 'FR'): ActiveUser => ({
  ...{
    id,
    customerId: 'c1',
    userPrincipalName: `${id}@contoso.example`,
    displayName: id,
    licenses,
    usageLocation,
  },
  ...{ givenName: '', surname: '', jobTitle: '', department: '', roles: [] },
  ...{ accountEnabled: true, createdAt: new Date(0) },
});

function decide(
  users: readonly ActiveUser[],
  change: Partial<LicenseChange>,
  free: Readonly<Record<string, number>> = {},
) {
  const wanted = { assign: [], remove: [], usageLocation: '', ...change };
  return decideLicenses(users, wanted, new Map(Object.entries(free)));
}

describe('A change of licenses', () => {
  test('gives seats in the order of the users, and refuses those for whom none is left', () => {
    const results = decide([user('a', []), user('b', []), user('c', [])], { assign: ['EMS'] }, { EMS: 2 });

    expect(results.map(({ given, refused }) => [given, refused])).toEqual([
      [['EMS'], []],
      [['EMS'], []],
      [[], ['EMS']],
    ]);
  });

  test('costs no seat for who has the product already', () => {
    const results = decide([user('a', ['EMS']), user('b', [])], { assign: ['EMS'] }, { EMS: 1 });

    expect(results.map(({ given, refused }) => [given, refused])).toEqual([
      [[], []],
      [['EMS'], []],
    ]);
  });

  test('takes from all before it gives to the first', () => {
    const [first, last] = decide([user('a', []), user('b', ['EMS'])], { assign: ['EMS'], remove: ['EMS'] });

    expect(first?.given).toEqual(['EMS']);
    expect(last).toMatchObject({ taken: ['EMS'], given: [], refused: [], after: { licenses: [] } });
  });

  test('refuses one product and gives the other', () => {
    const [only] = decide([user('a', ['OLD'])], { assign: ['EMS', 'E5'], remove: ['OLD'] }, { E5: 1 });

    expect(only).toMatchObject({
      given: ['E5'],
      refused: ['EMS'],
      taken: ['OLD'],
      after: { licenses: ['E5'] },
    });
  });

  test('gives a product once that is asked for twice', () => {
    const [only] = decide([user('a', [])], { assign: ['EMS', 'EMS'] }, { EMS: 5 });

    expect(only?.after.licenses).toEqual(['EMS']);
  });

  test('has no seats where more is used than there is', () => {
    expect(decide([user('a', [])], { assign: ['EMS'] }, { EMS: -1 })[0]?.refused).toEqual(['EMS']);
  });

  test.each([
    ['who has none and was given something', '', 1, 'DE'],
    ['not who has one', 'FR', 1, 'FR'],
    ['not who was given nothing', '', 0, ''],
  ])('sets the location: %s', (_, location, free, expected) => {
    const [only] = decide([user('a', [], location)], { assign: ['EMS'], usageLocation: 'DE' }, { EMS: free });

    expect(only?.after.usageLocation).toBe(expected);
  });

  test('never gives more than is free and comes free, and every wish is given or refused', () => {
    const products = fc.subarray(['A', 'B', 'C']);
    const seats = fc.record({ A: fc.nat(4), B: fc.nat(4), C: fc.nat(4) });
    fc.assert(
      fc.property(
        fc.array(products, { maxLength: 8 }),
        products,
        products,
        seats,
        (have, assign, remove, free) => {
          const users = have.map((licenses, place) => user(`u${place}`, licenses));
          const results = decide(users, { assign, remove }, free);

          for (const sku of ['A', 'B', 'C'] as const) {
            const times = (of: 'given' | 'taken') =>
              results.filter((result) => result[of].includes(sku)).length;
            expect(times('given')).toBeLessThanOrEqual(free[sku] + times('taken'));
          }
          for (const { before, after, given, taken, refused } of results) {
            const wanted = assign.filter((sku) => !before.licenses.includes(sku));
            expect([...given, ...refused].sort()).toEqual([...wanted].sort());
            expect([...after.licenses].sort()).toEqual(
              [...before.licenses.filter((sku) => !taken.includes(sku)), ...given].sort(),
            );
          }
        },
      ),
    );
  });
});
