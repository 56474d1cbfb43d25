import type { ClientSession } from 'mongoose';
import type { AuditEntry } from '../ports/audit';
import type { Effect } from '../ports/directory';
import type { Records } from './records';
import { attachToLetter, endLettersOf, lettersAbout } from './user-letters';

/** Milliseconds until the answer stands in the chat, perhaps in the place of the very card that has to change. */
const answerTakes = 10_000;

/**
 * Stores what belongs to a change, within the transaction that makes it: the form's id, the audit entries, the
 * hand-over. The caller finds a form sent again by `isRepeated`.
 */
export async function storeEffect(
  { effects, secrets, liveCards, letters, ...records }: Records,
  effect: Effect,
  session: ClientSession,
): Promise<void> {
  const { id, result, audit, handOver, letter, endsHandOversOf = handOver?.userIds ?? [] } = effect;
  const at = audit[0]?.at;
  if (!at) throw new Error('An effect without an audit entry must not be stored.');
  await effects.create([{ _id: id, at, result }], { session });
  await storeAudit(records, audit, session);
  await replaceHandOvers({ secrets, liveCards, letters }, endsHandOversOf, at, session, letter?.id);
  if (!handOver) return;
  if (letter) await attachToLetter({ letters }, letter, handOver.id, session);
  const { id: _id, userIds, ...record } = handOver;
  await secrets.create([{ _id, userIds: [...userIds], ...record }], { session });
}

/**
 * Links that nobody opened yet reveal nothing from now on, and letters that wait are not sent, but for `sending`. The
 * cards that show them are looked at again.
 */
export async function replaceHandOvers(
  { secrets, liveCards, letters }: Pick<Records, 'secrets' | 'liveCards' | 'letters'>,
  userIds: readonly string[],
  at: Date,
  session: ClientSession,
  sending?: string,
): Promise<void> {
  if (userIds.length === 0) return;
  const except = sending === undefined ? {} : { except: sending };
  const unsent = await endLettersOf({ letters }, userIds, at, session, except);
  const waiting = { userIds: { $in: [...userIds] }, state: 'waiting' } as const;
  const dying = await secrets.find(waiting, { _id: 1 }, { session }).lean();
  if (dying.length + unsent.length === 0) return;
  const ids = dying.map((secret) => secret._id);
  const replaced = { $set: { state: 'replaced', sealed: null } } as const;
  await secrets.updateMany({ _id: { $in: ids } }, replaced, { session });
  const subjects = ids.map((secretId) => `hand-over:${secretId}`);
  const sent = await lettersAbout({ letters }, ids, session);
  await lookAgain({ liveCards }, [...subjects, ...unsent, ...sent], at, session);
}

/** Has the cards that show these subjects looked at as soon as the answer to the change at `at` stands in the chat. */
export async function lookAgain(
  { liveCards }: Pick<Records, 'liveCards'>,
  subjects: readonly string[],
  at: Date,
  session: ClientSession,
): Promise<void> {
  const dueAt = new Date(at.getTime() + answerTakes);
  await liveCards.updateMany({ subject: { $in: [...subjects] } }, { $set: { dueAt } }, { session });
}

/** Nothing is left of a user's links; a sheet for several stays as the record of the others. */
export async function eraseHandOversOf(
  records: Pick<Records, 'secrets' | 'liveCards' | 'letters'>,
  userId: string,
  at: Date,
  session: ClientSession,
): Promise<void> {
  await replaceHandOvers(records, [userId], at, session);
  await records.letters.deleteMany({ userId }, { session });
  await records.secrets.deleteMany({ userIds: [userId] }, { session });
  await records.secrets.updateMany({ userIds: userId }, { $pull: { userIds: userId } }, { session });
}

/** Entries and what changed, kept apart so that a purge can erase the latter. */
export async function storeAudit(
  { audit, auditDetails }: Pick<Records, 'audit' | 'auditDetails'>,
  entries: readonly AuditEntry[],
  session?: ClientSession,
): Promise<void> {
  if (entries.length === 0) return;
  const options = { ordered: true, throwOnValidationError: true, ...(session ? { session } : {}) } as const;
  const stored = await audit.insertMany(
    entries.map(({ details: _, ...entry }) => ({ ...entry, targetKey: entry.target.toLowerCase() })),
    options,
  );
  const details = entries.flatMap(({ details: changed, customerId, target, userId }, index) => {
    const id = stored[index]?._id;
    return changed && id ? [{ _id: id, customerId, target, userId, ...changed }] : [];
  });
  if (details.length > 0) await auditDetails.insertMany(details, options);
}
