import { z } from 'zod';
import { dayAfter, startOfDay } from '../domain/local-day';
import type { Fault } from '../domain/fault';
import { tidyText } from '../domain/text';
import { auditActions, type AuditAction, type AuditQuery } from '../ports/audit';
import type { CardData } from '../ports/card';
import type { CustomerRequest } from './feature';

/** What the list was asked for, as typed: `''` for what was left open. */
export interface AuditFilter {
  readonly text: string;
  readonly operator: string;
  readonly action: AuditAction | '';
  /** Days as in `2026-11-22`, both included. */
  readonly from: string;
  readonly to: string;
}

/** In a choice list: no filter by it. */
export const everything = 'all';

/** Most characters of each. */
const longest = { text: 128, operator: 128, action: 64, from: 32, to: 32 } as const;
const fields = Object.keys(longest) as (keyof AuditFilter)[];

/** What a button keeps of a filter: only what was said. */
export const filterFrozen = {
  text: z.string().optional(),
  operator: z.string().optional(),
  action: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
};

export function readFilter(
  values: Readonly<Partial<Record<keyof AuditFilter, string | undefined>>>,
): AuditFilter {
  const read = (field: keyof AuditFilter): string => {
    const value = tidyText(values[field]).slice(0, longest[field]);
    return value === everything && field === 'operator' ? '' : value;
  };
  return {
    text: read('text'),
    operator: read('operator'),
    action: auditActions.find((known) => known === read('action')) ?? '',
    from: read('from'),
    to: read('to'),
  };
}

export function frozenFilter(filter: AuditFilter): CardData {
  return Object.fromEntries(
    fields.filter((field) => filter[field] !== '').map((field) => [field, filter[field]]),
  );
}

export function isFiltered(filter: AuditFilter): boolean {
  return fields.some((field) => filter[field] !== '');
}

/** The query of a filter, its days read in the time zone of the one who asks; or what is wrong with it. */
export function queryOf(
  { text, operator, action, from, to }: AuditFilter,
  { customer, locale }: Pick<CustomerRequest, 'customer' | 'locale'>,
): { readonly query: AuditQuery } | { readonly faults: readonly Fault[] } {
  const start = (day: string | null) => (day ? startOfDay(day, locale.timeZone) : null);
  const [first, last] = [start(from), start(to)];
  const faults: Fault[] = [
    ...(from !== '' && !first ? [{ field: 'from', reason: 'not-a-day' } as const] : []),
    ...(to !== '' && !last ? [{ field: 'to', reason: 'not-a-day' } as const] : []),
    ...(first && last && first > last ? [{ field: 'from', reason: 'after-last-day' } as const] : []),
  ];
  if (faults.length > 0) return { faults };
  return {
    query: {
      customerId: customer.id,
      text,
      operator: operator || null,
      action: action || null,
      from: first,
      to: start(dayAfter(to)),
    },
  };
}
