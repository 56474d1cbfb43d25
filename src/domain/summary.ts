import { handOverLifetime } from './hand-over';
import { hourOfDay, localDay } from './local-day';
import type { ReminderTimes } from './reminder';

const day = 24 * 60 * 60 * 1000;
/** Milliseconds after which somebody should ask why a link was not opened. */
const linkPatience = 3 * day;
/** Milliseconds: what is older is no news, however long nobody was told. */
const furthestBack = 7 * day;

/** The calendar day whose summary is due: today's, from the conversation's hour on; null before it. */
export function summaryDay(now: Date, { hour, timeZone }: Pick<ReminderTimes, 'hour' | 'timeZone'>) {
  const today = localDay(now, timeZone);
  const at = hourOfDay(today, hour, timeZone);
  return at !== null && at <= now ? today : null;
}

/** From when on a summary tells what happened: since the last one, or for the day before where there was none. */
export function summarySince(now: Date, last: Date | null): Date {
  const since = last?.getTime() ?? now.getTime() - day;
  return new Date(Math.max(since, now.getTime() - furthestBack));
}

/** A link made after `from` and no later than `to` waits too long, or has run out since the last summary. */
export function unopenedBetween(now: Date, since: Date): { readonly from: Date; readonly to: Date } {
  return {
    from: new Date(since.getTime() - handOverLifetime),
    to: new Date(now.getTime() - linkPatience),
  };
}
