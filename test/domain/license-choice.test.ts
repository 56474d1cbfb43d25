import { checkLicenseChoice, offerLicenses } from '../../src/domain/license-choice';

const user = (licenses: readonly string[] = [], usageLocation = 'FR') => ({ licenses, usageLocation });
const product = (skuPartNumber: string, total = 5, consumed = 0) => ({ skuPartNumber, total, consumed });
const products = [product('EMS'), product('ENTERPRISEPACK')];
const faultsOf = (...asked: Parameters<typeof checkLicenseChoice>) => {
  const checked = checkLicenseChoice(...asked);
  return checked.ok ? [] : checked.faults.map(({ field, reason }) => `${field}: ${reason}`);
};

describe('What can be given to users and taken from them', () => {
  it('is given unless all have it, and taken if somebody has it', () => {
    const users = [user(['EMS', 'ENTERPRISEPACK']), user(['EMS'])];
    const { give, take } = offerLicenses(users, products);
    expect(give).toEqual([{ ...product('ENTERPRISEPACK'), have: 1 }]);
    expect(take.map(({ skuPartNumber, have }) => [skuPartNumber, have])).toEqual([
      ['EMS', 2],
      ['ENTERPRISEPACK', 1],
    ]);
  });

  it('can be taken though the customer has the product no longer, but not given', () => {
    const { give, take } = offerLicenses([user(['OLD']), user()], []);
    expect(give).toEqual([]);
    expect(take).toEqual([{ ...product('OLD', 0), have: 1 }]);
    expect(faultsOf({ remove: 'OLD' }, [user(['OLD'])], [])).toEqual([]);
    expect(faultsOf({ assign: 'OLD' }, [user()], [])).toEqual(['assign: unknown-license']);
  });

  it('asks for a location where a user has none and something can be given', () => {
    expect(offerLicenses([user(), user([], '')], products).asksLocation).toBe(true);
    expect(offerLicenses([user(), user()], products).asksLocation).toBe(false);
    expect(offerLicenses([user(['EMS'], '')], [product('EMS')]).asksLocation).toBe(false);
  });
});

describe('A choice of licenses', () => {
  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['nothing', {}, ['assign: nothing-chosen']],
    ['one to give', { assign: 'EMS', usageLocation: 'fr' }, []],
    [
      'without the location that is needed',
      { assign: 'EMS' },
      ['usageLocation: location-needed-for-license'],
    ],
    [
      'with a location that is none',
      { assign: 'EMS', usageLocation: 'XX' },
      ['usageLocation: unknown-location'],
    ],
    ['only to take, which needs no location', { remove: 'EMS' }, []],
    [
      'the same to give and to take',
      { assign: 'EMS', remove: 'EMS', usageLocation: 'FR' },
      ['remove: given-and-taken'],
    ],
    ['what is not there to take', { remove: 'NOSUCH' }, ['remove: unknown-license']],
  ])('of %s', (_, values, faults) => {
    expect(faultsOf(values, [user([], '')], products)).toEqual(faults);
  });

  it('needs no location of those who have the product already', () => {
    expect(faultsOf({ assign: 'EMS' }, [user(['EMS'], ''), user()], products)).toEqual([]);
  });

  it('has its fault where there is a field for it', () => {
    expect(faultsOf({}, [user(['EMS'])], [product('EMS')])).toEqual(['remove: nothing-chosen']);
  });
});
