import type { Card } from '../ports/card';
import type { Clock } from '../ports/clock';
import type { ClaimedCard, LiveCard, LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import type { Chats } from '../ports/messenger';
import { createLanes } from './lanes';
import { retryAt } from './retry-at';

/** Milliseconds after which another process takes up a card of one that is heard of no more. */
const lease = 60_000;
/** Milliseconds after which a card is looked at again whose chat is off in this process. */
const offFor = 5 * 60_000;
const width = { lanes: 4, patience: 1_000 };

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
  readonly messenger: Pick<Chats, 'update' | 'reaches'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Keeps cards true that stand in a chat, whatever they are about. */
export function createLiveUpdates({ kinds, liveCards, messenger, clock, log }: Deps) {
  const lanes = createLanes(width);

  const update = async (live: ClaimedCard): Promise<void> => {
    // The message is not gone: another process may reach it, or this one when its chat is on again.
    if (!messenger.reaches(live.address.conversation))
      return liveCards.settle(live, new Date(clock.now().getTime() + offFor));
    const lookAgain = kinds[live.subject.slice(0, live.subject.indexOf(':'))];
    const { card, dueAt } = lookAgain ? await lookAgain(live, clock.now()) : { card: null, dueAt: null };
    const delivery = card && (await messenger.update(live.address, card, live.locale));
    await liveCards.settle(live, delivery === 'gone' ? null : dueAt);
  };

  const putOff = async (live: ClaimedCard, error: unknown): Promise<void> => {
    const { subject, failures } = live;
    const until = retryAt(clock.now(), failures, error);
    log.warn({ err: error, subject, retryAt: until }, 'A card could not be updated; it is tried again.');
    await liveCards.putOff(live, until);
  };

  const next = async (ending?: AbortSignal): Promise<ClaimedCard | null> => {
    if (ending?.aborted) return null;
    const now = clock.now();
    return liveCards.claimDue(now, new Date(now.getTime() + lease));
  };

  const tryToUpdate = (live: ClaimedCard): Promise<void> =>
    update(live)
      .catch((error: unknown) => putOff(live, error))
      // What could not be put off is due again when the claim has run out.
      .catch(() => undefined);

  return {
    /**
     * Updates every card that is due, without waiting for one that takes long. Run twice, or in two processes, each is
     * updated once. What an ending process leaves is the next one's. Never throws.
     */
    updateDue: (ending?: AbortSignal): Promise<void> =>
      lanes
        .run(() => next(ending), tryToUpdate)
        .catch((error: unknown) => {
          log.warn({ err: error }, 'Cards could not be looked at; they are next time.');
        }),
    settled: (within: number) => lanes.settled(within),
  };
}
