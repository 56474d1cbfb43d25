import { setTimeout as sleep } from 'node:timers/promises';
import type { Entropy } from '../domain/entropy';
import { newId } from '../domain/id';
import type { Clock } from '../ports/clock';
import type {
  ImportAccounts,
  ImportSheets,
  ImportStore,
  ImportUndos,
  ImportWork,
  Uploads,
} from '../ports/import-store';
import type { ImportProgress, ImportRecord, ImportWorker } from '../ports/imports';
import type { Log } from '../ports/log';
import { StorageAway } from '../ports/storage-away';
import { createMakeSheet, type MadeSheet } from './import-passwords';
import { createPace } from './import-pace';
import { createRunRows } from './import-batches';
import { rowsKept } from './import-start';

/** Milliseconds after which another import has its turn. */
const turn = 10_000;
/** Milliseconds until an import is tried again: after no answer of the database, after any other failure. */
const pauses = { away: 1_000, failed: 5_000, untold: 30_000 } as const;
/** Failures in a row after which the rest of the rows is given up. */
const mostFailures = 10;
/** Milliseconds between attempts to show a result before its sheet is made anew. */
const tellAgainAfter = [1_000, 2_000, 5_000, 10_000] as const;

export interface ImportRunDeps {
  readonly store: ImportStore;
  readonly uploads: Uploads;
  readonly accounts: ImportAccounts;
  readonly sheets: ImportSheets;
  readonly undos: ImportUndos;
  readonly progress: ImportProgress;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

/** Runs imports batch by batch. Stopped at any moment, the next one goes on where the last batch ended. */
export function createImportWorker(deps: ImportRunDeps): ImportWorker {
  const { store, uploads, undos, progress, clock, entropy, log } = deps;
  const worker = newId(entropy, clock.now());
  const pace = createPace(deps);
  const runRows = createRunRows({ ...deps, pace, worker });
  const makeSheet = createMakeSheet({ ...deps, worker });

  /** Null: the chat does not take it for now. */
  const showResult = async (record: ImportRecord, token: string | null, ending: AbortSignal) => {
    await pace.end(record.id);
    for (const pause of [...tellAgainAfter, null]) {
      try {
        return await progress.result(record, token);
      } catch (error) {
        log.warn({ importId: record.id, err: error }, 'The result of an import could not be shown yet.');
      }
      if (pause === null || ending.aborted) break;
      await sleep(pause, undefined, { signal: ending }).catch(() => undefined);
    }
    return null;
  };

  const sheetFor = async ({ record, failures }: ImportWork): Promise<MadeSheet> => {
    const customerId = record.customerId;
    if (record.content !== 'users' || record.created === 0 || customerId === null) return { kind: 'none' };
    // Rather no sheet than an import without an end.
    if (failures >= mostFailures) return { kind: 'none' };
    return makeSheet(record, customerId);
  };

  /** Passwords, the result, and the end; true when nothing is left to do or it is somebody else's. */
  const finish = async (work: ImportWork, ending: AbortSignal): Promise<boolean> => {
    const sheet = await sheetFor(work);
    if (sheet.kind === 'lost') return true;
    const at = clock.now();
    const state = stateAtEnd(work);
    const handOverId =
      sheet.kind === 'made' ? sheet.sheetId : sheet.kind === 'opened' ? work.record.handOverId : null;
    const ended = { ...work.record, state, phase: 'posted' as const, finishedAt: at, handOverId };
    if (sheet.kind !== 'opened') {
      const shown = await showResult(ended, sheet.kind === 'made' ? sheet.token : null, ending);
      if (shown === null) return false;
      if (shown === 'gone')
        log.warn({ importId: ended.id }, 'The message of an import is gone; its result is not shown.');
    }
    await store.finish(work.record.id, worker, { state, at });
    return true;
  };

  const undo = async ({ record }: ImportWork, isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      if ((await undos.part(record.id)) === 'finished') return;
      const now = await store.find(record.id);
      if (now) pace.tell(now);
    }
    await store.release(record.id, worker, 0, false);
  };

  const serve = async (work: ImportWork, ending: AbortSignal): Promise<void> => {
    const { record } = work;
    const until = clock.now().getTime() + turn;
    const isOver = () => ending.aborted || clock.now().getTime() >= until;
    if (record.undo) {
      await undo(work, isOver);
      return;
    }
    const after = record.phase === 'rows' ? await runRows(giveUpAfterAll(work), isOver) : work;
    if (!after) return;
    if (after.record.phase === 'rows' || ending.aborted) await store.release(record.id, worker, 0, false);
    else if (!(await finish(after, ending))) await store.release(record.id, worker, pauses.untold, false);
  };

  const serveSafely = async (work: ImportWork, ending: AbortSignal): Promise<void> => {
    try {
      await serve(work, ending);
    } catch (error) {
      const away = error instanceof StorageAway;
      const said = { importId: work.record.id, failures: work.failures, err: error };
      if (away) log.warn(said, 'MongoDB does not answer; an import goes on later.');
      else log.error(said, 'An import failed for now; it is tried again.');
      const pause = away ? pauses.away : pauses.failed;
      await store.release(work.record.id, worker, pause, !away).catch(() => undefined);
    }
  };

  const runAll = async (ending: AbortSignal): Promise<void> => {
    await uploads.removeBefore(new Date(clock.now().getTime() - rowsKept));
    while (!ending.aborted) {
      const work = await store.claim(worker);
      if (!work) return;
      await serveSafely(work, ending);
    }
  };

  let running: Promise<void> | null = null;
  return {
    async runDue(ending) {
      running ??= runAll(ending)
        .catch((error: unknown) =>
          log.warn({ err: error }, 'Imports could not be looked at; they are next time.'),
        )
        .finally(() => (running = null));
      return running;
    },
  };
}

function stateAtEnd({ record, position, gaveUp }: ImportWork): 'done' | 'failed' | 'cancelled' {
  if (gaveUp) return 'failed';
  return position.row < record.total ? 'cancelled' : 'done';
}

function giveUpAfterAll(work: ImportWork): ImportWork {
  return { ...work, gaveUp: work.gaveUp || work.failures >= mostFailures };
}
