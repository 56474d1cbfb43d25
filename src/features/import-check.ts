import { createHash } from 'node:crypto';
import type { Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { newId } from '../domain/id';
import { createSeatLedger } from '../domain/import-seats';
import { isAllowed, type PartnerAction } from '../domain/permission';
import type { Directory } from '../ports/directory';
import type { ImportAccounts, ImportStore, KeptFile, Uploads, WaitingRow } from '../ports/import-store';
import {
  noChoices,
  nothingChanged,
  type CheckOutcome,
  type ImportRecord,
  type ImportRequest,
  type Imports,
} from '../ports/imports';
import { TableBroken, type Row, type TableContent, type Tables } from '../ports/tables';
import { createCustomersOfRows } from './import-facts';
import { createJudge, type Verdict } from './import-judge';
import { createTally } from './import-tally';

/** Rows that are looked up and written at once. */
const partSize = 500;

export interface ImportCheckDeps {
  readonly tables: Pick<Tables, 'open'>;
  readonly uploads: Uploads;
  readonly store: Pick<ImportStore, 'add'>;
  readonly accounts: Pick<ImportAccounts, 'customersOfDomains'>;
  readonly directory: Pick<Directory, 'listSubscriptions' | 'takenUpns' | 'findUsersByUpn'>;
  readonly entropy: Entropy;
  /** Of a file. */
  readonly maxBytes: number;
  /** A mail server is configured. */
  readonly mails: boolean;
}

interface Checked {
  readonly request: ImportRequest;
  readonly customer: Customer | null;
  readonly file: Omit<KeptFile, 'digest' | 'operator' | 'locale'>;
  /** Known when all rows are read. */
  readonly digest: () => string;
}

/** Reads a file once, from its first byte to its last, and says what it would do. Only its rows are stored. */
export function createImportCheck(deps: ImportCheckDeps): Pick<Imports, 'checkFile' | 'checkKept'> {
  const { tables, uploads, store, entropy, maxBytes, mails } = deps;

  const check = async (
    { request, customer, file, digest }: Checked,
    parts: AsyncIterable<readonly Row[]>,
  ): Promise<CheckOutcome> => {
    const { operator, now } = request;
    const ledger = createSeatLedger();
    const customers = createCustomersOfRows({ ...deps, ledger, operator, customer });
    const mayAssignRoles = isAllowed(operator.partnerRole, 'assign_role');
    const judge = createJudge({ ...deps, content: file.content, customers, ledger, mayAssignRoles });
    const tally = createTally(file);
    const id = newId(entropy, now);
    const upload = uploads.write(id);
    try {
      for await (const part of parts) {
        const verdicts = await judge(part);
        for (const verdict of verdicts) tally.add(verdict);
        await upload.put(verdicts.map(waitingOf));
      }
      await upload.end();
    } catch (error) {
      await upload.discard().catch(() => undefined);
      throw error;
    }
    const dryRun = tally.total(customers.all(), ledger.lines());
    const letters = mails ? request.locale.language : null;
    const record = { ...recordOf({ request, customer, file, digest }, id, dryRun), letters };
    await store.add(record);
    return { kind: 'checked', record };
  };

  const keep = async ({ request, file, digest }: Checked, parts: AsyncIterable<readonly Row[]>) => {
    const uploadId = newId(entropy, request.now);
    const { operator, locale } = request;
    const kept = uploads.keep(uploadId);
    try {
      for await (const part of parts) await kept.put(part);
      await kept.end({ ...file, digest: digest(), operator: operator.id, locale });
    } catch (error) {
      await kept.discard().catch(() => undefined);
      throw error;
    }
    return { kind: 'customer-needed', uploadId } as const;
  };

  return {
    async checkFile(request, customer, { name, bytes }) {
      const hash = createHash('sha256');
      const opened = await tables.open(hashed(bytes, hash), { name, maxBytes });
      if (opened.kind === 'refused') return opened;
      const action = rightFor(opened.content);
      if (!isAllowed(request.operator.partnerRole, action)) {
        await opened.close();
        return { kind: 'not-allowed', action };
      }
      const { content, dialect, columns, unknown, missing, passwordColumns } = opened;
      const hasCustomers = columns.includes('customer');
      const file = { name, content, dialect, columns, unknown, missing, passwordColumns, hasCustomers };
      const checked = { request, customer, file, digest: () => hash.digest('hex') };
      const parts = inParts(opened.rows(), partSize);
      try {
        return await (customer || hasCustomers ? check(checked, parts) : keep(checked, parts));
      } catch (error) {
        if (!(error instanceof TableBroken)) throw error;
        return { kind: 'refused', reason: error.reason, line: error.line };
      }
    },

    async checkKept(request, customer, uploadId) {
      const file = await uploads.findKept(uploadId);
      if (!file || file.operator !== request.operator.id) return null;
      const action = rightFor(file.content);
      if (!isAllowed(request.operator.partnerRole, action)) return { kind: 'not-allowed', action };
      const checked = { request, customer, file, digest: () => file.digest };
      const outcome = await check(checked, uploads.readKept(uploadId));
      await uploads.remove(uploadId);
      return outcome;
    },
  };
}

/** The right to import a file of this kind. */
export function rightFor(content: TableContent): PartnerAction {
  return content === 'users' ? 'bulk_create' : 'bulk_licence';
}

function recordOf(
  { request, customer, file, digest }: Checked,
  id: string,
  dryRun: ImportRecord['dryRun'],
): Omit<ImportRecord, 'letters'> {
  return {
    ...{ id, customerId: customer?.id ?? dryRun.customers[0]?.customerId ?? null, state: 'checked' },
    ...{ total: dryRun.rows, created: 0, skipped: 0, failed: 0, changed: nothingChanged, lettered: 0 },
    ...{ operator: request.operator.id, locale: request.locale, fileName: file.name },
    ...{ content: file.content, dialect: file.dialect, digest: digest(), dryRun, choices: noChoices },
    ...{ checkedAt: request.now, startedAt: null, startedBy: null, finishedAt: null, phase: 'rows' },
    ...{ cancelRequested: false, handOverId: null, issue: null, undo: null },
  };
}

/** What waits for the import: decided now, so that what is imported is what the dry run showed. */
function waitingOf({ row: { line, raw }, customerId, judged }: Verdict): WaitingRow {
  switch (judged.kind) {
    case 'user': {
      const { user, handOverEmail } = judged;
      const address = handOverEmail === '' ? {} : { handOverEmail };
      return { line, raw, kind: 'user', customerId: known(customerId), user, ...address };
    }
    case 'license':
      return { line, raw, kind: 'license', customerId: known(customerId), change: judged.change };
    default:
      return { line, raw, kind: judged.kind, faults: judged.faults };
  }
}

function known(customerId: string | null): string {
  if (customerId === null) throw new Error('A row that is ready has a customer.');
  return customerId;
}

async function* hashed(
  bytes: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}

async function* inParts<T>(all: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let part: T[] = [];
  for await (const one of all) {
    part.push(one);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
