import type { ClientSession } from 'mongoose';
import { customerFingerprint, type Customer } from '../../domain/customer';
import { belowUse } from '../../domain/seat-lines';
import type { Directory, UpdateCustomerOutcome } from '../../ports/directory';
import { TakenBack, type Change } from '../../storage/changes';
import type { Accounts } from './accounts';
import { customerDocument, toCustomer } from './customers';

interface Deps {
  readonly accounts: Accounts;
  readonly change: Change;
}

type Seats = ReadonlyMap<string, number>;

/** Changes a customer, never below what its users have. */
export function createUpdateCustomer({ accounts, change }: Deps): Directory['updateCustomer'] {
  const { customers, subscriptions } = accounts;
  const taken = takenFrom(accounts);

  return (customer, seats, seen, effect) =>
    change<UpdateCustomerOutcome>(customer.id, effect.id, async (session) => {
      const customerId = customer.id;
      const row = await customers.findById(customerId, {}, { session }).lean();
      if (!row) throw new TakenBack({ kind: 'missing' });
      const current = toCustomer(row);
      const products = await subscriptions.find({ customerId }, {}, { session }).lean();
      if (customerFingerprint(current, products) !== seen) throw new TakenBack({ kind: 'changed-meanwhile' });
      const elsewhere = await taken.byOthers(customer, session);
      if (elsewhere.length > 0) throw new TakenBack({ kind: 'domain-taken', domains: elsewhere });
      const inUse = await taken.fromUsers(current, customer, session);
      if (inUse.length > 0) throw new TakenBack({ kind: 'domain-in-use', domains: inUse });
      const short = belowUse(products, seats);
      if (short.length > 0) {
        const used = short.map(({ skuPartNumber, total, consumed }) => ({ skuPartNumber, total, consumed }));
        throw new TakenBack({ kind: 'seats-in-use', subscriptions: used });
      }

      const { _id, ...document } = customerDocument(customer);
      await customers.updateOne({ _id }, { $set: document }, { session });
      await writeSeats(accounts, customerId, seats, session);
      return { outcome: { kind: 'updated' }, effect };
    });
}

/** Domains that cannot be a customer's, or cannot be taken from it. */
function takenFrom({ customers, users }: Accounts) {
  return {
    async byOthers({ id, domains }: Customer, session: ClientSession): Promise<string[]> {
      const others = { _id: { $ne: id }, domains: { $in: [...domains] } };
      const found = await customers.find(others, { domains: 1 }, { session }).lean();
      const theirs = new Set(found.flatMap((other) => other.domains));
      return domains.filter((domain) => theirs.has(domain));
    },

    async fromUsers(current: Customer, customer: Customer, session: ClientSession): Promise<string[]> {
      const inUse: string[] = [];
      for (const domain of current.domains.filter((one) => !customer.domains.includes(one))) {
        const upnLower = { $regex: `@${domain.replace(/\W/g, '\\$&')}$` };
        // Reads the names in the index, and no user but the first that is found.
        const found = await users
          .findOne({ customerId: customer.id, state: 'active', upnLower }, { _id: 1 }, { session })
          .hint('upn_of_active_users')
          .lean();
        if (found) inUse.push(domain);
      }
      return inUse;
    },
  };
}

async function writeSeats(
  { subscriptions }: Pick<Accounts, 'subscriptions'>,
  customerId: string,
  seats: Seats,
  session: ClientSession,
): Promise<void> {
  await subscriptions.deleteMany({ customerId, skuPartNumber: { $nin: [...seats.keys()] } }, { session });
  const changes = [...seats].map(([skuPartNumber, total]) => ({
    updateOne: {
      filter: { customerId, skuPartNumber },
      update: { $set: { total }, $setOnInsert: { consumed: 0 } },
      upsert: true,
    },
  }));
  if (changes.length > 0) await subscriptions.bulkWrite(changes, { session });
}
