import { availableSeats, productName } from '../../src/domain/license';

describe('the seats of a product', () => {
  test.each([
    [10, 3, 7],
    [10, 10, 0],
    [5, 8, 0],
  ])('of %i with %i in use leave %i', (total, consumed, expected) => {
    expect(availableSeats({ skuPartNumber: 'EMS', total, consumed })).toBe(expected);
  });
});

describe('the name of a product', () => {
  test("is Microsoft's where it is known", () => {
    expect(productName('ENTERPRISEPACK')).toBe('Office 365 E3');
  });

  test.each(['CONTOSO_SPECIAL', 'constructor', ''])('is %p itself where it is not', (sku) => {
    expect(productName(sku)).toBe(sku);
  });
});
