import type { ClientSession, Connection } from 'mongoose';
import type { Effect, EffectOf, Repeated } from '../ports/directory';
import { answered } from './away';
import { isDuplicateOf } from './duplicate-key';
import type { Records } from './records';
import { storeEffect } from './store-effect';
import { inTransaction } from './transaction';
import { createTurns } from './turns';

/** Thrown inside a change to take everything back; the outcome is what the caller is told. */
export class TakenBack<Outcome> extends Error {
  constructor(readonly outcome: Outcome) {
    super('Taken back.');
  }
}

/** What a change did: its outcome, and its effect where that depends on what was done. */
export interface Done<Outcome> {
  readonly outcome: Outcome;
  readonly effect: Effect;
}

/**
 * Makes a change and stores its effect, all or nothing. What refuses a form sent again is its own first effect.
 * The change goes first: where many compete for one seat, the losers have then written nothing to take back.
 * Changes with the same `key` wait for each other. `refused` reads an outcome from an error of the database.
 */
export type Change = <Outcome extends { kind: string }>(
  key: string,
  effectId: string,
  work: (session: ClientSession) => Promise<Done<Outcome>>,
  refused?: (error: unknown) => Outcome | null,
) => Promise<Outcome | Repeated>;

export function createChange({
  connection,
  records,
}: {
  readonly connection: Connection;
  readonly records: Records;
}): Change {
  const inTurn = createTurns();
  return (key, effectId, work, refused = () => null) =>
    answered('write', async () => {
      try {
        return await inTurn(key, () =>
          inTransaction(connection, async (session) => {
            const { outcome, effect } = await work(session);
            await storeEffect(records, effect, session);
            return outcome;
          }),
        );
      } catch (error) {
        const outcome =
          error instanceof TakenBack
            ? (error.outcome as Awaited<ReturnType<typeof work>>['outcome'])
            : refused(error);
        if (!outcome && !isDuplicateOf(error, '_id')) throw error;
        const first = await records.effects.findById(effectId).lean();
        if (first) return { kind: 'repeated', result: Object.fromEntries(Object.entries(first.result)) };
        if (outcome) return outcome;
        throw error;
      }
    });
}

/** The effect of what happened. */
export function effectOf<Happened>({ id, of }: EffectOf<Happened>, happened: Happened): Effect {
  return { id, ...of(happened) };
}
