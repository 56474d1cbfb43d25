import { randomBytes, randomInt } from 'node:crypto';
import { accountsOf } from '../src/directory/mongo/accounts';
import { seed, type SeedSize } from '../src/directory/mongo/seed';
import { connect } from '../src/storage/connection';
import { createMongoConversations } from '../src/storage/conversations';
import { createIndexes, recordsOf } from '../src/storage/records';
import { conversationOf, people, personOf } from './messages';
import { slackChannelOf, slackPersonOf } from './subjects';

export interface Filled {
  /** The customer with a fiftieth of all users. */
  readonly largest: string;
  /** A customer like most. */
  readonly usual: string;
}

/** Made-up customers and users; each who will write has picked a customer like most. */
export async function fillUsers(uri: string, size: SeedSize): Promise<Filled> {
  const database = await connect({ uri });
  const { connection } = database;
  const entropy = { bytes: randomBytes, int: (below: number) => randomInt(below) };
  const [accounts, records] = [accountsOf(connection), recordsOf(connection)];
  await createIndexes(connection);
  await seed(size, new Date(), { accounts, entropy, onProgress: () => undefined });
  const [first, ...others] = await accounts.customers
    .find({}, { _id: 1 })
    .sort({ defaultDomain: 1 })
    .limit(people + 1)
    .lean();
  const usual = others.at(-1) ?? first;
  if (!first || !usual) throw new Error('No customer was made.');
  const { chooseCustomer } = createMongoConversations(records);
  for (let person = 0; person < people; person += 1) {
    const { _id } = others[person % others.length] ?? usual;
    const choose = (operator: string, conversation: string) =>
      chooseCustomer(operator, conversation, _id, new Date());
    await choose(`teams:${personOf(person)}`, `teams:${conversationOf(person)}`);
    await choose(`slack:${slackPersonOf(person)}`, `slack:${slackChannelOf(person)}`);
  }
  await database.close();
  return { largest: first._id, usual: usual._id };
}
