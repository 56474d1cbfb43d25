import type { Connection } from 'mongoose';
import { userDocument } from '../../../src/directory/mongo/users';
import { restoreByOf } from '../../../src/domain/retention';
import type { ActiveUser } from '../../../src/domain/user';
import type { NewUser } from '../../../src/ports/directory';

/** Who works for a customer before the operator's day begins. */
export interface Staff {
  readonly domain: string;
  readonly location: string;
  readonly names: readonly string[];
  /** Products with how many of the first users have one. */
  readonly licenses: Readonly<Record<string, number>>;
  /** Deleted users, with how many days ago that was. */
  readonly deleted: Readonly<Record<string, number>>;
}

const day = 24 * 60 * 60 * 1000;

/** Stores them as the directory does, with the seats that they take, in the place of those of the demo. */
export async function storeStaff(connection: Connection, staff: Staff, now: Date): Promise<void> {
  const { domain, names, licenses, deleted } = staff;
  const customer = await connection.collection('customers').findOne({ defaultDomain: domain });
  if (!customer) throw new Error(`There is no customer with the domain ${domain}.`);
  const customerId = String(customer._id);
  const person = (name: string, place: number): NewUser => ({
    ...newPerson(name, { ...staff, createdAt: new Date(now.getTime() - 200 * day) }),
    id: `${domain}-${place}`,
    customerId,
    licenses: Object.keys(licenses).filter((sku) => place < (licenses[sku] ?? 0)),
    accountEnabled: place !== 5,
    roles: place === 2 ? ['User Administrator'] : [],
  });
  const gone = Object.entries(deleted).map(([name, daysAgo], place) => {
    const deletedAt = new Date(now.getTime() - daysAgo * day);
    const user = userDocument(person(name, 500 + place));
    const restoreBy = restoreByOf(deletedAt);
    const deletion = `${domain}-${daysAgo}`;
    return { ...user, state: 'deleted' as const, deletedAt, deletedBy: 'web:alice', restoreBy, deletion };
  });
  const users = names.map((name, place) => userDocument(person(name, place)));
  await connection.collection('users').deleteMany({ customerId });
  await connection.collection('reminderSubscriptions').deleteMany({});
  await connection.collection<{ _id: string }>('users').insertMany([...users, ...gone]);
  for (const [skuPartNumber, consumed] of Object.entries(licenses))
    await connection
      .collection('subscriptions')
      .updateOne({ customerId, skuPartNumber }, { $set: { consumed } });
}

/** One of the links of the customer that nobody has opened was made four days ago. */
export async function ageLink(connection: Connection, { domain }: Staff): Promise<void> {
  const customer = await connection.collection('customers').findOne({ defaultDomain: domain });
  const waiting = { customerId: String(customer?._id), state: 'waiting', 'userIds.0': { $exists: true } };
  const ago = (field: string) => ({ $subtract: [`$${field}`, 4 * day] });
  const older = [{ $set: { createdAt: ago('createdAt'), expiresAt: ago('expiresAt') } }];
  const aged = await connection.collection('secrets').findOneAndUpdate(waiting, older);
  if (!aged) throw new Error(`Every link of ${domain} was opened.`);
}

type Person = Omit<ActiveUser, 'id' | 'customerId' | 'licenses' | 'accountEnabled' | 'roles'>;

function newPerson(
  name: string,
  { domain, location, createdAt }: Pick<Staff, 'domain' | 'location'> & { createdAt: Date },
): Person & Pick<NewUser, 'password'> {
  const [givenName = '', ...surname] = name.split(' ');
  return {
    displayName: name,
    givenName,
    surname: surname.join(' '),
    userPrincipalName: `${localPart(name)}@${domain}`,
    usageLocation: location,
    jobTitle: '',
    department: '',
    createdAt,
    password: { salt: '', hash: '' },
  };
}

/** `helene.morel` for `Hélène Morel`. */
export function localPart(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '.');
}
