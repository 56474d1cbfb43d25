import type { ClientSession } from 'mongoose';
import { decideUsers, withinCustomer, type BatchFacts } from '../../domain/import-batch';
import { upnKey } from '../../domain/upn';
import type { AuditEntry } from '../../ports/audit';
import type { ImportAccounts, UserBatch, UserToCreate } from '../../ports/import-store';
import { createRunBatch, type BatchDone, type ImportDeps } from './import-batch';
import { freeSeatsOf } from './import-seats';
import { userDocument } from './users';

/** Creates the users of a part of a file. A row is done whole or not at all. */
export function createImportUsers(deps: ImportDeps): ImportAccounts['createUsers'] {
  const { accounts, entropy } = deps;
  const { users } = accounts;
  const run = createRunBatch(deps);

  const create = async (batch: UserBatch, session: ClientSession): Promise<BatchDone> => {
    const rows = batch.users;
    if (rows.length === 0) return { created: 0, refused: [], audit: [], seats: [], letters: [] };
    const verdicts = decideUsers(rows, await factsOf(rows, deps, session));
    const chosen = rows.filter((_, place) => verdicts[place]?.kind === 'create');
    const seats = chosen.flatMap(({ customerId, user }) =>
      user.licenses.map((skuPartNumber) => ({ customerId, skuPartNumber, by: 1 })),
    );
    const documents = chosen.map((row) => {
      // Of a password that nobody knows, until the sheet is made.
      const chance = entropy.bytes(48);
      const password = {
        salt: chance.toString('base64', 0, 16),
        hash: chance.toString('base64', 16),
      };
      return importedDocument(row, batch, password);
    });
    if (documents.length > 0) await users.collection.insertMany(documents as never[], { session });
    const refused = rows.flatMap(({ line }, place) => {
      const verdict = verdicts[place];
      return verdict && verdict.kind !== 'create' ? [{ line, ...verdict }] : [];
    });
    const audit = chosen.map((row) => entryOf(row, batch));
    const letters = chosen.flatMap(({ letter }) => letter ?? []);
    return { created: chosen.length, refused, audit, seats, letters };
  };

  return (batch) => run(batch, (session) => create(batch, session));
}

function importedDocument(
  { id, customerId, line, user, letter }: UserToCreate,
  { at, importId }: UserBatch,
  password: { salt: string; hash: string },
) {
  const document = userDocument({ ...user, id, customerId, createdAt: at, password });
  return { ...document, importId, importLine: line, ...(letter ? { lettered: true } : { sheet: '' }) };
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
    details: { after: { ...user, importId } },
  };
}

/** Domains, names that are taken and free seats, as the transaction sees them. */
async function factsOf(
  rows: readonly UserToCreate[],
  { accounts: { customers, users, subscriptions } }: Pick<ImportDeps, 'accounts'>,
  session: ClientSession,
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
  for (const [customerId, names] of byCustomer) {
    const named = { customerId, state: 'active' as const, upnLower: { $in: names } };
    const there = await users.find(named, { _id: 0, upnLower: 1 }, { session }).lean();
    for (const { upnLower } of there) taken.add(withinCustomer(customerId, upnLower));
  }
  const needsSeats = rows.some(({ user }) => user.licenses.length > 0);
  return {
    domains: new Map(found.map(({ _id, domains }) => [_id, domains])),
    taken,
    free: needsSeats ? await freeSeatsOf(subscriptions, ids, session) : new Map(),
  };
}
