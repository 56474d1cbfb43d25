import { fingerprint } from '../../src/domain/fingerprint';
import { userFingerprint, type EditableFields } from '../../src/domain/user';

const fields: EditableFields = {
  ...{ userPrincipalName: 'zoe@contoso.example', displayName: 'Zoé', givenName: 'Zoé', surname: 'Roux' },
  ...{ usageLocation: 'FR', jobTitle: '', department: '', accountEnabled: true },
  roles: ['Global Reader', 'User Administrator'],
};

describe('A fingerprint', () => {
  test('is the same for the same values, short, and without signs that mean something in a link', () => {
    expect(fingerprint(['a', 1, null])).toBe(fingerprint(['a', 1, null]));
    expect(fingerprint(['a'.repeat(10_000)])).toMatch(/^[\w-]{22}$/);
  });

  test.each([
    [
      ['ab', 'c'],
      ['a', 'bc'],
    ],
    [
      ['a', ''],
      ['', 'a'],
    ],
    [['1'], [1]],
    [[['a'], 'b'], [['a', 'b']]],
  ])('tells %j from %j', (one, other) => {
    expect(fingerprint(one)).not.toBe(fingerprint(other));
  });
});

describe('The fingerprint of a user', () => {
  test.each<Partial<EditableFields>>([
    { userPrincipalName: 'Zoe@contoso.example' },
    { displayName: 'Zoe' },
    { givenName: 'Zoé Roux', surname: '' },
    { surname: '' },
    { usageLocation: '' },
    { jobTitle: 'Chef' },
    { department: 'Chef' },
    { roles: ['Global Reader'] },
    { roles: [] },
    { accountEnabled: false },
  ])('changes with %j', (changes) => {
    expect(userFingerprint({ ...fields, ...changes })).not.toBe(userFingerprint(fields));
  });

  test('does not change with what cannot be edited, nor with the order of roles', () => {
    const same = { ...fields, roles: [...fields.roles].reverse(), licenses: ['EMS'], id: 'u1' };
    expect(userFingerprint(same)).toBe(userFingerprint(fields));
  });
});
