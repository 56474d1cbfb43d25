import type { ClientSession, Connection } from 'mongoose';
import type { AuditEntry } from '../ports/audit';
import type { ImportStore, ImportWork, StartStored } from '../ports/import-store';
import { nothingChanged, type ImportRecord } from '../ports/imports';
import { answered } from './away';
import { isDuplicateOf } from './duplicate-key';
import { importsOf, type StoredImport, type StoredIssue, type StoredUndo } from './import-records';
import type { Records } from './records';
import { storeAudit } from './store-effect';
import { inTransaction } from './transaction';

/** Milliseconds after which another process takes an import over from one that tells nothing any more. */
const lease = 30_000;
/** Milliseconds: the users of a million rows are counted. */
const finishesWithin = 20_000;
export const nobody = { by: null, until: new Date(0) } as const;

interface Deps {
  readonly connection: Connection;
  readonly records: Pick<Records, 'audit' | 'auditDetails'>;
}

export function createMongoImports({ connection, records }: Deps): ImportStore {
  const { imports, importRows } = importsOf(connection);
  const users = connection.collection<{ importId: string; customerId: string }>('users');
  const find = async (importId: string): Promise<ImportRecord | null> => {
    const found = await imports.findOne({ _id: importId });
    return found && toImport(found);
  };

  return {
    add: ({ id: _id, undo: _, issue: __, ...record }) =>
      answered('write', async () => {
        const { checkedAt: servedAt } = record;
        const fresh = {
          open: false,
          position: { row: 0, offset: 0 },
          lease: nobody,
          servedAt,
          failures: 0,
          gaveUp: false,
        };
        await imports.insertOne({ _id, ...record, ...fresh, issue: null, undo: null });
      }),

    find: (importId) => answered('read', () => find(importId)),

    latest: (operator, limit) =>
      answered('read', async () => {
        const found = await imports
          .find({ operator })
          .sort({ checkedAt: -1, _id: -1 })
          .limit(limit)
          .toArray();
        return found.map(toImport);
      }),

    start: (importId, { by, at, ...chosen }) =>
      answered('write', async () => {
        const started = { state: 'running', open: true, startedBy: by, startedAt: at, ...chosen } as const;
        try {
          const changed = await imports.findOneAndUpdate(
            { _id: importId, state: 'checked' },
            { $set: { ...started, servedAt: new Date(0) } },
            { returnDocument: 'after' },
          );
          if (changed) return { kind: 'started', record: toImport(changed) };
        } catch (error) {
          if (!isDuplicateOf(error, 'digest')) throw error;
          return await sameRunning(importId);
        }
        const record = await find(importId);
        if (!record) throw new Error('An import that is started must have been checked.');
        return { kind: 'not-checked', record };
      }),

    cancel: (importId) =>
      answered('write', async () => {
        const running = { _id: importId, state: 'running', phase: 'rows' } as const;
        return (await imports.updateOne(running, { $set: { cancelRequested: true } })).matchedCount > 0;
      }),

    claim: (worker) =>
      answered('write', async () => {
        // Its own it takes up again at once: what it has left under way finds the position moved, or moves it first.
        const free = {
          open: true,
          $or: [{ 'lease.by': worker }, { $expr: { $lt: ['$lease.until', '$$NOW'] } }],
        };
        const claimed = await imports.findOneAndUpdate(
          free,
          [{ $set: { lease: leaseOf(worker), servedAt: '$$NOW' } }],
          { sort: { servedAt: 1 }, returnDocument: 'after' },
        );
        return claimed && toWork(claimed);
      }),

    hold: (importId, worker) =>
      answered('write', async () => {
        const own = { _id: importId, 'lease.by': worker, open: true };
        return (await imports.updateOne(own, [{ $set: { lease: leaseOf(worker) } }])).matchedCount > 0;
      }),

    release: (importId, worker, pause, failed) =>
      answered('write', async () => {
        const until = { $add: ['$$NOW', pause - 1] };
        const failures = failed ? { failures: { $add: ['$failures', 1] } } : {};
        await imports.updateOne({ _id: importId, 'lease.by': worker }, [
          { $set: { lease: { by: null, until }, ...failures } },
        ]);
      }),

    endRows: (importId, worker, gaveUp) =>
      answered('write', async () => {
        const failed = { $subtract: ['$total', { $add: ['$created', '$skipped'] }] };
        const ended = await imports.findOneAndUpdate(
          { _id: importId, 'lease.by': worker, state: 'running' },
          [{ $set: { phase: 'passwords', failed, gaveUp, lease: leaseOf(worker), failures: 0 } }],
          { returnDocument: 'after' },
        );
        return ended && toWork(ended);
      }),

    finish: (importId, worker, { state, at }) =>
      answered(
        'write',
        () =>
          inTransaction(connection, async (session) => {
            const ended = await imports.findOneAndUpdate(
              { _id: importId, 'lease.by': worker, state: 'running' },
              { $set: { state, phase: 'posted', finishedAt: at, open: false, lease: nobody } },
              { returnDocument: 'after', session },
            );
            if (!ended) return false;
            const created = await createdBy(importId, session);
            await storeAudit(records, entriesOf(toImport(ended), created, at), session);
            return true;
          }),
        finishesWithin,
      ),

    reached: (importId) =>
      answered('read', async () => {
        const found = await imports.findOne({ _id: importId }, { projection: { position: 1 } });
        return found?.position.row ?? 0;
      }),

    async *outcomes(importId) {
      const rows = importRows.find({ importId }, { projection: { _id: 0 } }).sort({ line: 1 });
      for await (const { line, kind, faults } of rows) yield { line, kind, faults };
    },
  };

  /** Users by customer. */
  async function createdBy(importId: string, session: ClientSession): Promise<ReadonlyMap<string, number>> {
    const byCustomer = { $group: { _id: '$customerId', count: { $sum: 1 } } };
    const counted = users.aggregate<{ _id: string; count: number }>([{ $match: { importId } }, byCustomer], {
      session,
    });
    return new Map((await counted.toArray()).map(({ _id, count }) => [_id, count]));
  }

  async function sameRunning(importId: string): Promise<StartStored> {
    const { digest, customerId } = (await find(importId)) ?? { digest: '', customerId: null };
    const other = await imports.findOne({ digest, customerId, state: 'running' });
    return { kind: 'same-running', record: other && toImport(other) };
  }
}

