import { dayAfter, daysBetween, localDay, startOfDay } from './local-day';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/** A deleted user can be restored for 30 days of 24 hours. */
export const daysKept = 30;

export function restoreByOf(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + daysKept * day);
}

/** Until `restoreBy`, and not a millisecond later. */
export function isRestorable({ restoreBy }: { readonly restoreBy: Date }, now: Date): boolean {
  return now <= restoreBy;
}

/** Whose `restoreBy` is before this instant is removed for good; `grace`: hours that they are kept besides. */
export function purgedBefore(now: Date, grace: number): Date {
  return new Date(now.getTime() - grace * hour);
}

/** Calendar days that are left where the reader is; 0 on the last one. */
export function daysLeft({ restoreBy }: { readonly restoreBy: Date }, now: Date, timeZone: string): number {
  return Math.max(0, daysBetween(now, restoreBy, timeZone));
}

/**
 * The instants at which the calendar days begin on which somebody can be lost who is deleted by now, and the end of the
 * last: now for today.
 */
export function deadlineDays(now: Date, timeZone: string): readonly Date[] {
  const edges = [now];
  let next = dayAfter(localDay(now, timeZone));
  while (next !== null && edges.length <= daysKept) {
    edges.push(startOfDay(next, timeZone) ?? now);
    next = dayAfter(next);
  }
  const dayIsOver = next === null ? null : startOfDay(next, timeZone);
  const last = restoreByOf(now).getTime() + 1;
  return [...edges, new Date(Math.max(last, dayIsOver?.getTime() ?? last))];
}
