import { handOverState } from '../domain/hand-over';
import type { Clock } from '../ports/clock';
import type { HandOvers } from '../ports/hand-overs';
import type { LiveCard, LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import type { Messenger } from '../ports/messenger';
import { handOverIdOf, withState } from './hand-over-card';

/** A card that could not be updated is tried again after this many milliseconds. */
const retryAfter = 60_000;

interface Deps {
  readonly handOvers: HandOvers;
  readonly liveCards: LiveCards;
  readonly messenger: Messenger;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps the cards of hand-overs true: each shows when its link was opened, ran out or was replaced. */
export function createLiveHandOvers({ handOvers, liveCards, messenger, clock, log }: Deps) {
  const update = async (live: LiveCard): Promise<void> => {
    const record = await handOvers.find(handOverIdOf(live.subject));
    const now = clock.now();
    if (record && handOverState(record, now) === 'waiting') return liveCards.settle(live, record.expiresAt);
    if (record) await messenger.update(live.address, withState(live.card, record, now), live.locale);
    await liveCards.settle(live, null);
  };

  const updateAll = async (): Promise<void> => {
    for (;;) {
      const now = clock.now();
      const live = await liveCards.claimDue(now, new Date(now.getTime() + retryAfter));
      if (!live) return;
      await update(live).catch((error: unknown) => {
        log.warn({ err: error, subject: live.subject }, 'A card could not be updated; it is tried again.');
      });
    }
  };

  return {
    /** Updates every card that is due. Run twice, or in two processes, each is updated once. Never throws. */
    updateDue: (): Promise<void> =>
      updateAll().catch((error: unknown) => {
        log.warn({ err: error }, 'Cards could not be looked at; they are next time.');
      }),
  };
}
