import type { ClientSession, Connection } from 'mongoose';
import type {
  CreateCustomerOutcome,
  CreateUserOutcome,
  Directory,
  Effect,
  Repeated,
  SetPasswordsOutcome,
} from '../../ports/directory';
import { isDuplicateOf } from '../../storage/duplicate-key';
import type { Records } from '../../storage/records';
import { answered } from '../../storage/away';
import { storeEffect } from '../../storage/store-effect';
import { inTransaction } from '../../storage/transaction';
import { createTurns } from '../../storage/turns';
import type { Accounts } from './accounts';
import { customerDocument, searchCustomers, toCustomer } from './customers';
import { toUser, userDocument } from './users';

/** Thrown inside a transaction to take everything back; the outcome is what the caller is told. */
class TakenBack<Outcome> extends Error {
  constructor(readonly outcome: Outcome) {
    super('Taken back.');
  }
}

interface Deps {
  readonly connection: Connection;
  readonly accounts: Accounts;
  readonly records: Records;
}

/** The accounts in MongoDB: each change, its audit entry and its hand-over in one transaction. */
export function createMongoDirectory({ connection, accounts, records }: Deps): Directory {
  const { customers, subscriptions, users } = accounts;
  const inTurn = createTurns();

  /**
   * Makes a change and stores its effect, all or nothing. What refuses a form sent again is its own first effect.
   * The change goes first: where many compete for one seat, the losers have then written nothing to take back.
   */
  const change = <Outcome extends { kind: string }>(
    customerId: string,
    effect: Effect,
    work: (session: ClientSession) => Promise<Outcome>,
    refused: (error: unknown) => Outcome | null = () => null,
  ): Promise<Outcome | Repeated> =>
    answered('write', async () => {
      try {
        return await inTurn(customerId, () =>
          inTransaction(connection, async (session) => {
            const outcome = await work(session);
            await storeEffect(records, effect, session);
            return outcome;
          }),
        );
      } catch (error) {
        const outcome = error instanceof TakenBack ? (error.outcome as Outcome) : refused(error);
        if (!outcome && !isDuplicateOf(error, '_id')) throw error;
        const first = await records.effects.findById(effect.id).lean();
        if (first) return { kind: 'repeated', result: Object.fromEntries(Object.entries(first.result)) };
        if (outcome) return outcome;
        throw error;
      }
    });

  /** Takes a seat of each product by a conditional update that can never oversell; answers those without one. */
  const takeSeats = async (
    customerId: string,
    skus: readonly string[],
    session: ClientSession,
  ): Promise<string[]> => {
    const without: string[] = [];
    for (const skuPartNumber of skus) {
      const free = { customerId, skuPartNumber, $expr: { $lt: ['$consumed', '$total'] } };
      const { modifiedCount } = await subscriptions.updateOne(free, { $inc: { consumed: 1 } }, { session });
      if (modifiedCount === 0) without.push(skuPartNumber);
    }
    return without;
  };

  return {
    findCustomer: (customerId) =>
      answered('read', async () => {
        const found = await customers.findById(customerId).lean();
        return found && toCustomer(found);
      }),

    searchCustomers: (query) => answered('read', () => searchCustomers(customers, query)),

    createCustomer: (customer, seats, effect) =>
      change<CreateCustomerOutcome>(
        customer.id,
        effect,
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
          if (rows.length > 0) await subscriptions.create(rows, { session, ordered: true });
          return { kind: 'created' };
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
        effect,
        async (session) => {
          const skuPartNumbers = await takeSeats(user.customerId, user.licenses, session);
          if (skuPartNumbers.length > 0) throw new TakenBack({ kind: 'no-seats', skuPartNumbers });
          await users.create([userDocument(user)], { session });
          return { kind: 'created' };
        },
        (error) => (isDuplicateOf(error, 'upnLower') ? { kind: 'user-principal-name-taken' } : null),
      ),

    setPasswords: (customerId, passwords, effect) =>
      change<SetPasswordsOutcome>(customerId, effect, async (session) => {
        const passwordSetAt = effect.handOver?.createdAt;
        if (!passwordSetAt) throw new Error('A new password needs a hand-over.');
        const missing: string[] = [];
        for (const [userId, password] of passwords) {
          const own = { _id: userId, customerId, state: 'active' } as const;
          const set = { $set: { password, passwordSetAt, mustChangePassword: true } };
          const { matchedCount } = await users.updateOne(own, set, { session });
          if (matchedCount === 0) missing.push(userId);
        }
        if (missing.length > 0) throw new TakenBack({ kind: 'missing', userIds: missing });
        return { kind: 'set' };
      }),
  };
}
