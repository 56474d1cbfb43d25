import { word, type Card, type CardData, type Word } from '../ports/card';
import type { ImportRecord } from '../ports/imports';
import { fileNameOf, headOf } from './import-head';

const barLength = 20;
const minute = 60;
const hour = 60 * minute;

/** How far a running import is, how fast it goes and how long it will take. */
export function progressCard(record: ImportRecord, now: Date, notice: readonly Word[] = []): Card {
  const { id, customerId, total, created, skipped, failed, phase, cancelRequested } = record;
  const done = created + skipped + failed;
  const frozen = { customerId: customerId ?? '', importId: id };
  const atRows = phase === 'rows' && !cancelRequested;
  const data: CardData = {
    ...headOf(record),
    fileName: fileNameOf(record),
    notice: notice.map((text) => ({ text })),
    bar: barOf(done, total),
    rows: word('import-running.rows', { count: total, done, percent: percentOf(done, total) }),
    pace: atRows ? paceOf(record, done, now) : [],
    counts: word(`import-running.counts.${record.content}`, { created, skipped, failed }),
    phase: cancelRequested || phase !== 'rows' ? [{ text: phaseOf(record) }] : [],
    refresh: { ...frozen },
    cancel: atRows ? [{ frozen }] : [],
  };
  return { name: 'import-running', data };
}

function phaseOf({ phase, content, created, lettered }: ImportRecord): Word {
  if (phase === 'rows') return word('import-running.stopping');
  const isMakingSheet = content === 'users' && created > lettered;
  return word(`import-running.${isMakingSheet ? 'passwords' : 'result'}`);
}

/** As text, so that every chat can show it. */
export function barOf(done: number, total: number): string {
  const full = total === 0 ? barLength : Math.floor((Math.min(done, total) / total) * barLength);
  return '█'.repeat(full) + '░'.repeat(barLength - full);
}

export function percentOf(done: number, total: number): number {
  return total === 0 ? 100 : Math.floor((Math.min(done, total) / total) * 100);
}

/** None until there is something to measure. */
function paceOf({ startedAt, total }: ImportRecord, done: number, now: Date): CardData[] {
  const seconds = startedAt ? (now.getTime() - startedAt.getTime()) / 1000 : 0;
  if (seconds < 1 || done === 0) return [];
  const perSecond = done / seconds;
  const left = Math.max(0, total - done) / perSecond;
  return [
    {
      text: word('import-running.pace', {
        count: Math.max(1, Math.round(perSecond)),
        left: durationOf(left),
      }),
    },
  ];
}

function durationOf(seconds: number): Word {
  if (seconds < minute) return word('import-running.moment');
  if (seconds < hour) return word('import-running.minutes', { count: Math.ceil(seconds / minute) });
  return word('import-running.hours', { count: Math.ceil(seconds / hour) });
}
