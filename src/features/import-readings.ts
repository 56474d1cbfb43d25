import { setTimeout as sleep } from 'node:timers/promises';
import type { Entropy } from '../domain/entropy';
import { newId } from '../domain/id';
import type { Card } from '../ports/card';
import type { Clock } from '../ports/clock';
import type { LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import type { LookAgain } from './live-cards';

/** Milliseconds for which an answer waits for a file to be checked. */
const answersWithin = 3_000;
/** Milliseconds after which a file of which nothing was heard is given up, as its process has died. */
const givenUpAfter = 15 * 60_000;
/** Milliseconds until a card is looked at again that another process has the answer for. */
const again = 2_000;
const mostRings = 30;
const mostInMind = 100;

interface Deps {
  readonly liveCards: Pick<LiveCards, 'wake'>;
  /** Told when a card has changed that stands in a chat. */
  readonly ring: () => void;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

interface Finished {
  readonly card: Card;
  shown: boolean;
}

/** Files that take longer to check than an answer may take: a card says so, and becomes the dry run by itself. */
export function createReadings({ liveCards, ring, clock, entropy, log }: Deps) {
  const finished = new Map<string, Finished>();

  /** Until somebody has looked: the card may not stand in its chat yet, and another process may have looked first. */
  const tell = async (subject: string, card: Card): Promise<void> => {
    const [oldest] = finished.keys();
    if (finished.size >= mostInMind && oldest !== undefined) finished.delete(oldest);
    const told: Finished = { card, shown: false };
    finished.set(subject, told);
    for (let rings = 0; rings < mostRings && !told.shown; rings += 1) {
      await liveCards
        .wake(subject, clock.now())
        .catch((error: unknown) => log.warn({ err: error }, 'A card that is to change was not reached.'));
      ring();
      await sleep(again, undefined, { ref: false });
    }
  };

  return {
    /** What was found, if it is there in time; else the subject under which `whenLate` makes a card of it. */
    async answer<T>(
      checking: Promise<T>,
      whenLate: (checking: Promise<T>) => Promise<Card>,
    ): Promise<{ readonly found: T } | { readonly subject: string }> {
      const late = Symbol('late');
      const first = await Promise.race([checking, sleep(answersWithin, late, { ref: false })]);
      if (first !== late) return { found: await checking };
      const subject = `reading:${newId(entropy, clock.now())}`;
      void whenLate(checking).then((card) => tell(subject, card));
      return { subject };
    },

    /** When the card that says so is looked at first. */
    firstLook: (now: Date): Date => new Date(now.getTime() + again),

    look:
      (lost: (card: Card) => Card): LookAgain =>
      ({ subject, card }, now) => {
        const told = finished.get(subject);
        if (told) {
          told.shown = true;
          return Promise.resolve({ card: told.card, dueAt: null });
        }
        const { since } = card.data;
        const isLost = since instanceof Date && now.getTime() - since.getTime() > givenUpAfter;
        if (isLost) return Promise.resolve({ card: lost(card), dueAt: null });
        return Promise.resolve({ card: null, dueAt: new Date(now.getTime() + again) });
      },
  };
}

export type Readings = ReturnType<typeof createReadings>;
