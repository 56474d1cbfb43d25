const day = 24 * 60 * 60 * 1000;

/** A deleted user can be restored for 30 days of 24 hours. */
export const daysKept = 30;

export function restoreByOf(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + daysKept * day);
}

/** Until `restoreBy`, and not a millisecond later. */
export function isRestorable({ restoreBy }: { readonly restoreBy: Date }, now: Date): boolean {
  return now <= restoreBy;
}

/** Whole days of 24 hours that are left; 0 on the last one. */
export function daysLeft({ restoreBy }: { readonly restoreBy: Date }, now: Date): number {
  return Math.max(0, Math.floor((restoreBy.getTime() - now.getTime()) / day));
}
