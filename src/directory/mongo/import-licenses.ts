import type { ClientSession } from 'mongoose';
import { withinCustomer } from '../../domain/import-batch';
import { decideLicenseRows, type LicenseFacts, type LicenseVerdict } from '../../domain/import-license-batch';
import { upnKey } from '../../domain/upn';
import type { ActiveUser } from '../../domain/user';
import type { AuditEntry } from '../../ports/audit';
import type { ImportAccounts, LicenseBatch } from '../../ports/import-store';
import { createRunBatch, type BatchDone, type ImportDeps } from './import-batch';
import { freeSeatsOf } from './import-seats';
import { toUser } from './users';

type Changed = Extract<LicenseVerdict, { kind: 'change' }>;

/** Gives and takes the licenses of a part of a file. */
export function createImportLicenses(deps: ImportDeps): ImportAccounts['changeLicenses'] {
  const { users } = deps.accounts;
  const run = createRunBatch(deps);

  const change = async (batch: LicenseBatch, session: ClientSession): Promise<BatchDone> => {
    const rows = batch.changes;
    if (rows.length === 0) return { created: 0, refused: [], users: [], audit: [], seats: [], letters: [] };
    const verdicts = decideLicenseRows(rows, await factsOf(batch, deps, session));
    const changed = verdicts.filter((verdict): verdict is Changed => verdict.kind === 'change');
    const seats = changed.flatMap(({ before: { customerId }, given, taken }) => [
      ...given.map((skuPartNumber) => ({ customerId, skuPartNumber, by: 1 })),
      ...taken.map((skuPartNumber) => ({ customerId, skuPartNumber, by: -1 })),
    ]);
    // Of rows of the same user the last one holds what all of them did.
    const last = new Map(changed.map(({ after }) => [after.id, after]));
    const writes = [...last.values()].map(({ id, licenses, usageLocation }) => ({
      updateOne: { filter: { _id: id }, update: { $set: { licenses: [...licenses], usageLocation } } },
    }));
    if (writes.length > 0) await users.bulkWrite(writes, { session });
    const refused = rows.flatMap(({ line, userPrincipalName }, place) => {
      const verdict = verdicts[place];
      return verdict && verdict.kind !== 'change' ? [{ line, userPrincipalName, ...verdict }] : [];
    });
    const audit = changed.map((one) => entryOf(one, batch));
    return { created: changed.length, refused, users: [], audit: [audit], seats, letters: [] };
  };

  return (batch) => run(batch, (session) => change(batch, session));
}

async function factsOf(
  { changes, usageLocation }: LicenseBatch,
  { accounts: { users, subscriptions } }: Pick<ImportDeps, 'accounts'>,
  session: ClientSession,
): Promise<LicenseFacts> {
  const byCustomer = new Map<string, string[]>();
  for (const { customerId, userPrincipalName } of changes) {
    const names = byCustomer.get(customerId) ?? [];
    names.push(upnKey(userPrincipalName));
    byCustomer.set(customerId, names);
  }
  const found = new Map<string, ActiveUser>();
  for (const [customerId, names] of byCustomer) {
    const named = { customerId, state: 'active' as const, upnLower: { $in: names } };
    for (const row of await users.find(named, {}, { session }).lean())
      found.set(withinCustomer(customerId, row.upnLower), toUser(row));
  }
  const free = await freeSeatsOf(subscriptions, [...byCustomer.keys()], session);
  return { users: found, free, usageLocation };
}

function entryOf({ before, after }: Changed, { at, operator, importId }: LicenseBatch): AuditEntry {
  const located = before.usageLocation !== after.usageLocation;
  const state = ({ licenses, usageLocation }: ActiveUser) => ({
    licenses,
    ...(located ? { usageLocation } : {}),
  });
  return {
    ...{ at, operator, action: 'update_customer_user_licenses', outcome: 'success' },
    ...{ customerId: before.customerId, target: before.userPrincipalName, userId: before.id },
    details: { before: state(before), after: { ...state(after), importId } },
  };
}
