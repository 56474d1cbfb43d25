import fc from 'fast-check';
import { checkNewUser, type UserFacts } from '../../src/domain/user';
import { proposeDisplayName } from '../../src/domain/user-fields';

const facts: UserFacts = {
  domains: ['contoso.example', 'sales.contoso.example'],
  skuPartNumbers: ['ENTERPRISEPACK', 'EMS'],
  mayAssignRoles: true,
};
const ann = { givenName: 'Ann', surname: 'Lee', username: 'ann.lee', domain: 'contoso.example' };

function check(values: Record<string, string>, known: Partial<UserFacts> = {}) {
  return checkNewUser({ ...ann, ...values }, { ...facts, ...known });
}

function draftOf(values: Record<string, string>) {
  const checked = check(values);
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.draft;
}

function faultsOf(values: Record<string, string>, known: Partial<UserFacts> = {}) {
  const checked = check(values, known);
  return checked.ok ? [] : checked.faults;
}

describe('a new user', () => {
  test('needs a name, a user name and a domain, and is otherwise empty', () => {
    expect(draftOf({})).toEqual({
      userPrincipalName: 'ann.lee@contoso.example',
      displayName: 'Ann Lee',
      givenName: 'Ann',
      surname: 'Lee',
      usageLocation: '',
      jobTitle: '',
      department: '',
      roles: [],
      licenses: [],
    });
  });

  test('takes every field as typed, without the spaces around it', () => {
    const typed = {
      displayName: ' Ann L. ',
      usageLocation: ' fr ',
      jobTitle: ' Nurse ',
      department: ' Ward 3 ',
    };
    expect(
      draftOf({ ...typed, roles: 'Global Reader, Guest Inviter', licenses: 'EMS,,EMS, ENTERPRISEPACK' }),
    ).toMatchObject({
      displayName: 'Ann L.',
      usageLocation: 'FR',
      jobTitle: 'Nurse',
      department: 'Ward 3',
      roles: ['Global Reader', 'Guest Inviter'],
      licenses: ['EMS', 'ENTERPRISEPACK'],
    });
  });

  test('gets composed letters, however they were typed', () => {
    expect(draftOf({ givenName: 'He\u0301le\u0300ne' }).givenName).toBe('Hélène');
  });

  test('keeps the domain as the customer writes it', () => {
    expect(draftOf({ domain: 'Contoso.EXAMPLE' }).userPrincipalName).toBe('ann.lee@contoso.example');
  });

  test('may be typed with the chosen domain behind the user name', () => {
    expect(draftOf({ username: 'ann.lee@Contoso.example' }).userPrincipalName).toBe(
      'ann.lee@contoso.example',
    );
  });

  test.each([
    [{ username: '' }, [{ field: 'username', reason: 'required' }]],
    [{ username: 'ann@other.example' }, [{ field: 'username', reason: 'other-domain' }]],
    [{ username: 'ann@lee@contoso.example' }, [{ field: 'username', reason: 'more-than-one-at' }]],
    [{ username: 'ann.' }, [{ field: 'username', reason: 'dot-before-at' }]],
    [{ username: 'hélène' }, [{ field: 'username', reason: 'not-allowed-characters' }]],
    [{ username: 'a'.repeat(65) }, [{ field: 'username', reason: 'too-long', limit: 64 }]],
    [{ domain: '' }, [{ field: 'domain', reason: 'required' }]],
    [{ domain: 'fabrikam.example' }, [{ field: 'domain', reason: 'unknown-domain' }]],
    [{ usageLocation: 'XX' }, [{ field: 'usageLocation', reason: 'unknown-location' }]],
    [{ licenses: 'EMS' }, [{ field: 'usageLocation', reason: 'location-needed-for-license' }]],
    [
      { licenses: 'EMS,E9', usageLocation: 'FR' },
      [{ field: 'licenses', reason: 'unknown-license', names: ['E9'] }],
    ],
    [{ roles: 'Emperor' }, [{ field: 'roles', reason: 'unknown-role', names: ['Emperor'] }]],
    [{ displayName: 'x'.repeat(257) }, [{ field: 'displayName', reason: 'too-long', limit: 256 }]],
    [{ givenName: 'x'.repeat(65) }, [{ field: 'givenName', reason: 'too-long', limit: 64 }]],
    [{ surname: 'x'.repeat(65) }, [{ field: 'surname', reason: 'too-long', limit: 64 }]],
    [{ department: 'x'.repeat(65) }, [{ field: 'department', reason: 'too-long', limit: 64 }]],
    [{ jobTitle: 'x'.repeat(129) }, [{ field: 'jobTitle', reason: 'too-long', limit: 128 }]],
    [{ jobTitle: 'a\nb' }, [{ field: 'jobTitle', reason: 'control-characters' }]],
    [{ surname: 'a\u0000b' }, [{ field: 'surname', reason: 'control-characters' }]],
    [{ displayName: 'nna\u202eeel' }, [{ field: 'displayName', reason: 'control-characters' }]],
    [{ department: '\ud800' }, [{ field: 'department', reason: 'control-characters' }]],
  ])('typed with %j is refused: %j', (typed, expected) => {
    expect(faultsOf(typed as unknown as Record<string, string>)).toEqual(expected);
  });

  test.each([
    { displayName: 'x'.repeat(256) },
    { givenName: 'x'.repeat(64) },
    { surname: 'x'.repeat(64) },
    { department: 'x'.repeat(64) },
    { jobTitle: 'x'.repeat(128) },
    { username: 'a'.repeat(64) },
    { displayName: 'علي‌رضا' },
  ])('is accepted at the very limit: %j', (typed) => {
    expect(faultsOf(typed as Record<string, string>)).toEqual([]);
  });

  test('is told of all faults at once, in the order of the form', () => {
    const everything = {
      ...{
        givenName: 'x'.repeat(65),
        surname: '\u0007',
        displayName: 'x'.repeat(257),
        username: 'é',
        domain: 'x.example',
      },
      ...{
        usageLocation: 'XX',
        jobTitle: 'x'.repeat(129),
        department: 'x'.repeat(65),
        roles: 'Emperor',
        licenses: 'E9',
      },
    };
    expect(faultsOf(everything).map(({ field }) => field)).toEqual([
      ...['givenName', 'surname', 'displayName', 'username', 'domain'],
      ...['usageLocation', 'jobTitle', 'department', 'roles', 'licenses'],
    ]);
  });

  test('may not be given a role by who may not assign roles', () => {
    expect(faultsOf({ roles: 'Global Reader,Emperor' }, { mayAssignRoles: false })).toEqual([
      { field: 'roles', reason: 'unknown-role', names: ['Emperor'] },
      { field: 'roles', reason: 'role-not-allowed', names: ['Global Reader'] },
    ]);
  });

  test('is refused with a short answer when thousands of unknown values are sent', () => {
    const hostile = Array.from({ length: 5000 }, (_, index) => `${index}${'x'.repeat(500)}`).join(',');
    expect(
      JSON.stringify(faultsOf({ roles: hostile, licenses: hostile, usageLocation: 'FR' })).length,
    ).toBeLessThan(3000);
  });

  test('never gets past the rules by any text in any field', () => {
    const fields = [
      'givenName',
      'surname',
      'displayName',
      'username',
      'domain',
      'usageLocation',
      'jobTitle',
      'roles',
    ];
    const typed = fc.dictionary(fc.constantFrom(...fields), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(typed, (values) => {
        const checked = check(values);
        return (
          !checked.ok || /^[\w'.!#^~-]+@(sales\.)?contoso\.example$/.test(checked.draft.userPrincipalName)
        );
      }),
    );
  });
});

describe('the display name', () => {
  test.each([
    ['Ann', 'Lee', 'Ann Lee'],
    [' Ann ', '', 'Ann'],
    ['', ' Lee ', 'Lee'],
    ['', '', ''],
  ])('of %p and %p is proposed as %p', (givenName, surname, expected) => {
    expect(proposeDisplayName(givenName, surname)).toBe(expected);
  });

  test.each(['', '   ', '\u200b\u200d', '\u00ad'])('left as %j is proposed from the names', (displayName) => {
    expect(draftOf({ displayName }).displayName).toBe('Ann Lee');
  });

  test('is required where there is no name to propose it from', () => {
    expect(faultsOf({ givenName: '', surname: '' })).toEqual([{ field: 'displayName', reason: 'required' }]);
  });

  test('proposed from a faulty name is not a second fault', () => {
    expect(faultsOf({ givenName: 'a\tb' })).toEqual([{ field: 'givenName', reason: 'control-characters' }]);
  });
});
