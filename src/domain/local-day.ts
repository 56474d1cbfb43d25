const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const mostFormats = 500;
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The instant at which a calendar day, as in `2026-11-22`, begins in a time zone (UTC for one that is not known): its
 * first, where clocks change at midnight. Null for what is no day.
 */
export function startOfDay(day: string, timeZone: string): Date | null {
  const midnight = parseDay(day);
  if (midnight === null) return null;
  const localTime = localTimeIn(timeZone);
  const candidates = [-dayMs, dayMs]
    .map((distance) => midnight - offsetAt(midnight + distance, localTime))
    .sort((one, other) => one - other);
  const start = candidates.find((instant) => localTime(instant).startsWith(day)) ?? midnight;
  return new Date(start);
}

/**
 * The instant at which the clocks of a time zone (UTC for one that is not known) show a full hour on a calendar day.
 * The first where they show it twice; where they skip it, as much later as they are put forward. Null for what is no
 * day.
 */
export function hourOfDay(day: string, hour: number, timeZone: string): Date | null {
  const midnight = parseDay(day);
  if (midnight === null) return null;
  const shown = midnight + hour * hourMs;
  const localTime = localTimeIn(timeZone);
  const [before, after] = [-dayMs, dayMs].map((distance) => shown - offsetAt(shown + distance, localTime));
  const candidates = [before ?? shown, after ?? shown].sort((one, other) => one - other);
  const wanted = new Date(shown).toISOString().slice(0, 19);
  return new Date(candidates.find((instant) => localTime(instant) === wanted) ?? before ?? shown);
}

/** The calendar day after one; null for what is no day. */
export function dayAfter(day: string): string | null {
  return dayMoved(day, 1);
}

/** The calendar day that is so many days later, or earlier for a negative number; null for what is no day. */
export function dayMoved(day: string, days: number): string | null {
  const midnight = parseDay(day);
  return midnight === null ? null : isoDay(midnight + days * dayMs);
}

/** How many calendar days a day is after another; NaN where one of them is none. */
export function daysFromTo(from: string, to: string): number {
  return ((parseDay(to) ?? NaN) - (parseDay(from) ?? NaN)) / dayMs;
}

/** The calendar day of an instant in a time zone (UTC for one that is not known), as in `2026-11-22`. */
export function localDay(instant: Date, timeZone: string): string {
  return localTimeIn(timeZone)(instant.getTime()).slice(0, 10);
}

/** How many calendar days one instant is after another: 0 on the same day. */
export function daysBetween(from: Date, to: Date, timeZone: string): number {
  return daysFromTo(localDay(from, timeZone), localDay(to, timeZone));
}

function parseDay(day: string): number | null {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  return !Number.isNaN(midnight) && isoDay(midnight) === day ? midnight : null;
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Whether it is an IANA name that this Node knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

type LocalTime = (instant: number) => string;

/** How far the zone is ahead of UTC, in milliseconds. */
function offsetAt(instant: number, localTime: LocalTime): number {
  return Date.parse(`${localTime(instant)}Z`) - instant;
}

/** Writes an instant as the zone's clocks show it, as in `2026-11-22T09:00:00`. */
function localTimeIn(timeZone: string): LocalTime {
  const format = formatFor(timeZone);
  return (instant) => format.format(instant).replace(/,? /, 'T');
}

/** Formatters are slow to make and fast to use, so each is made once. Zones may be spelled in many ways. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  if (formats.size >= mostFormats) formats.clear();
  const made = createFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  const style = { dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('sv-SE', { ...style, timeZone });
  } catch {
    return new Intl.DateTimeFormat('sv-SE', { ...style, timeZone: 'UTC' });
  }
}
