import { restAfter } from '../domain/letter';
import { LetterLost, type LetterQueue } from '../ports/letters';
import type { LiveCards } from '../ports/live-cards';
import { lettersSubject } from './import-letters-card';
import { createSendLetter, type Attempted, type SendLetterDeps } from './send-letter';

/** Milliseconds: longer than an attempt takes, so that no other process takes up a letter that is being sent. */
const lease = 120_000;
/** So many letters are sent at the same time. */
const lanes = { operators: 3, imports: 2 } as const;
/** Milliseconds after which the letters of imports pause, so that the cards that count them are looked at. */
const turn = 20_000;

export interface LetterWorkerDeps extends SendLetterDeps {
  readonly liveCards: Pick<LiveCards, 'wake'>;
}

/** Sends what is queued. Run twice, or in two processes, each letter is sent by one of them. Never throws. */
export function createLetterWorker(deps: LetterWorkerDeps) {
  const { letters, liveCards, clock, log } = deps;
  const send = createSendLetter(deps);
  const budget = createBudget();

  /** The import whose letter was at hand; null when none is due. */
  const sendNext = async (queue: LetterQueue, ending: AbortSignal): Promise<{ of: string | null } | null> => {
    const now = clock.now();
    const letter = await letters.claimDue(queue, now, new Date(now.getTime() + lease));
    if (!letter) return null;
    try {
      const attempted = await send(letter, { troubles: budget.troubles(), ending });
      if (letter.importId !== null) budget.note(attempted, clock.now());
    } catch (error) {
      const said = { letterId: letter.id, attempts: letter.attempts, err: error };
      if (error instanceof LetterLost) log.info(said, 'A letter was ended before it was sent.');
      else log.warn(said, 'A letter could not be sent; it is tried again.');
    }
    return { of: letter.importId };
  };

  const inLanes = async (queue: LetterQueue, lane: () => Promise<void>): Promise<void> => {
    const done = await Promise.allSettled(Array.from({ length: lanes[queue] }, lane));
    for (const one of done)
      if (one.status === 'rejected')
        log.warn({ err: one.reason as unknown }, 'Letters could not be looked at; they are next time.');
  };

  return {
    /** Those that operators wait for. */
    runDue: (ending: AbortSignal): Promise<void> =>
      inLanes('operators', async () => {
        while (!ending.aborted && (await sendNext('operators', ending)));
      }),

    /** Those of imports, for a while; not while the server takes none. */
    async runDueOfImports(ending: AbortSignal): Promise<void> {
      const until = clock.now().getTime() + turn;
      const isOver = () => ending.aborted || clock.now().getTime() >= until || budget.isResting(clock.now());
      const touched = new Set<string>();
      await inLanes('imports', async () => {
        while (!isOver()) {
          const sent = await sendNext('imports', ending);
          if (!sent) return;
          if (sent.of !== null) touched.add(sent.of);
        }
      });
      const wake = (importId: string) => liveCards.wake(lettersSubject(importId), clock.now());
      // They are looked at every minute as well.
      await Promise.all([...touched].map(wake)).catch(() => undefined);
    },
  };
}

/** How many letters of imports in a row no server took, and until when none is tried for that. */
function createBudget() {
  let troubles = 0;
  let restUntil = 0;
  return {
    troubles: () => troubles,
    isResting: (now: Date): boolean => now.getTime() < restUntil,
    note(attempted: Attempted, now: Date): void {
      if (attempted === 'sent') troubles = 0;
      if (attempted !== 'later') return;
      troubles += 1;
      restUntil = now.getTime() + restAfter(troubles);
    },
  };
}
