import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../domain/id';
import type { ImportAccounts, ImportStore, ImportUndos, ImportWork, Uploads } from '../ports/import-store';
import { rowsKept, type ImportProgress, type ImportRecord, type ImportWorker } from '../ports/imports';
import { StorageAway } from '../ports/storage-away';
import { createRunRows } from './import-batches';
import { createFinish, mostFailures, type Finished, type ImportFinishDeps } from './import-finish';
import { createPace } from './import-pace';

/** Imports that a process works at side by side: a small file does not wait for the passwords of a large one. */
const lanes = 2;
/** Milliseconds after which another import has its turn. */
const turn = 3_000;
/** Milliseconds until an import is tried again: after no answer of the database, after any other failure. */
const pauses = { away: 1_000, failed: 5_000, untold: 30_000 } as const;
/** Milliseconds between looks for work while another is at some, and for rows that are kept no longer. */
const looksEvery = 5_000;
const tidiesEvery = 10 * 60_000;

export interface ImportRunDeps extends ImportFinishDeps {
  readonly store: ImportStore;
  readonly uploads: Uploads;
  readonly accounts: ImportAccounts;
  readonly undos: ImportUndos;
  readonly progress: ImportProgress;
}

/** Runs imports batch by batch. Stopped at any moment, the next one goes on where the last batch ended. */
export function createImportWorker(deps: ImportRunDeps): ImportWorker {
  const { uploads, clock, log } = deps;
  const rest = createRest();
  let busy = 0;
  const safely = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) =>
      log.warn({ err: error }, 'Imports could not be looked at; they are next time.'),
    );

  const runLane = (lane: Lane) => async (ending: AbortSignal) => {
    while (!ending.aborted) {
      busy += 1;
      await safely(lane(ending));
      busy -= 1;
      // While one is at a large file the others go on looking; the last one lets them end.
      if (busy === 0) {
        rest.end();
        return;
      }
      await rest.pause(looksEvery, ending);
    }
  };
  const running = Array.from({ length: lanes }, () => ({
    run: runLane(createLane(deps)),
    now: null as Promise<void> | null,
  }));

  let tidied = 0;
  const tidy = async (): Promise<void> => {
    const now = clock.now().getTime();
    if (now - tidied < tidiesEvery) return;
    tidied = now;
    await uploads.removeBefore(new Date(now - rowsKept));
  };

  return {
    async runDue(ending) {
      rest.end();
      const under = running.map((lane) => {
        lane.now ??= lane.run(ending).finally(() => (lane.now = null));
        return lane.now;
      });
      await Promise.all([...under, safely(tidy())]);
    },
  };
}

/** Pauses that end early when somebody says so, and that no process waits for. */
function createRest() {
  let enders = new Set<AbortController>();
  return {
    async pause(milliseconds: number, ending: AbortSignal): Promise<void> {
      const ender = new AbortController();
      enders.add(ender);
      const signal = AbortSignal.any([ender.signal, ending]);
      await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
      enders.delete(ender);
    },
    end(): void {
      for (const ender of enders) ender.abort();
      enders = new Set();
    },
  };
}

type Lane = (ending: AbortSignal) => Promise<void>;

/** One import after the other, by leases of its own. */
function createLane(deps: ImportRunDeps): Lane {
  const { store, undos, clock, entropy, log } = deps;
  const worker = newId(entropy, clock.now());
  const pace = createPace(deps);
  const runRows = createRunRows({ ...deps, pace, worker });
  const { finish, issueAgain } = createFinish({ ...deps, pace, worker });

  const undo = async ({ record }: ImportWork, isOver: () => boolean): Promise<void> => {
    while (!isOver()) {
      if ((await undos.part(record.id)) === 'finished') return;
      const now = await store.find(record.id);
      if (now) pace.tell(now);
    }
    await store.release(record.id, worker, 0, false);
  };

  const letGo = async ({ id }: ImportRecord, finished: Finished): Promise<void> => {
    if (finished === 'over') return;
    await store.release(id, worker, finished === 'untold' ? pauses.untold : 0, false);
  };

  const serve = async (work: ImportWork, ending: AbortSignal): Promise<void> => {
    const { record } = work;
    const until = clock.now().getTime() + turn;
    const isOver = () => ending.aborted || clock.now().getTime() >= until;
    if (record.undo) return undo(work, isOver);

    if (record.issue && !record.issue.finished) return letGo(record, await issueAgain(work, ending));
    const after = record.phase === 'rows' ? await runRows(giveUpAfterAll(work), isOver) : work;
    if (!after) return;
    const through = after.record.phase !== 'rows' && !ending.aborted;
    await letGo(record, through ? await finish(after, ending) : 'stopped');
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

  return async (ending) => {
    while (!ending.aborted) {
      const work = await store.claim(worker);
      if (!work) return;
      await serveSafely(work, ending);
    }
  };
}

function giveUpAfterAll(work: ImportWork): ImportWork {
  return { ...work, gaveUp: work.gaveUp || work.failures >= mostFailures };
}
