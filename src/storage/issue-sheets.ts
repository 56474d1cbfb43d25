import type { ClientSession, Connection } from 'mongoose';
import { decideIssue, lettersInScope, type LeftOut } from '../domain/import-issue';
import { resetByImport } from '../domain/import-undo';
import type { AuditEntry } from '../ports/audit';
import type { ImportSheets, SheetPart, SheetUser } from '../ports/import-store';
import { answered } from './away';
import { importsOf, type StoredIssue } from './import-records';
import { toSheetUser, type StoredSheetUser } from './import-sheets';
import { leaseOf } from './imports';
import type { Records } from './records';
import { lookAgain, replaceHandOvers, storeAudit } from './store-effect';
import { createStorePart, NotStored, nullOr, partWithin, sealedOr } from './store-part';
import { inTransaction } from './transaction';

/** Users whose letters are replaced at once. */
const markSize = 1_000;

const projection = {
  ...{ customerId: 1, importLine: 1, userPrincipalName: 1, displayName: 1 },
  ...{ state: 1, mustChangePassword: 1, roles: 1, sheet: 1, lettered: 1 },
} as const;

type Scope = Pick<StoredIssue, 'scope' | 'from'>;

interface Deps {
  readonly connection: Connection;
  readonly records: Records;
}

/** Makes a sheet in the place of a former one, for those of an import who still need a password from it. */
export function createIssueSheets({ connection, records }: Deps): ImportSheets {
  const { imports, secretChunks } = importsOf(connection);
  const { letters, secrets } = records;
  const store = createStorePart(connection);
  const users = connection.collection<StoredSheetUser>('users');

  const transacted = <T>(work: (session: ClientSession) => Promise<T>) =>
    answered('write', () => inTransaction(connection, work), partWithin);

  /** Fails unless the import is the worker's, and keeps it so; the issue as it was before the change. */
  const hold = async (
    importId: string,
    worker: string,
    { change = {}, sheetId }: { readonly change?: object; readonly sheetId?: string },
    session: ClientSession,
  ): Promise<StoredIssue> => {
    const own = { _id: importId, 'lease.by': worker, 'issue.finished': false };
    const filter = sheetId === undefined ? own : { ...own, 'issue.sheetId': sheetId };
    const update = [{ $set: { lease: leaseOf(worker), failures: 0, ...change } }];
    const before = await imports.findOneAndUpdate(filter, update, { session, returnDocument: 'before' });
    if (!before?.issue) throw new NotStored(null);
    return before.issue;
  };

  /** Those whose letters were not sent are on no sheet yet. */
  const mark = (importId: string, worker: string): Promise<'more' | 'done'> =>
    transacted(async (session) => {
      const { scope, at } = await hold(importId, worker, {}, session);
      const unsent = { importId, state: { $in: lettersInScope(scope) } };
      const found = await letters.find(unsent, { userId: 1 }, { session }).limit(markSize).lean();
      if (found.length === 0) return 'done';
      const ended = { $set: { state: 'ended', email: null, endedAt: at } } as const;
      await letters.updateMany({ _id: { $in: found.map(({ _id }) => _id) } }, ended, { session });
      const theirs = { _id: { $in: found.map(({ userId }) => userId) }, state: 'active' } as const;
      await users.updateMany(theirs, { $set: { sheet: '' } }, { session });
      await lookAgain(records, [`letters:${importId}`], at, session);
      return 'more';
    });

  /** The sheet that a process before this one was at, unless somebody has read it. */
  const discard = async (sheetId: string, session: ClientSession): Promise<'opened' | 'begun'> => {
    if (await secrets.exists({ _id: sheetId, state: 'opened' }).session(session)) return 'opened';
    await secretChunks.deleteMany({ secretId: sheetId }, { session });
    await secrets.deleteOne({ _id: sheetId }, { session });
    return 'begun';
  };

  const begin = (importId: string, worker: string, sheetId: string) =>
    transacted(async (session) => {
      const from = { $concatArrays: ['$issue.from', ['$issue.sheetId']] };
      const change = { 'issue.from': from, 'issue.sheetId': sheetId, 'issue.issued': 0 };
      const { sheetId: former, issued } = await hold(importId, worker, { change }, session);
      if (former === '' || (await discard(former, session)) === 'begun') return 'begun' as const;
      const same = { 'issue.sheetId': former, 'issue.issued': issued };
      await hold(importId, worker, { change: same }, session);
      return 'opened' as const;
    });

  const found = async (importId: string): Promise<StoredIssue | null> =>
    (await imports.findOne({ _id: importId }, { projection: { issue: 1 } }))?.issue ?? null;

  const seal = async (importId: string, worker: string, part: SheetPart, session: ClientSession) => {
    const change = { 'issue.issued': { $add: ['$issue.issued', part.users.length] } };
    const issue = await hold(importId, worker, { change, sheetId: part.sheetId }, session);
    const userIds = part.users.map(({ id }) => id);
    const now = await users.find({ _id: { $in: userIds } }, { session }).toArray();
    const isAsSeen = now.every((user) => decideIssue(user, issue.partnerRole) === 'issue');
    if (!isAsSeen || now.length < userIds.length) throw new NotStored('changed');
    await store(part, session);
    await replaceHandOvers(records, userIds, part.at, session);
    const entries = part.users.map((user) => entryOf(user, { importId, by: issue.by, at: part.at }));
    await storeAudit(records, entries, session);
  };

  /** The former sheet is over, unless somebody is left on it whom the operator may not reset. */
  const endFormer = async (
    importId: string,
    { former, scope, from }: StoredIssue,
    at: Date,
    session: ClientSession,
  ): Promise<void> => {
    if (former === null || (scope !== 'everyone' && !from.includes(former))) return;
    const replaced = { $set: { state: 'replaced' } } as const;
    await secrets.updateOne({ _id: former, state: 'waiting' }, replaced, { session });
    await secretChunks.deleteMany({ secretId: former }, { session });
    await lookAgain(records, [`hand-over:${former}`], at, session);
  };

  return {
    begin: async (importId, worker, sheetId) => {
      const begun = await begin(importId, worker, sheetId).catch(nullOr);
      if (begun !== 'begun') return begun;
      for (;;) {
        const marked = await mark(importId, worker).catch(nullOr);
        if (marked !== 'more') return marked && 'begun';
      }
    },

    users: (importId, afterLine, size) =>
      answered('read', async () => {
        const issue = await found(importId);
        if (!issue) return null;
        // Chosen here: MongoDB would go through all users of the import to find a few.
        const next = { importId, importLine: { $gt: afterLine } };
        const rows = await users.find(next, { projection }).sort({ importLine: 1 }).limit(size).toArray();
        const last = rows.at(-1);
        if (!last) return null;
        const meant = rows.filter((user) => isInScope(user, issue));
        const decided = meant.map((user) => ({ user, verdict: decideIssue(user, issue.partnerRole) }));
        const count = (what: keyof LeftOut) => decided.filter(({ verdict }) => verdict === what).length;
        const left = { signedIn: count('signedIn'), guarded: count('guarded'), gone: count('gone') };
        const chosen = decided.filter(({ verdict }) => verdict === 'issue');
        return { users: chosen.map(({ user }) => toSheetUser(user)), line: last.importLine, left };
      }),

    seal: (importId, worker, part) =>
      transacted(async (session) => {
        await seal(importId, worker, part, session);
        return 'sealed' as const;
      }).catch(sealedOr),

    complete: async (importId, worker, sheet, left) => {
      const done = transacted(async (session) => {
        const counts = {
          'issue.issued': sheet?.sheet?.accounts ?? 0,
          ...{ 'issue.signedIn': left.signedIn, 'issue.guarded': left.guarded, 'issue.gone': left.gone },
        };
        const handOverId = sheet ? sheet.id : '$issue.former';
        const issue = await hold(importId, worker, { change: { handOverId, ...counts } }, session);
        if (sheet) {
          const { id: _id, userIds, ...made } = sheet;
          await secrets.create([{ _id, userIds: [...userIds], ...made }], { session });
          if (left.guarded === 0) await endFormer(importId, issue, sheet.createdAt, session);
          await lookAgain(records, [`result:${importId}`], sheet.createdAt, session);
        }
        return true;
      });
      return (await done.catch(nullOr)) ?? false;
    },
  };
}

/** Of users of an import. Those who get letters are on no sheet, unless they were put on one. */
export function usersInScope({ scope, from }: Scope) {
  if (scope !== 'everyone') return { sheet: { $in: [...from] } };
  return { $or: [{ sheet: { $exists: true } }, { lettered: { $exists: false } }] };
}

/** The same for one of them. */
function isInScope({ sheet, lettered }: StoredSheetUser, { scope, from }: Scope): boolean {
  if (scope !== 'everyone') return sheet !== undefined && from.includes(sheet);
  return sheet !== undefined || lettered === undefined;
}

function entryOf(
  { id, customerId, userPrincipalName }: SheetUser,
  { importId, by, at }: { readonly importId: string; readonly by: string; readonly at: Date },
): AuditEntry {
  const entry = { at, operator: by, action: 'reset_customer_user_password', customerId } as const;
  return {
    ...entry,
    ...{ target: userPrincipalName, userId: id, outcome: 'success', details: resetByImport(importId) },
  };
}
