import { createMongoDirectory } from '../../src/directory/mongo/directory';
import { accountsOf, type Accounts } from '../../src/directory/mongo/accounts';
import { createMongoImportAccounts } from '../../src/directory/mongo/import-accounts';
import { createMongoUndos } from '../../src/directory/mongo/import-undo';
import { loadCustomers, type CustomerEntry } from '../../src/directory/mongo/load-customers';
import type { Customer } from '../../src/domain/customer';
import { createImports } from '../../src/features/imports';
import { createImportWorker } from '../../src/features/import-run';
import type { Directory } from '../../src/ports/directory';
import type { ImportAccounts } from '../../src/ports/import-store';
import type { ImportProgress, ImportRecord, ImportRequest, Imports } from '../../src/ports/imports';
import { createMongoHandOvers } from '../../src/storage/hand-overs';
import type { HandOvers } from '../../src/ports/hand-overs';
import { createMongoIssues } from '../../src/storage/import-issues';
import { createMongoSheets } from '../../src/storage/import-sheets';
import { createMongoImports } from '../../src/storage/imports';
import { createIndexes, recordsOf, type Records } from '../../src/storage/records';
import { createMongoUploads } from '../../src/storage/uploads';
import { createTables } from '../../src/tables/tables';
import { realEntropy } from './entropy';
import { openTestDatabase, type TestDatabase } from './mongo';
import { createRememberingLog, type RememberingLog } from './remembering-log';

export const contoso: CustomerEntry = {
  name: 'Contoso',
  defaultDomain: 'contoso.example',
  domains: [],
  subscriptions: [
    { skuPartNumber: 'ENTERPRISEPACK', total: 1_000_000 },
    { skuPartNumber: 'EMS', total: 3 },
  ],
};

/** A process that can check, start and run imports. */
export interface ImportProcess {
  readonly imports: Imports;
  readonly accounts: ImportAccounts;
  /** Runs what is due until there is nothing left. */
  run(): Promise<void>;
  /** Stops at the end of the batch it is at. */
  stop(): void;
  readonly results: { readonly record: ImportRecord; readonly token: string | null }[];
  readonly told: ImportRecord[];
}

export interface ImportWorld extends ImportProcess {
  readonly database: TestDatabase;
  readonly records: Records;
  readonly models: Accounts;
  readonly directory: Directory;
  readonly handOvers: HandOvers;
  readonly log: RememberingLog;
  readonly clock: { now(): Date; pass(milliseconds: number): void };
  readonly customer: Customer;
  request(changes?: Partial<ImportRequest>): ImportRequest;
  /** Another process on the same database; `wrap` may come between it and the accounts. */
  process(changes?: {
    wrap?: (accounts: ImportAccounts) => ImportAccounts;
    progress?: Partial<ImportProgress>;
  }): ImportProcess;
  check(
    text: string,
    changes?: { customer?: Customer | null; request?: Partial<ImportRequest> },
  ): Promise<ImportRecord>;
  start(record: ImportRecord, choices?: Readonly<Record<string, string>>): Promise<ImportRecord>;
  now(record: ImportRecord): Promise<ImportRecord>;
  rows(collection: string, filter?: object): Promise<Record<string, unknown>[]>;
  /** As if half a minute had passed for the server. */
  expireLeases(): Promise<void>;
  close(): Promise<void>;
}

