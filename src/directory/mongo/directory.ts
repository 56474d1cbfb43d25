import type { Connection } from 'mongoose';
import type {
  CreateCustomerOutcome,
  CreateUserOutcome,
  Directory,
  SetPasswordsOutcome,
} from '../../ports/directory';
import { answered } from '../../storage/away';
import { createChange, TakenBack } from '../../storage/changes';
import { isDuplicateOf } from '../../storage/duplicate-key';
import type { Records } from '../../storage/records';
import type { Accounts } from './accounts';
import { createActiveUsers } from './active-users';
import { customerDocument, searchCustomers, toCustomer } from './customers';
import { createDeletedUsers } from './deleted-users';
import { takeSeats } from './seats';
import { createUpdateCustomer } from './update-customer';
import { toUser, userDocument } from './users';

interface Deps {
  readonly connection: Connection;
  readonly accounts: Accounts;
  readonly records: Records;
}

/** The accounts in MongoDB: each change, its audit entry and its hand-over in one transaction. */
export function createMongoDirectory({ connection, accounts, records }: Deps): Directory {
  const { customers, subscriptions, users } = accounts;
  const change = createChange({ connection, records });

  return {
    ...createActiveUsers({ accounts, change }),
    ...createDeletedUsers({ connection, accounts, records, change }),
    updateCustomer: createUpdateCustomer({ accounts, change }),

    findCustomer: (customerId) =>
      answered('read', async () => {
        const found = await customers.findById(customerId).lean();
        return found && toCustomer(found);
      }),

    searchCustomers: (query) => answered('read', () => searchCustomers(customers, query)),

    createCustomer: (customer, seats, effect) =>
      change<CreateCustomerOutcome>(
        customer.id,
        effect.id,
        async (session) => {
          const taken = await customers
            .find({ domains: { $in: [...customer.domains] } }, { domains: 1 }, { session })
            .lean();
          const domains = taken
            .flatMap((other) => other.domains)
            .filter((domain) => customer.domains.includes(domain));
          if (domains.length > 0) throw new TakenBack({ kind: 'domain-taken', domains });
          await customers.create([customerDocument(customer)], { session });
          const rows = [...seats].map(([skuPartNumber, total]) => ({
            customerId: customer.id,
            skuPartNumber,
            total,
          }));
          if (rows.length > 0) await subscriptions.insertMany(rows, { session });
          return { outcome: { kind: 'created' }, effect };
        },
        (error) =>
          isDuplicateOf(error, 'domains') ? { kind: 'domain-taken', domains: customer.domains } : null,
      ),

    listSubscriptions: (customerId) =>
      answered('read', async () => {
        const found = await subscriptions.find({ customerId }).sort({ skuPartNumber: 1 }).lean();
        return found.map(({ skuPartNumber, total, consumed }) => ({ skuPartNumber, total, consumed }));
      }),

    findUsers: (customerId, userIds) =>
      answered('read', async () => {
        const found = await users.find({ _id: { $in: [...userIds] }, customerId, state: 'active' }).lean();
        return found.map(toUser).sort((a, b) => userIds.indexOf(a.id) - userIds.indexOf(b.id));
      }),

    createUser: (user, effect) =>
      change<CreateUserOutcome>(
        user.customerId,
        effect.id,
        async (session) => {
          const skuPartNumbers = await takeSeats(subscriptions, user.customerId, user.licenses, session);
          if (skuPartNumbers.length > 0) throw new TakenBack({ kind: 'no-seats', skuPartNumbers });
          await users.create([userDocument(user)], { session });
          return { outcome: { kind: 'created' }, effect };
        },
        (error) => (isDuplicateOf(error, 'upnLower') ? { kind: 'user-principal-name-taken' } : null),
      ),

    setPasswords: (customerId, passwords, effect) =>
      change<SetPasswordsOutcome>(customerId, effect.id, async (session) => {
        const passwordSetAt = effect.handOver?.createdAt;
        if (!passwordSetAt) throw new Error('A new password needs a hand-over.');
        const missing: string[] = [];
        for (const [userId, password] of passwords) {
          const own = { _id: userId, customerId, state: 'active' } as const;
          const set = {
            $set: { password, passwordSetAt, mustChangePassword: true },
            // The sheet of an import shows this user's former password no longer.
            $unset: { sheet: 1 },
          } as const;
          const { matchedCount } = await users.updateOne(own, set, { session });
          if (matchedCount === 0) missing.push(userId);
        }
        if (missing.length > 0) throw new TakenBack({ kind: 'missing', userIds: missing });
        return { outcome: { kind: 'set' }, effect };
      }),
  };
}
