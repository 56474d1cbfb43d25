import { userDocument } from '../../src/directory/mongo/users';
import type { ActiveUser } from '../../src/domain/user';
import type { TestHouse } from './house';

/** Users of the same customer, stored as the directory does, many at once; what is not told is the same for all. */
export async function storeUsers(
  world: TestHouse,
  customerId: string,
  users: readonly Partial<ActiveUser>[],
): Promise<readonly ActiveUser[]> {
  const stored = users.map((user, place) => ({ ...usual(customerId, place), ...user }));
  const password = { salt: '', hash: '' };
  const rows = stored.map((user) => userDocument({ ...user, password }));
  if (rows.length > 0)
    await world.database.connection.collection<{ _id: string }>('users').insertMany(rows, { ordered: false });
  return stored;
}

function usual(customerId: string, place: number): ActiveUser {
  const number = String(place).padStart(5, '0');
  return {
    id: `${customerId.slice(0, 19)}${number}`,
    customerId,
    userPrincipalName: `user${number}@contoso.example`,
    displayName: `User ${number}`,
    givenName: '',
    surname: '',
    usageLocation: 'DE',
    jobTitle: '',
    department: '',
    roles: [],
    licenses: ['ENTERPRISEPACK'],
    accountEnabled: true,
    createdAt: new Date('2026-11-01T08:00:00Z'),
  };
}
