import type { Connection } from 'mongoose';
import { failedLetters, type LetterState } from '../domain/letter';
import type { FailedLetter, LettersOfImport } from '../ports/letters';
import type { Records } from './records';

const mostFailures = 10;

interface Deps {
  readonly connection: Connection;
  readonly records: Pick<Records, 'letters'>;
}

interface Counted {
  readonly _id: LetterState;
  readonly count: number;
  readonly tried: number;
}

/** Counts what became of the letters of an import, and names the first that failed. */
export async function lettersOfImport(deps: Deps, importId: string): Promise<LettersOfImport> {
  const tried = { $sum: { $cond: [{ $gt: ['$attempts', 0] }, 1, 0] } };
  const byState = { $group: { _id: '$state', count: { $sum: 1 }, tried } };
  const [counted, failures] = await Promise.all([
    deps.records.letters.aggregate<Counted>([{ $match: { importId } }, byState]),
    failuresOf(deps, importId),
  ]);
  const count = (...states: readonly LetterState[]) =>
    counted.reduce((sum, one) => sum + (states.includes(one._id) ? one.count : 0), 0);
  return {
    waiting: count('queued'),
    tried: counted.find(({ _id }) => _id === 'queued')?.tried ?? 0,
    sent: count('sent'),
    failed: count(...failedLetters),
    ended: count('ended'),
    failures,
  };
}

async function failuresOf(
  { connection, records: { letters } }: Deps,
  importId: string,
): Promise<readonly FailedLetter[]> {
  const failed = await letters
    .find({ importId, state: { $in: failedLetters } })
    .sort({ dueAt: 1, _id: 1 })
    .limit(mostFailures)
    .lean();
  const users = connection.collection<{ _id: string; userPrincipalName: string }>('users');
  const named = users.find({ _id: { $in: failed.map(({ userId }) => userId) } });
  const names = new Map((await named.toArray()).map((user) => [user._id, user.userPrincipalName]));
  return failed.flatMap(({ userId, shownEmail, state, refusedBecause = null }) => {
    const userPrincipalName = names.get(userId);
    return userPrincipalName === undefined ? [] : [{ userPrincipalName, shownEmail, state, refusedBecause }];
  });
}
