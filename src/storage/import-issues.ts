import type { ClientSession, Connection } from 'mongoose';
import { lettersInScope, nobodyLeftOut } from '../domain/import-issue';
import type { ImportIssues, IssueGroup } from '../ports/import-store';
import { answered } from './away';
import { isDuplicateOf } from './duplicate-key';
import { importsOf } from './import-records';
import { nobody } from './imports';
import { createIssueSheets, usersInScope } from './issue-sheets';
import type { Records } from './records';
import { NotStored, partWithin } from './store-part';
import { inTransaction } from './transaction';

/** Milliseconds that very many users may take to be counted. */
const countedWithin = 10_000;

interface Deps {
  readonly connection: Connection;
  readonly records: Records;
}

/** A new sheet in the place of a former one, for those of an import who still need a password from it. */
export function createMongoIssues({ connection, records }: Deps): ImportIssues {
  const { imports } = importsOf(connection);
  const { letters, secrets, effects } = records;
  const users = connection.collection('users');

  const transacted = <T>(work: (session: ClientSession) => Promise<T>) =>
    answered('write', () => inTransaction(connection, work), partWithin);

  return {
    ...createIssueSheets({ connection, records }),

    groups: (importId, scope) =>
      answered(
        'read',
        async () => {
          const record = await imports.findOne({ _id: importId }, { projection: { handOverId: 1 } });
          const from = await sheetsOf(record?.handOverId ?? null, secrets);
          return groupsOf(users, { importId, ...usersInScope({ scope, from }) });
        },
        countedWithin,
      ),

    letters: (importId, scope) =>
      answered('read', () =>
        letters.countDocuments({ importId, state: { $in: lettersInScope(scope) } }).exec(),
      ),

    start: async (importId, { seen, ...wanted }, effectId) => {
      try {
        return await transacted(async (session) => {
          await effects.create([{ _id: effectId, at: wanted.at, result: { importId } }], { session });
          const from = await sheetsOf(seen, secrets, session);
          const fresh = { finished: false, issued: 0, ...nobodyLeftOut, sheetId: '', former: seen, from };
          const ended = { open: false, undo: null, finishedAt: { $ne: null }, handOverId: seen };
          const started = { issue: { ...wanted, ...fresh }, open: true, failures: 0, servedAt: new Date(0) };
          const changed = await imports.updateOne(
            { _id: importId, ...ended },
            { $set: started },
            { session },
          );
          if (changed.matchedCount === 0) throw new NotStored(null);
          return 'started' as const;
        });
      } catch (error) {
        if (error instanceof NotStored) return 'overtaken';
        // The same form again: what it has started goes on, or is over.
        if (isDuplicateOf(error, '_id')) return 'started';
        throw error;
      }
    },

    finish: (importId, worker) =>
      answered('write', async () => {
        const own = { _id: importId, 'lease.by': worker, 'issue.finished': false };
        const over = { 'issue.finished': true, open: false, lease: nobody };
        return (await imports.updateOne(own, { $set: over })).matchedCount > 0;
      }),
  };
}

/** Sheets whose users come along with those whose letters were not sent: nobody has read their passwords. */
async function sheetsOf(
  handOverId: string | null,
  secrets: Records['secrets'],
  session?: ClientSession,
): Promise<readonly string[]> {
  if (handOverId === null) return [''];
  const waiting = secrets.exists({ _id: handOverId, state: 'waiting' }).session(session ?? null);
  return (await waiting) ? ['', handOverId] : [''];
}

async function groupsOf(
  users: { aggregate<T extends object>(pipeline: object[]): { toArray(): Promise<T[]> } },
  filter: object,
): Promise<readonly IssueGroup[]> {
  // Which sheet it is does not matter here: only whether there is one.
  const sheet = { $cond: [{ $gt: ['$sheet', null] }, '', '$$REMOVE'] };
  const known = { state: '$state', mustChangePassword: '$mustChangePassword', roles: '$roles', sheet };
  const found = await users
    .aggregate<{ _id: Omit<IssueGroup, 'count'>; count: number }>([
      { $match: filter },
      { $group: { _id: known, count: { $sum: 1 } } },
    ])
    .toArray();
  return found.map(({ _id, count }) => ({ ..._id, count }));
}
