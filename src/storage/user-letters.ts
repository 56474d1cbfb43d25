import type { ClientSession } from 'mongoose';
import { failedLetters, linkLetterId, type LetterRecord, type LetterState } from '../domain/letter';
import { LetterLost } from '../ports/letters';
import type { Records } from './records';

type Kept = Pick<Records, 'letters'>;

/** With the effect that asks for them. */
export async function storeLetters(
  { letters }: Kept,
  wanted: readonly LetterRecord[],
  session: ClientSession,
): Promise<void> {
  if (wanted.length === 0) return;
  const stored = wanted.map(({ id: _id, ...letter }) => ({ _id, ...letter }));
  await letters.collection.insertMany(stored as never[], { session });
}

/** Of letters that brought nobody a link. */
const unsent: readonly LetterState[] = ['queued', ...failedLetters];

/**
 * Letters that are not sent yet to these users are never sent, and those that failed are no longer to be cared for; their
 * subjects, for the cards that show them. A new password leaves the user name as it was told.
 */
export async function endLettersOf(
  { letters }: Kept,
  userIds: readonly string[],
  at: Date,
  session: ClientSession,
  { except = '', userNamesToo = false }: { readonly except?: string; readonly userNamesToo?: boolean } = {},
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const says = userNamesToo ? {} : { says: { $ne: 'user-name' as const } };
  const open = { userId: { $in: [...userIds] }, state: { $in: unsent }, _id: { $ne: except }, ...says };
  const ending = await letters.find(open, { _id: 1, importId: 1 }, { session }).lean();
  if (ending.length === 0) return [];
  const ended = { $set: { state: 'ended', email: null, endedAt: at } } as const;
  await letters.updateMany({ _id: { $in: ending.map(({ _id }) => _id) } }, ended, { session });
  return [...new Set(ending.map(subjectOf))];
}

/** The subjects of the letters that brought these hand-overs. */
export async function lettersAbout(
  { letters }: Kept,
  handOverIds: readonly string[],
  session: ClientSession,
): Promise<string[]> {
  const found = await letters.find({ handOverId: { $in: [...handOverIds] } }, { _id: 1 }, { session }).lean();
  return found.map(({ _id }) => letterSubject(_id));
}

/** The hand-over is this attempt's; throws `LetterLost` where the letter is somebody else's by now. */
export async function attachToLetter(
  { letters }: Kept,
  { id, attempt }: { readonly id: string; readonly attempt: number },
  handOverId: string,
  session: ClientSession,
): Promise<void> {
  const claimed = { _id: id, state: 'queued', attempts: attempt } as const;
  const { matchedCount } = await letters.updateOne(claimed, { $set: { handOverId } }, { session });
  if (matchedCount === 0) throw new LetterLost('The letter is not to be sent by this attempt.');
}

/** The letters of an import stand on one card. */
function subjectOf({
  _id,
  importId = null,
}: {
  readonly _id: string;
  readonly importId?: string | null;
}): string {
  return importId === null ? letterSubject(_id) : `letters:${importId}`;
}

export function letterSubject(letterId: string): string {
  return `hand-over:letter:${linkLetterId(letterId)}`;
}
