import type { Account } from '../../src/domain/hand-over';

export function account(changes: Partial<Account> = {}): Account {
  return {
    displayName: 'Zoé Martin',
    userPrincipalName: 'zoe.martin@fabrikam.example',
    password: 'JvFm-4Cd3-aPEU-hybp',
    ...changes,
  };
}

/** As many accounts as asked for, each with a name and a password of its own. */
export function accounts(count: number): Account[] {
  return Array.from({ length: count }, (_, place) => {
    const number = String(place + 1).padStart(2, '0');
    return account({
      displayName: `Person ${number}`,
      userPrincipalName: `person.${number}@fabrikam.example`,
      password: `JvFm-4Cd3-aPEU-hy${number}`,
    });
  });
}