/** For the server to reckon with its own time. */
export function leaseOf(worker: string) {
  return { by: worker, until: { $add: ['$$NOW', lease] } };
}

export function toImport(stored: StoredImport): ImportRecord {
  const { customerId, state, total, created, skipped, failed, phase } = stored;
  const { operator, locale, fileName, content, dialect, digest, dryRun, choices } = stored;
  const { checkedAt, startedAt, startedBy, finishedAt, cancelRequested, handOverId } = stored;
  // Those from before these were there have none of them.
  const { lettered = 0, letters = null, issue = null } = stored as Partial<StoredImport>;
  return {
    ...{ id: stored._id, customerId, state, total, created, skipped, failed, phase },
    ...{ operator, locale, fileName, content, dialect, digest, dryRun, choices },
    ...{ checkedAt, startedAt, startedBy, finishedAt, cancelRequested, handOverId },
    ...{ lettered, letters },
    changed: { ...nothingChanged, ...stored.changed },
    issue: issue && toIssue(issue),
    undo: stored.undo && toUndo(stored.undo),
  };
}

function toUndo({ partnerRole: _role, line: _line, ...undo }: StoredUndo): ImportRecord['undo'] {
  return undo;
}

function toIssue(issue: StoredIssue): ImportRecord['issue'] {
  const { partnerRole: _role, sheetId: _sheet, former: _former, from: _from, ...issued } = issue;
  return issued;
}

export function toWork(stored: StoredImport): ImportWork {
  const { position, failures, gaveUp } = stored;
  return { record: toImport(stored), position, failures, gaveUp };
}

/** One for each customer of the file: what the import did there, and on the whole. */
function entriesOf(record: ImportRecord, created: ReadonlyMap<string, number>, at: Date): AuditEntry[] {
  const { id, fileName, total, skipped, failed, startedBy, operator, dryRun, content } = record;
  const counts = { total, created: record.created, skipped, failed };
  return dryRun.customers.map(({ customerId, defaultDomain }) => ({
    at,
    operator: startedBy ?? operator,
    action: 'import_customer_users' as const,
    customerId,
    target: defaultDomain,
    outcome: record.state === 'failed' ? ('failure' as const) : ('success' as const),
    details: {
      after: {
        importId: id,
        fileName,
        ...(content === 'users' ? { createdHere: created.get(customerId) ?? 0 } : {}),
        ...counts,
      },
    },
  }));
}
