import { takeOver } from '../../src/domain/starting-point';
import { checkTemplate } from '../../src/domain/template';

const subscriptions = [
  { skuPartNumber: 'EMS', total: 2, consumed: 1 },
  { skuPartNumber: 'ENTERPRISEPACK', total: 2, consumed: 2 },
];
const nurse = {
  usageLocation: 'FR',
  department: 'Ward 3',
  roles: ['Reports Reader'],
  licenses: ['EMS', 'ENTERPRISEPACK', 'VISIOCLIENT'],
};

describe('What is taken over', () => {
  test('is location, department, licenses with a free seat, and roles; all else stays as typed', () => {
    const typed = { givenName: 'Ann', department: 'Ward 1', licenses: 'POWER_BI_PRO' };

    expect(takeOver(nurse, typed, { subscriptions, mayAssignRoles: true })).toEqual({
      values: {
        givenName: 'Ann',
        usageLocation: 'FR',
        department: 'Ward 3',
        licenses: 'EMS',
        roles: 'Reports Reader',
      },
      withoutSeat: ['ENTERPRISEPACK'],
      notOffered: ['VISIOCLIENT'],
      notAllowed: [],
    });
  });

  test('leaves out roles for who may not assign them, and what is not said at all', () => {
    const silent = { ...nurse, usageLocation: '', department: '' };
    const typed = { usageLocation: 'BE', department: 'Ward 1', roles: 'Global Reader' };

    expect(takeOver(silent, typed, { subscriptions, mayAssignRoles: false })).toMatchObject({
      values: { usageLocation: 'BE', department: 'Ward 1', roles: '' },
      notAllowed: ['Reports Reader'],
    });
  });
});

describe('A template', () => {
  const facts = { skuPartNumbers: ['EMS'], mayAssignRoles: true, existing: [] };
  const faultsOf = (values: Record<string, string>) => {
    const checked = checkTemplate(values, facts);
    return checked.ok ? [] : checked.faults.map(({ field, reason }) => `${field} ${reason}`);
  };

  test('needs a name alone, and needs no location for its licenses', () => {
    expect(checkTemplate({ name: ' Nurse ', licenses: 'EMS' }, facts)).toEqual({
      ok: true,
      draft: { name: 'Nurse', usageLocation: '', department: '', roles: [], licenses: ['EMS'] },
    });
    expect(faultsOf({ name: 'x'.repeat(64) })).toEqual([]);
  });

  test.each([
    [{ name: '\u200b' }, 'name required'],
    [{ name: 'x'.repeat(65) }, 'name too-long'],
    [{ name: 'a\nb' }, 'name control-characters'],
    [{ name: 'a', licenses: 'E9' }, 'licenses unknown-license'],
    [{ name: 'a', roles: 'Emperor' }, 'roles unknown-role'],
  ])('is refused as %j: %s', (values, fault) => {
    expect(faultsOf(values as unknown as Record<string, string>)).toEqual([fault]);
  });
});
