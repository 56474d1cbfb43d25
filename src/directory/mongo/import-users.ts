import type { ClientSession } from 'mongoose';
import { decideUsers, withinCustomer, type BatchFacts } from '../../domain/import-batch';
import { upnKey } from '../../domain/upn';
import type { Entropy } from '../../domain/entropy';
import type { PasswordDigest } from '../../domain/password';
import type { AuditEntry } from '../../ports/audit';
import type { ImportAccounts, UserBatch, UserToCreate } from '../../ports/import-store';
import { createRunBatch, type BatchDone, type ImportDeps } from './import-batch';
import { freeSeatsOf } from './import-seats';
import { userDocument } from './users';

/** Documents of one command. */
const partSize = 500;
const noFacts: BatchFacts = { domains: new Map(), taken: new Set(), free: null };

/** Creates the users of a part of a file. A row is done whole or not at all. */
export function createImportUsers(deps: ImportDeps): ImportAccounts['createUsers'] {
  const { entropy } = deps;
  const run = createRunBatch(deps);

  const create = async (batch: UserBatch, session: ClientSession, again: boolean): Promise<BatchDone> => {
    const rows = batch.users;
    const facts = rows.length > 0 ? await factsOf(rows, deps, session, again) : noFacts;
    const verdicts = decideUsers(rows, facts);
    const chosen = rows.filter((_, place) => verdicts[place]?.kind === 'create');
    const seats = chosen.flatMap(({ customerId, user }) =>
      user.licenses.map((skuPartNumber) => ({ customerId, skuPartNumber, by: 1 })),
    );
    const refused = rows.flatMap(({ line, user: { userPrincipalName } }, place) => {
      const verdict = verdicts[place];
      return verdict && verdict.kind !== 'create' ? [{ line, userPrincipalName, ...verdict }] : [];
    });
    const password = digestOfNothing(entropy);
    return {
      ...{ created: chosen.length, refused, seats },
      users: inParts(chosen, (row) => importedDocument(row, batch, password)),
      audit: inParts(chosen, (row) => entryOf(row, batch)),
      letters: chosen.flatMap(({ letter }) => letter ?? []),
    };
  };

  return (batch) => run(batch, (session, again) => create(batch, session, again));
}

function* inParts<T, Made>(all: readonly T[], make: (one: T) => Made): Generator<readonly Made[]> {
  for (let from = 0; from < all.length; from += partSize) yield all.slice(from, from + partSize).map(make);
}

/** Of a password that nobody knows, until the sheet is made. */
function digestOfNothing(entropy: Entropy): PasswordDigest {
  return { salt: entropy.bytes(16).toString('base64'), hash: entropy.bytes(32).toString('base64') };
}

function importedDocument(
  { id, customerId, line, user, letter }: UserToCreate,
  { at, importId }: UserBatch,
  password: PasswordDigest,
) {
  const document = userDocument({ id, customerId, createdAt: at, password, ...user });
  // Whoever gets a letter is on no sheet.
  return letter
    ? { importId, importLine: line, lettered: true, ...document }
    : { importId, importLine: line, sheet: '', ...document };
}

function entryOf({ id, customerId, user }: UserToCreate, { at, operator, importId }: UserBatch): AuditEntry {
  return {
    at,
    operator,
    action: 'create_customer_user',
    customerId,
    target: user.userPrincipalName,
    userId: id,
    outcome: 'success',
    details: { after: { importId, ...user } },
  };
}

/**
 * Domains, names that are taken and free seats, as the transaction sees them. Names and seats were looked up when the
 * file was checked: they are `again` only where one has turned out to be taken since.
 */
async function factsOf(
  rows: readonly UserToCreate[],
  { accounts: { customers, users, subscriptions } }: Pick<ImportDeps, 'accounts'>,
  session: ClientSession,
  again: boolean,
): Promise<BatchFacts> {
  const byCustomer = new Map<string, string[]>();
  for (const { customerId, user } of rows) {
    const names = byCustomer.get(customerId) ?? [];
    names.push(upnKey(user.userPrincipalName));
    byCustomer.set(customerId, names);
  }
  const ids = [...byCustomer.keys()];
  const found = await customers.find({ _id: { $in: ids } }, { domains: 1 }, { session }).lean();
  const taken = new Set<string>();
  for (const [customerId, names] of again ? byCustomer : []) {
    const named = { customerId, state: 'active' as const, upnLower: { $in: names } };
    const there = await users.find(named, { _id: 0, upnLower: 1 }, { session }).lean();
    for (const { upnLower } of there) taken.add(withinCustomer(customerId, upnLower));
  }
  return {
    domains: new Map(found.map(({ _id, domains }) => [_id, domains])),
    taken,
    free: again ? await freeSeatsOf(subscriptions, ids, session) : null,
  };
}
