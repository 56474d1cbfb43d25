import { setTimeout as sleep } from 'node:timers/promises';
import type { Entropy } from '../domain/entropy';
import { nobodyLeftOut } from '../domain/import-issue';
import type { Clock } from '../ports/clock';
import type { ImportIssues, ImportSheets, ImportStore, ImportWork } from '../ports/import-store';
import type { ImportProgress, ImportRecord } from '../ports/imports';
import type { Log } from '../ports/log';
import { createMakeSheet, type MadeSheet } from './import-passwords';
import type { Pace } from './import-pace';

/** Failures in a row after which the rest of the work is given up. */
export const mostFailures = 10;
/** Milliseconds between attempts to show a result before its sheet is made anew. */
const tellAgainAfter = [1_000, 2_000, 5_000, 10_000] as const;

/** Milliseconds between the moments at which a slow chat is waited for on: well within a lease. */
const holdsEvery = 8_000;

export interface ImportFinishDeps {
  readonly store: Pick<ImportStore, 'find' | 'hold' | 'finish'>;
  readonly sheets: ImportSheets;
  readonly issues: Pick<ImportIssues, keyof ImportSheets | 'finish'>;
  readonly progress: Pick<ImportProgress, 'result'>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

/** `over`: finished, or somebody else's by now. `stopped`: the process ends. `untold`: the chat does not take it for now. */
export type Finished = 'over' | 'stopped' | 'untold';

/**
 * What comes after the last row: passwords, the result in the chat, the end. And the same once more, when the sheet is
 * issued again.
 */
export function createFinish(deps: ImportFinishDeps & { readonly pace: Pace; readonly worker: string }) {
  const { store, issues, progress, pace, clock, log, worker } = deps;
  const makeSheet = createMakeSheet(deps);
  const makeSheetAgain = createMakeSheet({ ...deps, sheets: issues });

  /** A chat may take long to answer: meanwhile nobody else must make another sheet. */
  const whileHeld = async <T>(importId: string, work: Promise<T>): Promise<T> => {
    const hold = () => void store.hold(importId, worker).catch(() => undefined);
    const holding = setInterval(hold, holdsEvery).unref();
    try {
      return await work;
    } finally {
      clearInterval(holding);
    }
  };

  const show = async (record: ImportRecord, token: string | null, ending: AbortSignal) => {
    await pace.end(record.id);
    for (const pause of [...tellAgainAfter, null]) {
      // The link of who has lost it leads nowhere any more.
      if (!(await store.hold(record.id, worker))) return 'lost';
      try {
        return await whileHeld(record.id, progress.result(record, token));
      } catch (error) {
        log.warn({ importId: record.id, err: error }, 'The result of an import could not be shown yet.');
      }
      if (pause === null || ending.aborted) break;
      await sleep(pause, undefined, { signal: ending }).catch(() => undefined);
    }
    return null;
  };

  const sheetFor = async ({ record, failures }: ImportWork, ending: AbortSignal): Promise<MadeSheet> => {
    const { customerId, content, created, startedBy, operator } = record;
    if (content !== 'users' || created === 0 || customerId === null) return { kind: 'none' };
    // Rather no sheet than an import without an end.
    if (failures >= mostFailures) return { kind: 'none' };
    return makeSheet(record, customerId, { by: startedBy ?? operator, ending });
  };

  const sheetAgainFor = async ({ record, failures }: ImportWork, ending: AbortSignal): Promise<MadeSheet> => {
    const { id, customerId, issue } = record;
    if (customerId === null || issue === null) return { kind: 'none' };
    if (failures >= mostFailures) {
      const noted = await issues.complete(id, worker, null, nobodyLeftOut);
      return { kind: noted ? 'none' : 'lost' };
    }
    const tell = (issued: number) => pace.tell({ ...record, issue: { ...issue, issued } });
    return makeSheetAgain(record, customerId, { by: issue.by, ending, tell });
  };

  /** Shows the record as it ends, with the link to its sheet; then it is over. */
  const conclude = async (
    sheet: MadeSheet,
    { ended, end }: { readonly ended: () => Promise<ImportRecord>; readonly end: () => Promise<unknown> },
    ending: AbortSignal,
  ): Promise<Finished> => {
    if (sheet.kind === 'lost') return 'over';
    if (sheet.kind === 'stopped') return 'stopped';
    if (sheet.kind !== 'opened') {
      const record = await ended();
      const shown = await show(record, sheet.kind === 'made' ? sheet.token : null, ending);
      if (shown === null) return ending.aborted ? 'stopped' : 'untold';
      if (shown === 'lost') return 'over';
      if (shown === 'gone')
        log.warn({ importId: record.id }, 'The message of an import is gone; its result is not shown.');
    }
    await end();
    return 'over';
  };

  return {
    async finish(work: ImportWork, ending: AbortSignal): Promise<Finished> {
      const { record } = work;
      const sheet = await sheetFor(work, ending);
      const [state, at] = [stateAtEnd(work), clock.now()];
      const handOverId = sheet.kind === 'made' ? sheet.sheetId : null;
      const ended = { ...record, state, phase: 'posted', finishedAt: at, handOverId } as const;
      const end = () => store.finish(record.id, worker, { state, at });
      return conclude(sheet, { ended: () => Promise.resolve(ended), end }, ending);
    },

    async issueAgain(work: ImportWork, ending: AbortSignal): Promise<Finished> {
      const { record } = work;
      const sheet = await sheetAgainFor(work, ending);
      const ended = async (): Promise<ImportRecord> => {
        const now = (await store.find(record.id)) ?? record;
        return { ...now, issue: now.issue && { ...now.issue, finished: true } };
      };
      return conclude(sheet, { ended, end: () => issues.finish(record.id, worker) }, ending);
    },
  };
}

function stateAtEnd({ record, position, gaveUp }: ImportWork): 'done' | 'failed' | 'cancelled' {
  if (gaveUp) return 'failed';
  return position.row < record.total ? 'cancelled' : 'done';
}
