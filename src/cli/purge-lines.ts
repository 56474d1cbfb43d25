import type { Purgeable } from '../directory/mongo/find-purgeable';

const inEnglish = new Intl.NumberFormat('en');

/** How many of a customer there are, and the most overdue of them by name. */
export function customerLines({ customer, count, upns }: Purgeable): readonly string[] {
  const others = count - upns.length;
  return [
    `${customer.name} (${customer.defaultDomain}): ${users(count)}`,
    ...upns.map((upn) => `  ${upn}`),
    ...(others > 0 ? [`  and ${inEnglish.format(others)} more`] : []),
  ];
}

export function wouldBePurgedLine(due: readonly Purgeable[], before: Date): string {
  const last = before.toISOString();
  if (due.length === 0) return `Nobody's last day to be restored was before ${last}. Nothing was changed.`;
  return `${users(countOf(due))} could be restored until before ${last}, and would be removed for good. Nothing was changed.`;
}

export function purgedLine(due: readonly Purgeable[], purged: number): string {
  if (purged === 0) return 'Nobody had to be removed.';
  const said = `${users(purged)} removed for good. The audit trail names each as purge_customer_user.`;
  return purged === countOf(due) ? said : `${said} Listed are those who were due when it began.`;
}

function countOf(due: readonly Purgeable[]): number {
  return due.reduce((sum, { count }) => sum + count, 0);
}

function users(count: number): string {
  return `${inEnglish.format(count)} deleted ${count === 1 ? 'user' : 'users'}`;
}
