import { checkLicenseRow, checkNameRow, licenseRowKey } from '../../src/domain/import-licenses';
import { createSeatLedger } from '../../src/domain/import-seats';
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
