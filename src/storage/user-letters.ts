import type { ClientSession } from 'mongoose';
import { LetterLost } from '../ports/letters';
import type { Records } from './records';

type Kept = Pick<Records, 'letters'>;

/** Letters that are not sent yet to these users are never sent; their subjects, for the cards that show them. */
export async function endLettersOf(
  { letters }: Kept,
  userIds: readonly string[],
  at: Date,
  session: ClientSession,
  except = '',
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const queued = { userId: { $in: [...userIds] }, state: 'queued', _id: { $ne: except } } as const;
  const ending = await letters.find(queued, { _id: 1 }, { session }).lean();
  if (ending.length === 0) return [];
  const ended = { $set: { state: 'ended', email: null, endedAt: at } } as const;
  await letters.updateMany({ _id: { $in: ending.map(({ _id }) => _id) } }, ended, { session });
  return ending.map(({ _id }) => letterSubject(_id));
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

export function letterSubject(letterId: string): string {
  return `hand-over:letter:${letterId}`;
}
