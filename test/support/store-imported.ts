import { userDocument } from '../../src/directory/mongo/users';
import type { ActiveUser } from '../../src/domain/user';
import { newUser } from './directory';
import type { ImportWorld } from './imports';

/** Users of the customer as the directory stores them, with their seats taken. */
export async function storeUsers(world: ImportWorld, users: readonly Partial<ActiveUser>[]): Promise<void> {
  const customerId = world.customer.id;
  const stored = users.map((user) => userDocument(newUser({ customerId, ...user })));
  await world.database.connection.collection<{ _id: string }>('users').insertMany(stored);
  for (const skuPartNumber of stored.flatMap(({ licenses }) => licenses))
    await world.models.subscriptions.updateOne({ customerId, skuPartNumber }, { $inc: { consumed: 1 } });
}
