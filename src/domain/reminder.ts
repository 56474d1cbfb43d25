import { dayMoved, daysFromTo, hourOfDay, localDay, startOfDay } from './local-day';
import { daysKept, isRestorable } from './retention';

/** Days before the deadline on which a conversation is reminded unless it says otherwise. */
export const usualReminderDays: readonly number[] = [7, 3, 1];
export const usualReminderHour = 8;
/** The most days before the deadline on which somebody can be reminded. */
export const mostReminderDays = daysKept;

/** When a conversation is reminded: so many calendar days before a deadline, at an hour, where its clocks are. */
export interface ReminderTimes {
  readonly days: readonly number[];
  readonly hour: number;
  /** An IANA name. */
  readonly timeZone: string;
}

type Clocks = Pick<ReminderTimes, 'hour' | 'timeZone'>;

/** Of a deleted user; every reminder is read from it. */
interface Deadline {
  readonly restoreBy: Date;
}

/** What has happened already about one user in one conversation. */
export interface Reminded {
  /** The thresholds that were sent for this deadline. */
  readonly sent: readonly number[];
  /** The calendar day, as in `2026-11-22`, until which nobody wants to hear of the user; null for none. */
  readonly snoozedUntil: string | null;
}

/** The instant at which the threshold of so many days before the deadline falls. */
export function thresholdAt({ restoreBy }: Deadline, days: number, { hour, timeZone }: Clocks): Date {
  const day = dayMoved(localDay(restoreBy, timeZone), -days);
  return (day === null ? null : hourOfDay(day, hour, timeZone)) ?? restoreBy;
}

/**
 * The threshold that is due: the most urgent that has passed, unless it was sent. The end of a snooze is a threshold
 * of its own, and before it there is none. Null for none.
 */
export function dueThreshold(
  user: Deadline,
  now: Date,
  times: ReminderTimes,
  { sent, snoozedUntil }: Reminded,
): number | null {
  if (!isRestorable(user, now)) return null;
  const end = snoozedUntil === null ? null : snoozeThreshold(user, snoozedUntil, times.timeZone);
  if (end !== null && thresholdAt(user, end, times) > now) return null;
  const thresholds = end === null ? times.days : [...times.days, end];
  const passed = thresholds.filter((days) => thresholdAt(user, days, times) <= now);
  if (passed.length === 0) return null;
  const mostUrgent = Math.min(...passed);
  return sent.some((days) => days <= mostUrgent) ? null : mostUrgent;
}

/** Whoever is lost before this instant may be due, nobody else: the end of the last day that a threshold reaches. */
export function reminderHorizon(now: Date, { days, timeZone }: Omit<ReminderTimes, 'hour'>): Date {
  const last = dayMoved(localDay(now, timeZone), Math.max(0, ...days) + 1);
  return (last === null ? null : startOfDay(last, timeZone)) ?? now;
}

export type SnoozeReading =
  | { readonly until: string }
  /** `past-day`: not after today. `after-deadline`: nobody could be restored any more when it ends. */
  | { readonly fault: 'not-a-day' | 'past-day' | 'after-deadline' };

/** Until when a user is snoozed: the day that was chosen, or tomorrow. */
export function readSnooze(
  typed: string | undefined,
  user: Deadline,
  now: Date,
  clocks: Clocks,
): SnoozeReading {
  const today = localDay(now, clocks.timeZone);
  const until = (typed ?? '').trim() || (dayMoved(today, 1) ?? '');
  const end = hourOfDay(until, clocks.hour, clocks.timeZone);
  if (end === null) return { fault: 'not-a-day' };
  if (until <= today) return { fault: 'past-day' };
  return end <= user.restoreBy ? { until } : { fault: 'after-deadline' };
}

/** A snooze ends at the hour of a day, as a threshold does. */
function snoozeThreshold({ restoreBy }: Deadline, until: string, timeZone: string): number | null {
  const days = daysFromTo(until, localDay(restoreBy, timeZone));
  return Number.isNaN(days) ? null : days;
}

/** Those whose deadline lies from `from` on and before `before` are due at this threshold, unless it was sent. */
export interface DueRange {
  readonly from: Date;
  readonly before: Date;
  readonly threshold: number;
}

/** What `dueThreshold` says day by day of deadlines, so that it need not be asked for each of very many users. */
export function dueRanges(now: Date, times: ReminderTimes): readonly DueRange[] {
  const horizon = reminderHorizon(now, times);
  const ranges: DueRange[] = [];
  let day = localDay(now, times.timeZone);
  for (let from = now; from < horizon;) {
    day = dayMoved(day, 1) ?? day;
    const before = startOfDay(day, times.timeZone) ?? horizon;
    const threshold = dueThreshold({ restoreBy: from }, now, times, { sent: [], snoozedUntil: null });
    if (threshold !== null) ranges.push({ from, before, threshold });
    from = before;
  }
  return ranges;
}
