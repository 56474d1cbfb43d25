import { checkCustomer, customerFingerprint } from '../../src/domain/customer';
import { belowUse, seatLines } from '../../src/domain/seat-lines';

const contoso = { name: 'Contoso', defaultDomain: 'contoso.example' };

function draftOf(values: Record<string, string>) {
  const checked = checkCustomer({ ...contoso, ...values });
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  return checked.draft;
}

function faultsOf(values: Record<string, string>) {
  const checked = checkCustomer({ ...contoso, ...values });
  return checked.ok ? [] : checked.faults;
}

describe('a new customer', () => {
  test('has its default domain among its domains without being told', () => {
    expect(draftOf({ domains: 'sales.contoso.example' })).toMatchObject({
      defaultDomain: 'contoso.example',
      domains: ['contoso.example', 'sales.contoso.example'],
    });
  });

  test.each([
    'a.example,b.example',
    'a.example b.example',
    ' a.example\r\n\r\nb.example ',
    'A.EXAMPLE; b.Example, a.example, contoso.example',
  ])('may have its domains written as %j', (domains) => {
    expect(draftOf({ domains }).domains).toEqual(['contoso.example', 'a.example', 'b.example']);
  });

  test.each(['ENTERPRISEPACK=25\nEMS=0', 'ENTERPRISEPACK = 25\r\nEMS= 0\r\n', ' ENTERPRISEPACK=25 , EMS=0;'])(
    'may have its seats written as %j',
    (subscriptions) => {
      expect([...draftOf({ subscriptions }).seats]).toEqual([
        ['ENTERPRISEPACK', 25],
        ['EMS', 0],
      ]);
    },
  );

  test('may have neither further domains nor products', () => {
    expect(draftOf({})).toEqual({ ...contoso, domains: ['contoso.example'], seats: new Map() });
  });

  test.each([
    ['localhost'],
    ['-a.example'],
    ['a-.example'],
    ['a..example'],
    ['.example'],
    ['a.example.'],
    ['bücher.example'],
    ['a_b.example'],
    ['10.0.0.1'],
    ['http://a.example'],
    ['ann@a.example'],
    [`${'a'.repeat(64)}.example`],
    [`${'a'.repeat(41)}.example`],
  ])('cannot have %p as a domain', (domain) => {
    expect(faultsOf({ domains: domain })).toEqual([
      { field: 'domains', reason: 'not-a-domain', names: [domain] },
    ]);
    expect(faultsOf({ defaultDomain: domain })).toEqual([
      { field: 'defaultDomain', reason: 'not-a-domain', names: [domain] },
    ]);
  });

  test.each([['a.example'], ['xn--bcher-kva.example'], ['1.example'], [`${'a'.repeat(40)}.example`]])(
    'can have %p as a domain',
    (domain) => {
      expect(draftOf({ domains: domain }).domains).toContain(domain);
    },
  );

  test.each([
    ['EMS', [{ field: 'subscriptions', reason: 'not-a-seat-line', names: ['EMS'] }]],
    ['EMS=-1', [{ field: 'subscriptions', reason: 'not-a-seat-line', names: ['EMS=-1'] }]],
    ['EMS=1.5', [{ field: 'subscriptions', reason: 'not-a-seat-line', names: ['EMS=1.5'] }]],
    ['=5', [{ field: 'subscriptions', reason: 'not-a-seat-line', names: ['=5'] }]],
    ['$where=5', [{ field: 'subscriptions', reason: 'not-a-seat-line', names: ['$where=5'] }]],
    ['EMS=1\nEMS=2', [{ field: 'subscriptions', reason: 'listed-twice', names: ['EMS'] }]],
    [
      'EMS=10000001',
      [{ field: 'subscriptions', reason: 'too-many-seats', names: ['EMS'], limit: 10_000_000 }],
    ],
    [
      `EMS=${'9'.repeat(400)}`,
      [{ field: 'subscriptions', reason: 'too-many-seats', names: ['EMS'], limit: 10_000_000 }],
    ],
  ])('with the seats %j is refused: %j', (subscriptions, expected) => {
    expect(faultsOf({ subscriptions })).toEqual(expected);
  });

  test('is told of all faults at once, in the order of the form', () => {
    const faults = faultsOf({ name: ' ', defaultDomain: 'x', domains: 'y', subscriptions: 'z' });
    expect(faults.map(({ field }) => field)).toEqual(['name', 'defaultDomain', 'domains', 'subscriptions']);
  });

  test.each([
    [{ name: 'x'.repeat(257) }, [{ field: 'name', reason: 'too-long', limit: 256 }]],
    [{ name: 'a\u202eb' }, [{ field: 'name', reason: 'control-characters' }]],
    [{ defaultDomain: '' }, [{ field: 'defaultDomain', reason: 'required' }]],
  ])('typed with %j is refused: %j', (typed, expected) => {
    expect(faultsOf(typed as unknown as Record<string, string>)).toEqual(expected);
  });

  test('cannot bring thousands of domains or products', () => {
    const many = Array.from({ length: 501 }, (_, index) => index);
    expect(faultsOf({ domains: many.map((index) => `d${index}.example`).join() })).toEqual([
      { field: 'domains', reason: 'too-many', limit: 500 },
    ]);
    expect(faultsOf({ subscriptions: many.map((index) => `S${index}=1`).join('\n') })).toEqual([
      { field: 'subscriptions', reason: 'too-many', limit: 500 },
    ]);
  });
});

