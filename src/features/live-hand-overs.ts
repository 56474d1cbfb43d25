import { handOverState } from '../domain/hand-over';
import { userNameLetterId, type LetterRecord } from '../domain/letter';
import type { Card } from '../ports/card';
import type { HandOvers } from '../ports/hand-overs';
import type { Letters } from '../ports/letters';
import { subjectOf, withState } from './hand-over-card';
import { isPending } from './hand-over-state';
import type { Look, LookAgain } from './live-cards';

interface Deps {
  readonly handOvers: Pick<HandOvers, 'find'>;
  readonly letters: Pick<Letters, 'find'>;
}

/** Milliseconds: a letter that nobody has taken up yet wakes its card itself. */
const untilTried = 60_000;

/** The card of a hand-over shows what became of its letter, and when its link was opened, ran out or was replaced. */
export function lookAtHandOvers({ handOvers, letters }: Deps): LookAgain {
  const ofLetter = async (letterId: string, card: Card, now: Date): Promise<Look> => {
    const letter = await letters.find(letterId);
    const record = letter?.handOverId ? await handOvers.find(letter.handOverId) : null;
    if (!letter || !record) return { card: null, dueAt: null };
    const userName = await letters.find(userNameLetterId(letterId));
    if (isUntried(letter) && (!userName || isUntried(userName)))
      return { card: null, dueAt: new Date(now.getTime() + untilTried) };
    const brought = { record, letter, userName };
    const isOnItsWay = letter.state === 'queued' || userName?.state === 'queued';
    const sent = isOnItsWay ? new Date(now.getTime() + untilTried) : record.expiresAt;
    return { card: withState(card, brought, now), dueAt: isPending(brought, now) ? sent : null };
  };

  return async ({ subject, card }, now) => {
    const about = subjectOf(subject);
    if ('letterId' in about) return ofLetter(about.letterId, card, now);
    const record = await handOvers.find(about.handOverId);
    if (!record) return { card: null, dueAt: null };
    if (handOverState(record, now) === 'waiting') return { card: null, dueAt: record.expiresAt };
    return { card: withState(card, { record, letter: null }, now), dueAt: null };
  };
}

function isUntried({ state, attempts }: LetterRecord): boolean {
  return state === 'queued' && attempts === 0;
}
