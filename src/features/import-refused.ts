import type { UnavailableReason } from '../ports/incoming-file';
import { word, type Card, type CardData, type Word } from '../ports/card';
import {
  longestRecord,
  mostColumns,
  mostSheetRows,
  mostUnpackedBytes,
  type MissingHeading,
  type TableFault,
} from '../ports/tables';
import { shortened } from './shorten';

/** Beside what is wrong with a file itself: the chat does not give it, or it is kept no longer. */
export type RefusalReason = TableFault | UnavailableReason | 'not-kept';

export interface Refusal {
  readonly reason: RefusalReason;
  readonly line?: number;
  readonly heading?: string;
  readonly missing?: readonly MissingHeading[];
}

const mostMissing = 6;
const megabyte = 1024 * 1024;

/** Why a file cannot be imported, where in it, and what to do; nothing of it was kept. */
export function refusedCard(fileName: string, refusal: Refusal, maxBytes: number): Card {
  const { reason, line, missing = [] } = refusal;
  const data: CardData = {
    fileName: fileName === '' ? [] : [{ name: shortened(fileName, 80) }],
    reason: word(`import-refused.reason.${reason}`, paramsOf(refusal, maxBytes)),
    at: line === undefined ? [] : [{ text: word('import-refused.line', { line }) }],
    missing: missing.slice(0, mostMissing).map(missingData),
    advice: word(`import-refused.advice.${reason}`, { limit: sizeOf(maxBytes) }),
  };
  return { name: 'import-refused', data };
}

function missingData({ heading, nearest }: MissingHeading): CardData {
  return {
    heading: shortened(heading, 60),
    nearest: nearest === null ? [] : [{ text: shortened(nearest, 60) }],
  };
}

function paramsOf({ reason, heading }: Refusal, maxBytes: number): NonNullable<Word['with']> {
  const limits: Partial<Record<RefusalReason, number>> = {
    'line-too-long': longestRecord,
    'too-many-columns': mostColumns,
  };
  return {
    heading: shortened(heading ?? '', 60),
    limit: limits[reason] ?? sizeOf(maxBytes),
    rows: mostSheetRows,
    unpacked: mostUnpackedBytes / megabyte,
  };
}

function sizeOf(bytes: number): Word {
  return bytes < megabyte
    ? word('import-refused.kilobytes', { number: Math.floor(bytes / 1024) })
    : word('import-refused.megabytes', { number: Math.floor(bytes / megabyte) });
}
