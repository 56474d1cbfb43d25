import { mongo } from 'mongoose';
import { checkLicenseRow, checkNameRow, licenseRowKey } from '../../src/domain/import-licenses';
import { createSeatLedger, linesKept } from '../../src/domain/import-seats';
import type { ImportCells } from '../../src/domain/import-user';
import { createKeySet } from '../../src/domain/key-set';

describe('A row of a licenses file', () => {
  const products = { skuPartNumbers: ['EMS'] };
  const row: ImportCells = { userPrincipalName: 'ann@contoso.example', license: 'EMS', action: 'assign' };

  test.each<[string, ImportCells, string[]]>([
    ['no user', { userPrincipalName: '' }, ['required']],
    ['what is no user principal name', { userPrincipalName: 'ann' }, ['no-such-user']],
    ['no product', { license: '' }, ['required']],
    ['a product to give that the customer has not', { license: 'FOO' }, ['unknown-license']],
    ['no action', { action: '' }, ['not-assign-or-remove']],
    ['another action', { action: 'sell' }, ['not-assign-or-remove']],
  ])('is not ready with %s', (_, cells, reasons) => {
    const check = checkLicenseRow({ ...row, ...cells }, products);

    expect(check.ok ? [] : check.faults.map(({ reason }) => reason)).toEqual(reasons);
  });

  test('gives or takes in either language, also a product that the customer has no longer', () => {
    expect(checkLicenseRow({ ...row, license: 'ems', action: ' Retirer ' }, products)).toEqual({
      ok: true,
      row: { userPrincipalName: 'ann@contoso.example', license: 'EMS', action: 'remove' },
    });
    expect(checkLicenseRow({ ...row, license: 'FOO', action: 'remove' }, products).ok).toBe(true);
  });

  test('is doubled by the same product of the same user, whatever the case and the action', () => {
    const upper = { userPrincipalName: 'ANN@contoso.example', license: 'EMS', action: 'remove' } as const;

    expect(licenseRowKey(upper)).toBe(
      licenseRowKey({ userPrincipalName: 'ann@contoso.example', license: 'EMS', action: 'assign' }),
    );
  });

  test('of names alone needs only the name', () => {
    expect(checkNameRow({ userPrincipalName: 'ann@contoso.example' }).ok).toBe(true);
    expect(checkNameRow({ userPrincipalName: 'ann' }).ok).toBe(false);
  });
});

describe('The seats of a file', () => {
  test('go to rows in their order, all that a row needs or none', () => {
    const ledger = createSeatLedger();
    ledger.open('c1', [
      { skuPartNumber: 'EMS', total: 10, consumed: 8 },
      { skuPartNumber: 'E3', total: 1, consumed: 0 },
      { skuPartNumber: 'P1', total: 5, consumed: 9 },
    ]);

    expect(ledger.take('c1', ['EMS', 'E3'])).toEqual([]);
    expect(ledger.take('c1', ['EMS', 'E3'])).toEqual(['E3']);
    expect(ledger.take('c1', ['EMS'])).toEqual([]);
    expect(ledger.take('c1', ['EMS', 'P1'])).toEqual(['EMS', 'P1']);
    expect(ledger.take('c1', [])).toEqual([]);
    expect(ledger.lines()).toEqual([
      { customerId: 'c1', skuPartNumber: 'EMS', needed: 4, free: 2 },
      { customerId: 'c1', skuPartNumber: 'E3', needed: 2, free: 1 },
      { customerId: 'c1', skuPartNumber: 'P1', needed: 1, free: 0 },
    ]);
  });
});

describe('The products of a file for very many customers', () => {
  const customers = Array.from({ length: 100 }, (_, place) => `c${place}`);
  const lines = customers.flatMap((customerId, place) => [
    { customerId, skuPartNumber: 'P1', needed: 0, free: 9 },
    { customerId, skuPartNumber: 'EMS', needed: 1, free: 9 },
    { customerId, skuPartNumber: 'E3', needed: 5, free: place % 10 },
  ]);

  test('are all kept where there is room', () => {
    expect(linesKept(lines, 300)).toEqual({ seats: lines, more: 0 });
  });

  test('are kept by what matters: too few seats, then needed, then the others', () => {
    const { seats, more } = linesKept(lines, 250);

    expect(seats).toHaveLength(250);
    expect(more).toBe(0);
    expect(seats.slice(0, 50).every(({ needed, free }) => needed > free)).toBe(true);
    expect(seats.slice(50, 200).every(({ needed, free }) => needed > 0 && needed <= free)).toBe(true);
    expect(seats.slice(200).every(({ needed }) => needed === 0)).toBe(true);
    expect(linesKept(lines, 120)).toMatchObject({ more: 80 });
  });

  test('fit into a document of MongoDB, however many there are', () => {
    const many = Array.from({ length: 300_000 }, (_, place) => ({
      customerId: String(place).padStart(24, '0'),
      skuPartNumber: 'MICROSOFT_365_BUSINESS_PREMIUM_DONATION_NON_PROFIT',
      needed: 1_000_000,
      free: 0,
    }));

    const { seats, more } = linesKept(many);

    expect(seats.length + more).toBe(300_000);
    expect(mongo.BSON.calculateObjectSize({ seats })).toBeLessThan(8 * 1024 * 1024);
  });
});

describe('A set of many keys', () => {
  test('knows each again and takes no two for one', () => {
    const seen = createKeySet(2);
    const keys = Array.from({ length: 200_000 }, (_, place) => `c1 user${place}@contoso.example`);

    expect(keys.every((key) => seen.add(key))).toBe(true);
    expect(keys.some((key) => seen.add(key))).toBe(false);
    expect(seen.add('')).toBe(true);
    expect(seen.add('')).toBe(false);
  });
});