export async function openImports({
  customers = [contoso],
  database: given,
  mails = false,
}: {
  customers?: readonly CustomerEntry[];
  database?: TestDatabase;
  mails?: boolean;
} = {}): Promise<ImportWorld> {
  const database = given ?? (await openTestDatabase());
  const { connection } = database;
  const [records, models] = [recordsOf(connection), accountsOf(connection)];
  await createIndexes(connection);
  const log = createRememberingLog();
  let offset = 0;
  const clock = {
    now: () => new Date(Date.parse('2026-11-22T09:00:00Z') + offset),
    pass: (milliseconds: number) => void (offset += milliseconds),
  };
  const entropy = realEntropy;
  await loadCustomers(customers, clock.now(), { connection, accounts: models, entropy });
  const directory = createMongoDirectory({ connection, accounts: models, records });
  const handOvers = createMongoHandOvers({ connection, records });
  const store = createMongoImports({ connection, records });
  const uploads = createMongoUploads({ connection });
  const plain = createMongoImportAccounts({ connection, accounts: models, records, entropy });
  const found = await models.customers.findOne({ defaultDomain: customers[0]?.defaultDomain ?? '' }).lean();
  if (!found) throw new Error('The first customer is the one that is picked.');
  const customer = {
    id: found._id,
    name: found.name,
    defaultDomain: found.defaultDomain,
    domains: found.domains,
  };

  const request: ImportWorld['request'] = (changes = {}) => ({
    operator: { id: 'web:ada', partnerRole: 'admin_agent', customers: 'all' },
    locale: { language: 'en', timeZone: 'UTC' },
    now: clock.now(),
    ...changes,
  });

  const process: ImportWorld['process'] = ({ wrap = sameAccounts, progress = {} } = {}) => {
    const accounts = wrap(plain);
    const results: ImportProcess['results'] = [];
    const told: ImportRecord[] = [];
    const tell: ImportProgress = {
      progress: (record) => Promise.resolve(void told.push(record)),
      result: (record, token) => {
        results.push({ record, token });
        return Promise.resolve('delivered');
      },
      ...progress,
    };
    const ending = new AbortController();
    const undos = createMongoUndos({ connection, accounts: models, records });
    const issues = createMongoIssues({ connection, records });
    const shared = { store, uploads, undos, issues, accounts, directory, entropy, clock, log };
    const sheets = createMongoSheets({ connection, records });
    const worker = createImportWorker({ ...shared, sheets, progress: tell });
    const maxBytes = 1024 * 1024 * 1024;
    const rest = { tables: createTables(), maxBytes, mails, wake: () => undefined };
    const imports = createImports({ ...shared, ...rest });
    return {
      ...{ imports, accounts, results, told },
      run: () => worker.runDue(ending.signal),
      stop: () => ending.abort(),
    };
  };

  const own = process();
  return {
    ...own,
    ...{ database, records, models, directory, handOvers, log, clock, customer, request, process },
    async check(text, { customer: picked = customer, request: changes } = {}) {
      const outcome = await own.imports.checkFile(request(changes), picked, fileOf(text));
      if (outcome.kind !== 'checked') throw new Error(JSON.stringify(outcome));
      return outcome.record;
    },
    async start(record, choices = {}) {
      const outcome = await own.imports.start(request(), record.id, choices, '');
      if (outcome.kind !== 'started') throw new Error(JSON.stringify(outcome));
      return outcome.record;
    },
    async now({ id }) {
      const record = await own.imports.find(id);
      if (!record) throw new Error('There is no such import.');
      return record;
    },
    rows: (collection, filter = {}) => connection.collection(collection).find(filter).toArray(),
    async expireLeases() {
      await connection.collection('imports').updateMany({}, { $set: { 'lease.until': new Date(0) } });
    },
    close: () => database.close(),
  };
}

function sameAccounts(accounts: ImportAccounts): ImportAccounts {
  return accounts;
}

/** A file as it arrives, in pieces. */
export function fileOf(text: string, name = 'people.csv') {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length; at += 60_000) {
      yield bytes.subarray(at, at + 60_000);
      await Promise.resolve();
    }
  }
  return { name, bytes: pieces() };
}

/** So many new users as Partner Center's file has them. */
export function manyUsers(count: number, more: (place: number) => string = () => ''): string {
  const rows = Array.from(
    { length: count },
    (_, place) => `First${place},Last${place},User ${place},user${place}@contoso.example,${more(place)}\n`,
  );
  return `First name,Last name,Display name,Email,Licenses\n${rows.join('')}`;
}
