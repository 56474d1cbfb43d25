import { noSeats, withinCustomer } from '../domain/import-batch';
import type { ImportFault } from '../domain/import-fault';
import { checkLicenseRow, checkNameRow, licenseRowKey, type LicenseRow } from '../domain/import-licenses';
import type { SeatLedger } from '../domain/import-seats';
import { checkUserRow, productsNamed, type ImportedUser } from '../domain/import-user';
import { createKeySet } from '../domain/key-set';
import { upnKey } from '../domain/upn';
import type { ActiveUser } from '../domain/user';
import type { Directory } from '../ports/directory';
import type { Row, TableContent } from '../ports/tables';
import type { CustomerFacts, CustomersOfRows } from './import-facts';

type Judged =
  | { readonly kind: 'user'; readonly user: ImportedUser; readonly handOverEmail: string }
  | { readonly kind: 'license'; readonly change: LicenseRow; readonly located: boolean }
  | { readonly kind: 'skipped' | 'failed'; readonly faults: readonly ImportFault[] };

/** What a row would do, and whose users it is about where that is known. */
export interface Verdict {
  readonly row: Row;
  readonly customerId: string | null;
  readonly judged: Judged;
  /** As it was understood, ready or not. */
  readonly understood: ImportedUser | LicenseRow | null;
}

interface Deps {
  readonly content: TableContent;
  readonly customers: CustomersOfRows;
  readonly ledger: SeatLedger;
  readonly directory: Pick<Directory, 'takenUpns' | 'findUsersByUpn'>;
  readonly mayAssignRoles: boolean;
}

type Understood =
  | {
      readonly kind: 'user';
      readonly facts: CustomerFacts;
      readonly user: ImportedUser;
      readonly handOverEmail: string;
    }
  | { readonly kind: 'license'; readonly facts: CustomerFacts; readonly change: LicenseRow }
  | {
      readonly kind: 'failed';
      readonly facts: CustomerFacts | null;
      readonly faults: readonly ImportFault[];
    };

/** Decides the rows of one file, part after part: what is doubled and who gets a seat depends on the rows before. */
export function createJudge({ content, customers, ledger, directory, mayAssignRoles }: Deps) {
  const seen = createKeySet();

  const understand = (row: Row): Understood => {
    const facts = customers.of(row);
    if (facts === null) return failed(null, { field: 'customer', reason: 'unknown-customer' });
    if (facts === 'none-named') return failed(null, { field: 'customer', reason: 'customer-needed' });
    if (row.ragged) return failed(facts, { field: 'row', reason: 'ragged' });
    if (content === 'users') {
      const check = checkUserRow(row.cells, { mayAssignRoles, ...facts });
      if (!check.ok) return { kind: 'failed', facts, faults: check.faults };
      return { kind: 'user', facts, user: check.user, handOverEmail: check.handOverEmail };
    }
    const check = content === 'names' ? checkNameRow(row.cells) : checkLicenseRow(row.cells, facts);
    if (!check.ok) return { kind: 'failed', facts, faults: check.faults };
    return { kind: 'license', facts, change: check.row };
  };

  const judgeUser = (
    customerId: string,
    { user, handOverEmail }: Pick<Extract<Understood, { kind: 'user' }>, 'user' | 'handOverEmail'>,
    taken: ReadonlySet<string>,
  ): Judged => {
    const key = withinCustomer(customerId, upnKey(user.userPrincipalName));
    const field = 'userPrincipalName';
    if (taken.has(key)) return { kind: 'skipped', faults: [{ field, reason: 'already-there' }] };
    const without = seen.has(key) ? [] : ledger.take(customerId, user.licenses);
    if (without.length > 0) return { kind: 'failed', faults: [noSeats(without)] };
    if (!seen.add(key)) return { kind: 'skipped', faults: [{ field, reason: 'duplicate' }] };
    return { kind: 'user', user, handOverEmail };
  };

  const judgeLicense = (customerId: string, named: LicenseRow, user: ActiveUser | undefined): Judged => {
    if (!user) return { kind: 'failed', faults: [{ field: 'userPrincipalName', reason: 'no-such-user' }] };
    // What the customer has no longer is known by its user alone.
    const [license = ''] = productsNamed(user.licenses, [named.license]);
    const change = { ...named, license };
    if (!seen.add(withinCustomer(customerId, licenseRowKey(change))))
      return { kind: 'skipped', faults: [{ field: 'userPrincipalName', reason: 'duplicate' }] };
    const { action } = change;
    const located = user.usageLocation !== '';
    if (license === '') return { kind: 'license', change, located };
    if (user.licenses.includes(license) === (action === 'assign'))
      return { kind: 'skipped', faults: [{ field: 'license', reason: 'nothing-to-change' }] };
    if (action === 'remove') ledger.give(customerId, license);
    else if (ledger.take(customerId, [license]).length > 0)
      return { kind: 'failed', faults: [{ ...noSeats([license]), field: 'license' }] };
    return { kind: 'license', change, located: located || action === 'remove' };
  };

  return async (rows: readonly Row[]): Promise<readonly Verdict[]> => {
    await customers.prepare(rows);
    const understood = rows.map(understand);
    const names = namesOf(understood);
    const taken = content === 'users' ? await takenOf(names, directory) : new Set<string>();
    const there = content === 'users' ? new Map<string, ActiveUser>() : await usersOf(names, directory);
    return understood.map((one, place): Verdict => {
      const row = rows[place];
      if (!row) throw new RangeError('There is a verdict for each row.');
      const customerId = one.facts?.customer.id ?? null;
      if (one.kind === 'failed' || customerId === null) {
        const faults = one.kind === 'failed' ? one.faults : [];
        return { row, customerId, judged: { kind: 'failed', faults }, understood: null };
      }
      if (one.kind === 'user')
        return { row, customerId, judged: judgeUser(customerId, one, taken), understood: one.user };
      const user = there.get(withinCustomer(customerId, upnKey(one.change.userPrincipalName)));
      return { row, customerId, judged: judgeLicense(customerId, one.change, user), understood: one.change };
    });
  };
}

function failed(facts: CustomerFacts | null, fault: ImportFault): Understood {
  return { kind: 'failed', facts, faults: [fault] };
}

/** The names to look up, by customer. */
function namesOf(rows: readonly Understood[]): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const one of rows) {
    if (one.kind === 'failed') continue;
    const own = names.get(one.facts.customer.id) ?? [];
    own.push(one.kind === 'user' ? one.user.userPrincipalName : one.change.userPrincipalName);
    names.set(one.facts.customer.id, own);
  }
  return names;
}

async function takenOf(
  names: ReadonlyMap<string, readonly string[]>,
  directory: Pick<Directory, 'takenUpns'>,
): Promise<ReadonlySet<string>> {
  const taken = new Set<string>();
  for (const [customerId, upns] of names) {
    for (const upn of await directory.takenUpns(customerId, upns))
      taken.add(withinCustomer(customerId, upnKey(upn)));
  }
  return taken;
}

async function usersOf(
  names: ReadonlyMap<string, readonly string[]>,
  directory: Pick<Directory, 'findUsersByUpn'>,
): Promise<ReadonlyMap<string, ActiveUser>> {
  const found = new Map<string, ActiveUser>();
  for (const [customerId, upns] of names) {
    for (const user of await directory.findUsersByUpn(customerId, upns))
      found.set(withinCustomer(customerId, upnKey(user.userPrincipalName)), user);
  }
  return found;
}