describe('a customer that is changed', () => {
  const subscriptions = [
    { skuPartNumber: 'EMS', total: 10, consumed: 4 },
    { skuPartNumber: 'E5', total: 0, consumed: 0 },
    { skuPartNumber: 'OVERDRAWN', total: 2, consumed: 3 },
  ];
  const total = Object.fromEntries(subscriptions.map((one) => [one.skuPartNumber, one.total]));
  const short = (seats: Record<string, number>) =>
    belowUse(subscriptions, new Map(Object.entries(seats))).map(({ skuPartNumber }) => skuPartNumber);

  test('shows its seats as they are typed', () => {
    expect([...draftOf({ subscriptions: seatLines(subscriptions) }).seats]).toEqual(Object.entries(total));
    expect(seatLines([])).toBe('');
  });

  test.each([
    [{}, []],
    [{ EMS: 4, OVERDRAWN: 3 }, []],
    [{ EMS: 3 }, ['EMS']],
    [{ OVERDRAWN: 1 }, ['OVERDRAWN']],
    [{ EMS: 0, E5: 0, OVERDRAWN: 0 }, ['EMS', 'OVERDRAWN']],
  ])('with the totals %j has too few seats of %j', (changes, expected) => {
    expect(short({ ...total, ...changes })).toEqual(expected);
  });

  test('keeps the products that are used', () => {
    expect(short({})).toEqual(['EMS', 'OVERDRAWN']);
  });

  test('is told from what was seen by its name, domains and totals, in any order, and not by used seats', () => {
    const customer = { id: 'c1', ...contoso, domains: ['contoso.example', 'a.example'] };
    const seen = customerFingerprint(customer, subscriptions);
    const used = subscriptions.map((one) => ({ ...one, consumed: 1 }));
    const same = { ...customer, domains: ['a.example', 'contoso.example'] };
    expect(customerFingerprint(same, [...used].reverse())).toBe(seen);
    const others = [
      customerFingerprint({ ...customer, name: 'Other' }, subscriptions),
      customerFingerprint({ ...customer, defaultDomain: 'a.example' }, subscriptions),
      customerFingerprint({ ...customer, domains: ['contoso.example'] }, subscriptions),
      customerFingerprint(customer, subscriptions.slice(1)),
      customerFingerprint(customer, [
        { skuPartNumber: 'EMS', total: 11, consumed: 4 },
        ...subscriptions.slice(1),
      ]),
    ];
    expect(new Set([seen, ...others]).size).toBe(6);
  });
});
