import { decideUsers, type BatchFacts } from '../../src/domain/import-batch';
import { checkImportChoices, type ChoiceFacts } from '../../src/domain/import-choices';
import { decideLicenseRows } from '../../src/domain/import-license-batch';
import type { ActiveUser } from '../../src/domain/user';

const person = (name: string, licenses: readonly string[] = []) => ({
  ...{ userPrincipalName: name, displayName: name, givenName: '', surname: '', jobTitle: '', department: '' },
  ...{ usageLocation: 'FR', roles: [], accountEnabled: true, licenses },
});
const row = (name: string, licenses: readonly string[] = [], customerId = 'c1') => ({
  customerId,
  user: person(name, licenses),
});
const facts = (): BatchFacts & { readonly free: ReadonlyMap<string, number> } => ({
  domains: new Map([['c1', ['a.example']]]),
  taken: new Set(['c1 old@a.example']),
  free: new Map([
    ['c1 EMS', 1],
    ['c1 E3', 9],
  ]),
});

describe('Users of a batch', () => {
  test.each<[string, ReturnType<typeof row>[], string[]]>([
    ['are created', [row('ann@A.example')], ['create']],
    ['are skipped when they are there', [row('OLD@a.example')], ['already-there']],
    [
      'are skipped when they stand twice',
      [row('ann@a.example'), row('Ann@a.example')],
      ['create', 'already-there'],
    ],
    ['fail when the domain is no longer the customer’s', [row('ann@b.example')], ['unknown-domain']],
    ['fail when the customer is no more', [row('ann@a.example', [], 'c2')], ['unknown-domain']],
    [
      'get seats in the order of the file, all or none',
      [row('x@a.example', ['E3', 'EMS']), row('y@a.example', ['E3', 'EMS']), row('z@a.example', ['E3'])],
      ['create', 'no-seats', 'create'],
    ],
    ['fail for a product that is no longer there', [row('x@a.example', ['P1'])], ['no-seats']],
  ])('%s', (_, rows, expected) => {
    const verdicts = decideUsers(rows, facts());

    expect(verdicts.map((one) => (one.kind === 'create' ? 'create' : one.faults[0]?.reason))).toEqual(
      expected,
    );
  });
});

test('Users of a batch have a seat where nobody has counted them', () => {
  const rows = [row('ann@a.example', ['EMS']), row('bob@a.example', ['EMS'])];

  const verdicts = decideUsers(rows, { ...facts(), free: null });

  expect(verdicts.map(({ kind }) => kind)).toEqual(['create', 'create']);
});

describe('License rows of a batch', () => {
  const user = (name: string, licenses: readonly string[], usageLocation = 'FR'): [string, ActiveUser] => [
    `c1 ${name}@a.example`,
    {
      ...person(`${name}@a.example`, licenses),
      ...{ id: name, customerId: 'c1', createdAt: new Date(0), usageLocation },
    },
  ];
  const change = (name: string, assign: readonly string[], remove: readonly string[] = []) => ({
    ...{ customerId: 'c1', userPrincipalName: `${name}@a.example`, assign, remove },
  });

  test.each<[string, ReturnType<typeof change>[], string[]]>([
    ['are done', [change('ann', ['EMS'])], ['change']],
    ['fail without a user', [change('eve', ['EMS'])], ['no-such-user']],
    ['are skipped when nothing would change', [change('bob', ['EMS'], ['P1'])], ['nothing-to-change']],
    [
      'fail whole when one product lacks a seat',
      [change('ann', ['E3', 'EMS']), change('cem', ['E3', 'EMS'])],
      ['change', 'no-seats'],
    ],
    [
      'use the seat that a row above gives back',
      [change('bob', [], ['EMS']), change('ann', ['EMS']), change('cem', ['EMS'])],
      ['change', 'change', 'change'],
    ],
    [
      'see what a row above did',
      [change('ann', ['EMS']), change('ann', ['EMS'])],
      ['change', 'nothing-to-change'],
    ],
    ['fail for a product that is not there', [change('ann', ['P1'])], ['unknown-license']],
    ['fail without a location', [change('dan', ['E3'])], ['location-needed-for-license']],
  ])('%s', (_, rows, expected) => {
    const users = new Map([user('ann', []), user('bob', ['EMS']), user('cem', []), user('dan', [], '')]);
    const verdicts = decideLicenseRows(rows, { users, free: facts().free, usageLocation: '' });

    expect(verdicts.map((one) => (one.kind === 'change' ? 'change' : one.faults[0]?.reason))).toEqual(
      expected,
    );
  });
});

describe('What is chosen before the start', () => {
  const known: ChoiceFacts = {
    ...{ content: 'users', needLocation: 0, withNeither: 0, withoutLocation: 0 },
    customers: [
      { customerId: 'c1', ready: 5, withoutLicenses: 3 },
      { customerId: 'c2', ready: 5, withoutLicenses: 0 },
    ],
    left: [
      { customerId: 'c1', skuPartNumber: 'EMS', seats: 2 },
      { customerId: 'c1', skuPartNumber: 'E3', seats: 3 },
      { customerId: 'c2', skuPartNumber: 'P1', seats: 9 },
    ],
  };

  test.each<[string, Partial<ChoiceFacts>, Record<string, string>, [string, string][]]>([
    ['nothing', {}, {}, []],
    ['a location', { needLocation: 1 }, { usageLocation: ' fr ' }, []],
    [
      'no location where rows need one',
      { needLocation: 1 },
      {},
      [['usageLocation', 'location-needed-for-license']],
    ],
    [
      'no location for chosen licenses',
      { withNeither: 1 },
      { licenses: 'E3' },
      [['usageLocation', 'location-needed-for-license']],
    ],
    ['a location that is none', {}, { usageLocation: 'XX' }, [['usageLocation', 'unknown-location']]],
    ['a product with a seat for each row', {}, { licenses: 'e3' }, []],
    ['a product without a seat for each', {}, { licenses: 'EMS' }, [['licenses', 'no-seats']]],
    ['a product of another customer', {}, { licenses: 'P1' }, [['licenses', 'unknown-license']]],
    ['nothing for a list of names', { content: 'names' }, {}, [['assign', 'nothing-chosen']]],
    ['a product that not all have', { content: 'names' }, { assign: 'EMS' }, [['assign', 'unknown-license']]],
    [
      'the same to give and to take',
      { content: 'names', customers: [] },
      { assign: 'EMS', remove: 'ems' },
      [['remove', 'given-and-taken']],
    ],
    ['a product to take that is no longer there', { content: 'names' }, { remove: 'OLD' }, []],
    [
      'products for a licenses file, which names its own',
      { content: 'licenses' },
      { assign: 'X', licenses: 'Y' },
      [],
    ],
  ])('may be %s, or is refused', (_, changes, values, expected) => {
    const { faults } = checkImportChoices(values, { ...known, ...changes });

    expect(faults.map(({ field, reason }) => [field, reason])).toEqual(expected);
  });
});
