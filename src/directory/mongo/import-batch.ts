import { mongo, type ClientSession, type Connection } from 'mongoose';
import { isChangedSince, type ImportFault } from '../../domain/import-fault';
import type { Entropy } from '../../domain/entropy';
import type { LetterRecord } from '../../domain/letter';
import type { AuditEntry } from '../../ports/audit';
import type { ImportWork, LicenseBatch, UserBatch } from '../../ports/import-store';
import { answered } from '../../storage/away';
import { isDuplicateOf } from '../../storage/duplicate-key';
import { importsOf, type StoredImportRow } from '../../storage/import-records';
import { leaseOf, toWork } from '../../storage/imports';
import type { Records } from '../../storage/records';
import { inTransaction } from '../../storage/transaction';
import { storeLetters } from '../../storage/user-letters';
import type { Accounts } from './accounts';
import { insertAhead, type Insert } from './insert-ahead';
import { addUp, moveSeatsOf, SeatsGone, type SeatMove } from './import-seats';

export interface ImportDeps {
  readonly connection: Connection;
  readonly accounts: Accounts;
  readonly records: Records;
  readonly entropy: Entropy;
}

type Batch = Pick<
  UserBatch | LicenseBatch,
  'importId' | 'worker' | 'from' | 'to' | 'at' | 'skipped' | 'failed'
>;

interface RefusedRow {
  readonly line: number;
  readonly userPrincipalName: string;
  readonly kind: 'skipped' | 'failed';
  readonly faults: readonly ImportFault[];
}

/** What became of the rows of a batch that were ready. */
export interface BatchDone {
  readonly created: number;
  readonly refused: readonly RefusedRow[];
  /** Of the users that are still to be inserted, part after part. */
  readonly users: Iterable<readonly object[]>;
  readonly audit: Iterable<readonly AuditEntry[]>;
  readonly seats: readonly SeatMove[];
  /** To those who were created. */
  readonly letters: readonly LetterRecord[];
}

/**
 * What a batch is to do, by how it stands in this transaction. `again`: a name or a seat that it had counted on turned
 * out to be taken.
 */
type Work = (session: ClientSession, again: boolean) => Promise<BatchDone>;

/** Milliseconds that a batch may take. */
const batchWithin = 20_000;
/** A name or a seat that somebody takes meanwhile is seen the next time. */
const mostAttempts = 5;

/** Rows of which each is named. */
const mostChanged = 10;

/** Thrown to take a batch back whose import is somebody else's by now. */
class LeaseLost extends Error {}

/**
 * Rows, seats, audit entries and the position of the import in one transaction: stopped at any moment, all of it is
 * done or nothing. Null when the import is not the worker's, or not where the worker believes it to be.
 */
export function createRunBatch({ connection, accounts, records }: ImportDeps) {
  const { imports } = importsOf(connection);

  const move = async (batch: Batch, done: BatchDone, session: ClientSession): Promise<ImportWork> => {
    const { importId, worker, from, to } = batch;
    // What an import from before the field was there does not have.
    const add = (field: string, by: number) => ({ [field]: { $add: [{ $ifNull: [`$${field}`, 0] }, by] } });
    const known = { $ifNull: ['$changed.first', []] };
    const changed = done.refused.filter(({ faults }) => isChangedSince(faults));
    const first = { $literal: changed.slice(0, mostChanged).map(changedRow) };
    const moved = await imports.findOneAndUpdate(
      { _id: importId, state: 'running', phase: 'rows', 'lease.by': worker, 'position.row': from.row },
      [
        {
          $set: {
            position: to,
            lease: leaseOf(worker),
            failures: 0,
            ...add('created', done.created),
            ...add('lettered', done.letters.length),
            ...add('skipped', batch.skipped + countOf('skipped', done.refused)),
            ...add('failed', batch.failed + countOf('failed', done.refused)),
            ...add('changed.skipped', countOf('skipped', changed)),
            ...add('changed.failed', countOf('failed', changed)),
            'changed.first': { $slice: [{ $concatArrays: [known, first] }, mostChanged] },
          },
        },
      ],
      { session, returnDocument: 'after' },
    );
    if (!moved) throw new LeaseLost();
    return toWork(moved);
  };

  const once = (batch: Batch, work: Work, again: boolean): Promise<ImportWork> =>
    inTransaction(connection, async (session) => {
      const done = await work(session, again);
      await insertAhead(connection, insertsOf(batch, done), session);
      await storeLetters(records, done.letters, session);
      // What others wait for comes last: held for a moment, also when this process dies within it.
      await moveSeatsOf(accounts.subscriptions, addUp(done.seats), session);
      return move(batch, done, session);
    });

  return (batch: Batch, work: Work): Promise<ImportWork | null> =>
    answered(
      'write',
      async () => {
        for (let attempt = 1; ; attempt += 1) {
          try {
            return await once(batch, work, attempt > 1);
          } catch (error) {
            if (error instanceof LeaseLost) return null;
            const isTaken = error instanceof SeatsGone || isDuplicateOf(error, 'upnLower');
            if (!isTaken || attempt >= mostAttempts) throw error;
          }
        }
      },
      batchWithin,
    );
}

function* insertsOf({ importId, at }: Batch, { users, refused, audit }: BatchDone): Generator<Insert> {
  for (const documents of users) yield { into: 'users', documents };
  const rows = refused.map(({ line, kind, faults }): StoredImportRow => ({
    importId,
    at,
    line,
    kind,
    faults,
  }));
  yield { into: 'importRows', documents: rows.map((row) => ({ _id: new mongo.ObjectId(), ...row })) };
  for (const entries of audit) {
    const stored = entries.map((entry) => ({ _id: new mongo.ObjectId(), entry }));
    yield { into: 'audit', documents: stored.map(auditDocument) };
    yield { into: 'auditDetails', documents: stored.flatMap(detailsDocument) };
  }
}

function countOf(kind: RefusedRow['kind'], rows: readonly RefusedRow[]): number {
  return rows.filter((row) => row.kind === kind).length;
}

function changedRow({ line, userPrincipalName, kind, faults: [fault] }: RefusedRow): object {
  return { line, userPrincipalName, kind, fault };
}

interface Stored {
  readonly _id: mongo.ObjectId;
  readonly entry: AuditEntry;
}

/** The same documents as for one form, without a check of each by its schema. */
function auditDocument({ _id, entry: { details: _, ...entry } }: Stored): object {
  return { _id, targetKey: entry.target.toLowerCase(), ...entry };
}

function detailsDocument({ _id, entry: { details, customerId, target, userId } }: Stored): object[] {
  return details ? [{ _id, customerId, target, userId, ...details }] : [];
}
