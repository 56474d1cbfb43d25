import type { Card } from '../ports/card';
import type { Clock } from '../ports/clock';
import type { LiveCard, LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import type { Messenger } from '../ports/messenger';

/** A card that could not be updated is tried again after this many milliseconds. */
const retryAfter = 60_000;

/** What a live card has to show now. */
export interface Look {
  /** Null: the message is right as it stands. */
  readonly card: Card | null;
  /** When it has to be looked at again; null for never. */
  readonly dueAt: Date | null;
}

/** Decides what the live cards of one kind show. */
export type LookAgain = (live: LiveCard, now: Date) => Promise<Look>;

interface Deps {
  /** By what stands before the colon of a subject. */
  readonly kinds: Readonly<Record<string, LookAgain>>;
  readonly liveCards: LiveCards;
  readonly messenger: Pick<Messenger, 'update'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps cards true that stand in a chat, whatever they are about. */
export function createLiveUpdates({ kinds, liveCards, messenger, clock, log }: Deps) {
  const update = async (live: LiveCard): Promise<void> => {
    const lookAgain = kinds[live.subject.slice(0, live.subject.indexOf(':'))];
    const { card, dueAt } = lookAgain ? await lookAgain(live, clock.now()) : { card: null, dueAt: null };
    const delivery = card && (await messenger.update(live.address, card, live.locale));
    await liveCards.settle(live, delivery === 'gone' ? null : dueAt);
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
