import type { Connection } from 'mongoose';
import type { Entropy } from '../../domain/entropy';
import { newId } from '../../domain/id';
import { daysKept } from '../../domain/retention';
import type { Accounts } from './accounts';
import { userDocument } from './users';

const day = 24 * 60 * 60 * 1000;

/** Somebody whom the demo's customers have lost, and for how many days more they can be restored. */
const lost = [
  { displayName: 'Lena Vogel', name: 'lena.vogel', left: 1, jobTitle: 'Baker', licenses: ['ENTERPRISEPACK'] },
  {
    displayName: 'Omar Haddad',
    name: 'omar.haddad',
    left: 3,
    jobTitle: 'Shop manager',
    licenses: ['ENTERPRISEPACK', 'POWER_BI_PRO'],
  },
  { displayName: 'Ruth Adler', name: 'ruth.adler', left: 20, jobTitle: 'Driver', licenses: [] },
] as const;

/** Whether the demo has never written anything here. */
export async function isFirstDemo(connection: Connection): Promise<boolean> {
  return (await connection.collection('customers').findOne({}, { projection: { _id: 1 } })) === null;
}

/** Deleted users of the demo's first customer, so that its chats have somebody to be reminded of. */
export async function writeDemoDeletions(
  now: Date,
  { accounts, entropy }: { readonly accounts: Accounts; readonly entropy: Entropy },
): Promise<void> {
  const defaultDomain = 'contoso.example';
  const customer = await accounts.customers.findOne({ defaultDomain }, { _id: 1 }).lean();
  if (!customer) return;
  const rows = lost.map(({ displayName, name, left, jobTitle, licenses }) => {
    const restoreBy = new Date(now.getTime() + left * day);
    const deletedAt = new Date(restoreBy.getTime() - daysKept * day);
    const [givenName = '', surname = ''] = displayName.split(' ');
    const user = userDocument({
      ...{ id: newId(entropy, now), customerId: customer._id, displayName, givenName, surname, jobTitle },
      ...{ userPrincipalName: `${name}@${defaultDomain}`, usageLocation: 'DE', department: '', roles: [] },
      ...{ licenses, accountEnabled: true, createdAt: new Date(deletedAt.getTime() - 90 * day) },
      // Nothing that anybody typed has this digest: a restored user gets a password by a reset.
      password: { salt: '', hash: '' },
    });
    const deletion = newId(entropy, now);
    return { ...user, state: 'deleted' as const, deletedAt, deletedBy: 'web:alice', restoreBy, deletion };
  });
  await accounts.users.collection.insertMany(rows as never[]);
}
