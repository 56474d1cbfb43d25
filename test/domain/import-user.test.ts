import { checkUserRow, withChoices, type ImportCells } from '../../src/domain/import-user';

const facts = {
  domains: ['contoso.example', 'shop.contoso.example'],
  skuPartNumbers: ['ENTERPRISEPACK', 'EMS'],
  mayAssignRoles: true,
};
const ann: ImportCells = { userPrincipalName: 'ann@contoso.example', displayName: 'Ann Lee' };

function faultsOf(cells: ImportCells, mayAssignRoles = true) {
  const check = checkUserRow({ ...ann, ...cells }, { ...facts, mayAssignRoles });
  return check.ok ? [] : check.faults.map(({ field, reason }) => [field, reason]);
}

function userOf(cells: ImportCells) {
  const check = checkUserRow({ ...ann, ...cells }, facts);
  if (!check.ok) throw new Error(JSON.stringify(check.faults));
  return check.user;
}

describe('A row of new users', () => {
  test('needs a user principal name and a display name, and is otherwise empty', () => {
    expect(userOf({})).toEqual({
      ...{ userPrincipalName: 'ann@contoso.example', displayName: 'Ann Lee', givenName: '', surname: '' },
      ...{ usageLocation: '', jobTitle: '', department: '', roles: [], licenses: [], accountEnabled: true },
    });
  });

  test.each<[string, ImportCells, [string, string][]]>([
    ['no name at all', { userPrincipalName: '' }, [['userPrincipalName', 'required']]],
    ['no domain', { userPrincipalName: 'ann' }, [['userPrincipalName', 'no-domain']]],
    ['a domain of somebody else', { userPrincipalName: 'a@b.c' }, [['userPrincipalName', 'unknown-domain']]],
    [
      'characters that are not allowed',
      { userPrincipalName: 'zoé@contoso.example' },
      [['userPrincipalName', 'not-allowed-characters']],
    ],
    [
      'a dot before the @',
      { userPrincipalName: 'ann.@contoso.example' },
      [['userPrincipalName', 'dot-before-at']],
    ],
    ['two @', { userPrincipalName: 'a@b@contoso.example' }, [['userPrincipalName', 'more-than-one-at']]],
    ['nothing to display', { displayName: '' }, [['displayName', 'required']]],
    ['a display name of 257', { displayName: 'x'.repeat(257) }, [['displayName', 'too-long']]],
    ['a surname of 65', { surname: 'x'.repeat(65) }, [['surname', 'too-long']]],
    ['a location that is none', { usageLocation: 'XX' }, [['usageLocation', 'unknown-location']]],
    ['an unknown product', { licenses: 'EMS;FOO' }, [['licenses', 'unknown-license']]],
    ['an unknown role', { roles: 'King' }, [['roles', 'unknown-role']]],
    ['neither yes nor no', { blockSignIn: 'perhaps' }, [['blockSignIn', 'not-yes-or-no']]],
    ['no e-mail address', { handOverEmail: 'ann at home' }, [['handOverEmail', 'not-an-email']]],
    [
      'several at once',
      { surname: 'x'.repeat(65), usageLocation: 'XX', blockSignIn: '?' },
      [
        ['surname', 'too-long'],
        ['usageLocation', 'unknown-location'],
        ['blockSignIn', 'not-yes-or-no'],
      ],
    ],
  ])('is not ready with %s', (_, cells, faults) => {
    expect(faultsOf(cells)).toEqual(faults);
  });

  test('asks for a role that only some may grant', () => {
    expect(faultsOf({ roles: 'Global Reader' }, true)).toEqual([]);
    expect(faultsOf({ roles: 'Global Reader' }, false)).toEqual([['roles', 'role-not-allowed']]);
  });

  test('takes its display name from the names where it has none', () => {
    expect(userOf({ displayName: '', givenName: 'Ann', surname: 'Lee' }).displayName).toBe('Ann Lee');
  });

  test('reads several values in a cell, in the spelling of the product and the role', () => {
    const user = userOf({ licenses: 'ems | EnterprisePack;ems', roles: 'global reader;Guest Inviter' });

    expect(user.licenses).toEqual(['EMS', 'ENTERPRISEPACK']);
    expect(user.roles).toEqual(['Global Reader', 'Guest Inviter']);
  });

  test('may name licenses and no location: it can be chosen before the start', () => {
    expect(userOf({ licenses: 'EMS' })).toMatchObject({ usageLocation: '', licenses: ['EMS'] });
    expect(userOf({ licenses: 'EMS', usageLocation: 'fr' }).usageLocation).toBe('FR');
  });

  test.each([
    ['Yes', false],
    ['oui', false],
    ['VERDADERO', false],
    ['Verdadeiro', false],
    ['No', true],
    ['FALSE', true],
    ['', true],
  ])('that says "%s" to blocking may sign in: %s', (blockSignIn, accountEnabled) => {
    expect(userOf({ blockSignIn }).accountEnabled).toBe(accountEnabled);
  });
});

describe('What is chosen on the dry run', () => {
  const choices = { usageLocation: 'DE', licenses: ['ENTERPRISEPACK'] };

  test('goes to rows that name none themselves', () => {
    expect(withChoices(userOf({}), choices)).toMatchObject(choices);
    expect(withChoices(userOf({ licenses: 'EMS', usageLocation: 'FR' }), choices)).toMatchObject({
      usageLocation: 'FR',
      licenses: ['EMS'],
    });
  });
});
