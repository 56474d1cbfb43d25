import { codesOfRoles, directoryRoles, rolesOfCodes } from '../../src/domain/role';
import type { EditableFields } from '../../src/domain/user';
import {
  changeOf,
  checkEditedUser,
  isGuardedChange,
  marksOf,
  mergeEdit,
  valuesOf,
} from '../../src/domain/user-edit';

const ann: EditableFields & { licenses: readonly string[] } = {
  userPrincipalName: 'ann.lee@contoso.example',
  displayName: 'Ann Lee',
  givenName: 'Ann',
  surname: 'Lee',
  usageLocation: 'FR',
  jobTitle: 'Nurse',
  department: 'Ward 3',
  roles: ['Reports Reader', 'Guest Inviter'],
  licenses: ['EMS'],
  accountEnabled: true,
};
const facts = { user: ann, domains: ['contoso.example'], mayAssignRoles: true };

function check(typed: Record<string, string>, known: Partial<typeof facts> = {}) {
  return checkEditedUser({ ...valuesOf(ann), ...typed }, { ...facts, ...known });
}

function faultsOf(typed: Record<string, string>, known: Partial<typeof facts> = {}) {
  const checked = check(typed, known);
  return checked.ok ? [] : checked.faults;
}

function changeBy(typed: Record<string, string>, known: Partial<typeof facts> = {}) {
  const checked = check(typed, known);
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return changeOf(ann, checked.fields);
}

describe('an edited user', () => {
  test('does not change by a form that is sent as it was shown', () => {
    expect(changeBy({})).toEqual({});
    expect(changeBy({ roles: 'Guest Inviter,Reports Reader', domain: 'CONTOSO.example' })).toEqual({});
  });

  test('changes in the fields that were typed, and in no other', () => {
    expect(
      changeBy({ username: 'ann', jobTitle: ' Head nurse ', department: '', accountEnabled: 'false' }),
    ).toEqual({
      userPrincipalName: 'ann@contoso.example',
      jobTitle: 'Head nurse',
      department: '',
      accountEnabled: false,
    });
  });

  test('keeps the order of the roles it keeps', () => {
    expect(changeBy({ roles: 'Global Reader,Guest Inviter,Reports Reader' })).toEqual({
      roles: ['Reports Reader', 'Guest Inviter', 'Global Reader'],
    });
  });

  test.each([
    [{ username: 'ann.' }, { field: 'username', reason: 'dot-before-at' }],
    [{ displayName: 'x'.repeat(257) }, { field: 'displayName', reason: 'too-long', limit: 256 }],
    [{ usageLocation: '' }, { field: 'usageLocation', reason: 'location-needed-for-license' }],
    [{ roles: 'Emperor' }, { field: 'roles', reason: 'unknown-role', names: ['Emperor'] }],
  ])('is held to the rules of a new one: %j', (typed, fault) => {
    expect(faultsOf(typed as unknown as Record<string, string>)).toEqual([fault]);
  });

  test('may lose the location with its last license', () => {
    expect(faultsOf({ usageLocation: '' }, { user: { ...ann, licenses: [] } })).toEqual([]);
  });

  test('keeps a name that would not be given today, and gets no other such', () => {
    const known = { domains: ['fabrikam.example'] };

    expect(faultsOf({}, known)).toEqual([]);
    expect(faultsOf({ username: 'anna' }, known)).toEqual([{ field: 'domain', reason: 'unknown-domain' }]);
  });

  test.each([
    ['', ['Reports Reader', 'Guest Inviter']],
    ['Reports Reader,Guest Inviter,Global Reader', ['Global Reader']],
  ])('gets neither more nor fewer roles by who may not assign them: "%s"', (roles, names) => {
    expect(faultsOf({ roles }, { mayAssignRoles: false })).toEqual([
      { field: 'roles', reason: 'role-not-allowed', names },
    ]);
  });

  test.each([
    [{ jobTitle: 'x' }, false],
    [{ usageLocation: 'BE', displayName: 'x' }, false],
    [{ accountEnabled: false }, true],
    [{ userPrincipalName: 'x' }, true],
    [{ roles: [] }, true],
  ])('is guarded in name, sign-in and roles: %j', (change, guarded) => {
    expect(isGuardedChange(change)).toBe(guarded);
  });
});

describe('a form that was overtaken', () => {
  const marks = marksOf(valuesOf(ann));

  test('keeps what was typed, and follows in all else', () => {
    const typed = { ...valuesOf(ann), jobTitle: 'Head nurse', roles: '' };
    const present = valuesOf({ ...ann, jobTitle: 'Midwife', accountEnabled: false, surname: 'Li' });

    const { values, changed } = mergeEdit(marks, typed, present);

    expect(values).toEqual({ ...present, jobTitle: 'Head nurse', roles: '' });
    expect(changed).toEqual(['surname', 'jobTitle', 'accountEnabled']);
  });

  test('takes an input that a chat left out for an empty one', () => {
    const { department: _, ...typed } = valuesOf(ann);

    expect(mergeEdit(marks, typed, valuesOf(ann))).toEqual({
      values: { ...valuesOf(ann), department: '' },
      changed: [],
    });
  });
});

test('roles come back from their codes, which are short and different for all', () => {
  const codes = codesOfRoles(directoryRoles);

  expect(new Set(codes.split(',')).size).toBe(directoryRoles.length);
  expect(codes.length).toBeLessThan(150);
  expect(rolesOfCodes(codes)).toEqual(directoryRoles);
  expect(rolesOfCodes('')).toEqual([]);
  expect(rolesOfCodes('none')).toEqual([]);
});
