import { handOverState } from '../domain/hand-over';
import type { HandOvers } from '../ports/hand-overs';
import { handOverIdOf, withState } from './hand-over-card';
import type { LookAgain } from './live-cards';

/** The card of a hand-over shows when its link was opened, ran out or was replaced. */
export function lookAtHandOvers({ handOvers }: { readonly handOvers: HandOvers }): LookAgain {
  return async ({ subject, card }, now) => {
    const record = await handOvers.find(handOverIdOf(subject));
    if (!record) return { card: null, dueAt: null };
    if (handOverState(record, now) === 'waiting') return { card: null, dueAt: record.expiresAt };
    return { card: withState(card, record, now), dueAt: null };
  };
}
