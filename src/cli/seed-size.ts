import { parseArgs } from 'node:util';
import { mostSeedCustomers, type SeedSize } from '../directory/mongo/seed';

const usage = 'npm run seed -- --users 1000000 [--customers 10000] [--deleted 2%]';
const usersEach = 100;
const mostUsers = 10_000_000;

/** What stood behind the command; throws for what cannot be meant, and says how it is used. */
export function readSize(args: readonly string[]): SeedSize {
  const { values } = parseArgs({
    args: [...args],
    options: { users: { type: 'string' }, customers: { type: 'string' }, deleted: { type: 'string' } },
  });
  const users = wholeNumber('users', values.users, mostUsers);
  const customers =
    values.customers === undefined
      ? Math.min(mostSeedCustomers, Math.ceil(users / usersEach))
      : wholeNumber('customers', values.customers, mostSeedCustomers);
  return { users, customers, deleted: share(values.deleted ?? '2%') };
}

function wholeNumber(name: string, typed: string | undefined, most: number): number {
  const number = Number(typed);
  if (/^\d+$/.test(typed ?? '') && number >= 1 && number <= most) return number;
  throw new Error(`--${name} must be a number from 1 to ${most}: ${usage}`);
}

function share(typed: string): number {
  const percent = Number(/^(\d+(?:\.\d+)?)%$/.exec(typed)?.[1] ?? NaN);
  if (percent >= 0 && percent <= 100) return percent / 100;
  throw new Error(`--deleted must be a share, as in 2%: ${usage}`);
}
