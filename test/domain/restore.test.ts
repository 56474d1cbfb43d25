import { decideSeats, domainToReturnTo, readRestoredName } from '../../src/domain/restore';
import { contoso } from '../support/sample-data';

describe('Former licenses', () => {
  test('come back in the order of the users, as far as seats are free', () => {
    const users = [{ licenses: ['E3', 'BI'] }, { licenses: ['E3'] }, { licenses: ['GONE'] }];
    const free = new Map(Object.entries({ E3: 1, BI: 5 }));

    expect(decideSeats(users, free)).toEqual([
      { back: ['E3', 'BI'], withoutSeat: [] },
      { back: [], withoutSeat: ['E3'] },
      { back: [], withoutSeat: ['GONE'] },
    ]);
  });
});

describe('The name of a restored user', () => {
  test('keeps its domain while that is the customer’s, and else gets the default one', () => {
    expect(domainToReturnTo(contoso, 'ann@Contoso-Shops.example')).toBe('Contoso-Shops.example');
    expect(domainToReturnTo(contoso, 'ann@sold.example')).toBe('contoso.example');
  });

  test.each([
    [undefined, 'ann@contoso.example', []],
    ['  ', 'ann@contoso.example', []],
    ['ben', 'ben@contoso.example', []],
    ['ben@contoso-shops.example', 'ben@contoso-shops.example', []],
    ['ben@evil.example', 'ben@evil.example', ['unknown-domain']],
    ['b n', 'b n@contoso.example', ['not-allowed-characters']],
    ['ben.', 'ben.@contoso.example', ['dot-before-at']],
  ])('typed as %j is %s', (typed, userPrincipalName, reasons) => {
    const read = readRestoredName(typed, 'ann@contoso.example', contoso);

    expect(read.userPrincipalName).toBe(userPrincipalName);
    expect(read.faults.map(({ field, reason }) => [field, reason])).toEqual(
      reasons.map((reason) => ['username', reason]),
    );
  });
});
